-- Keys that runs found in lists whose deletes are what is missing. A set belongs to one run and one list. state: open while its run
-- goes on, kept when it is what is known of the list, dropped when its keys are to be deleted. fields: what a key is made of;
-- digest, inputs: as of cursors; allowed: whether the next pull may tell deletes, whatever is missing.
create table known_set (
  set_id bigint primary key,
  flow varchar(100) not null,
  instance varchar(200) not null,
  endpoint varchar(200) not null,
  digest varchar(16) not null,
  inputs varchar(1000) not null,
  fields varchar(4000) not null,
  run_id varchar(60) collate "C" not null,
  state varchar(10) not null,
  amount bigint not null,
  bytes bigint not null,
  allowed boolean not null,
  moved_at timestamp(6) with time zone not null
);
create index known_set_list on known_set (flow, instance, endpoint, digest);
create index known_set_run on known_set (run_id);
create index known_set_state on known_set (state);

create table known_key (
  set_id bigint not null,
  record_key varchar(1000) collate "C" not null,
  primary key (set_id, record_key)
);
