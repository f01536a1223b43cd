-- How far the runs of a flow came in a list that grows; moved in the transaction that ends a run. kind: datetime, sequence or
-- token. digest: hash of the inputs, empty for none; inputs: what of them is shown. run_id: the run that moved it, null when an
-- operator did.
create table if not exists pull_cursor (
  flow varchar(100) not null,
  instance varchar(200) not null,
  endpoint varchar(200) not null,
  digest varchar(16) not null,
  inputs varchar(1000) not null,
  kind varchar(20) not null,
  reached varchar(4000) not null,
  moved_at timestamp(6) with time zone not null,
  run_id varchar(60),
  primary key (flow, instance, endpoint, digest)
);
