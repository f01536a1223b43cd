-- Keys of data pools. state: C claimed by a run that has not sent what has the key, R remembered. run_id: who did so last, empty for an
-- operator; life: which life of that run; mark: which of its records, so that the same one is known again.
create table if not exists pool_key (
  pool varchar(100) not null,
  entity varchar(100) not null,
  item varchar(500) not null,
  state char(1) not null,
  run_id varchar(60) not null,
  life varchar(60) not null,
  mark varchar(40) not null,
  since_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (pool, entity, item)
);
create index if not exists pool_key_run on pool_key (run_id, state);
create index if not exists pool_key_mark on pool_key (run_id, mark);
create index if not exists pool_key_expires on pool_key (state, expires_at);
