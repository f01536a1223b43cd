-- Runs of other replicas that are to stop; each replica looks for its own.
create table if not exists run_stop (
  run_id varchar(100) primary key,
  asked_at timestamp(6) with time zone not null
);
