-- Jobs that replay many failed payloads. state: going, done, stopped. query: which ones, as JSON. last_taken: id of the last one
-- that was taken; owner, lease_until: which replica works at it.
create table replay_job (
  id varchar(60) collate "C" primary key,
  query varchar(8000) not null,
  from_shape varchar(200),
  today boolean not null,
  per_second double precision not null,
  begun_at timestamp(6) with time zone not null,
  state varchar(10) not null,
  replayed bigint not null,
  refused bigint not null,
  last_taken varchar(60),
  message varchar(4000),
  owner varchar(80),
  lease_until timestamp(6) with time zone
);

-- The run that was started with a failed payload: when it succeeds, the payload is resolved.
alter table failed_payload add column replay_run varchar(60) collate "C";
create index failed_payload_replay on failed_payload (replay_run);
