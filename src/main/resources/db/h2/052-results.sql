-- What called runs leave for the runs that wait for them: written with the end of the one, deleted with that of the other. caller: the
-- run that waits; code, message: why it failed, empty when the caller goes on.
create table if not exists run_result (
  run_id varchar(60) primary key,
  caller varchar(60) not null,
  status varchar(20) not null,
  code varchar(100),
  message varchar(4000),
  ended_at timestamp(6) with time zone not null,
  payload varbinary(1048576),
  payload_file varchar(80)
);
create index if not exists run_result_caller on run_result (caller);
create index if not exists run_result_ended on run_result (ended_at);
