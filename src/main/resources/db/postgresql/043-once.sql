-- What starts were for that may come twice, while it is remembered. key: a hash over the flow and the event's id.
create table start_once (
  once_key varchar(64) collate "C" primary key,
  run_id varchar(60) not null,
  until_at timestamp(6) with time zone not null
);
create index start_once_until on start_once (until_at);
