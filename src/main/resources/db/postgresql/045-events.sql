-- Messages that a trigger took, as long as a broker may give them again. source: hash of flow, instance, destination and group.
-- message: hash of what tells a message from the others of its source.
create table if not exists event_taken (
  source varchar(36) not null,
  message varchar(36) not null,
  run_id varchar(60) not null,
  taken_at timestamp(6) with time zone not null,
  primary key (source, message)
);

create index if not exists event_taken_age on event_taken (source, taken_at);
