-- What runs add up to, by the hour in which they ended (hours since 1970, UTC). flow '*': all flows together. Replicas add to the same rows.
create table if not exists run_hour (
  flow varchar(200) not null,
  at_hour int not null,
  succeeded bigint not null,
  partial bigint not null,
  failed bigint not null,
  stopped bigint not null,
  payloads bigint not null,
  payloads_failed bigint not null,
  records bigint not null,
  bytes_in bigint not null,
  bytes_out bigint not null,
  took_ms bigint not null,
  longest_ms bigint not null,
  primary key (flow, at_hour)
);
-- The last day of all flows is one range.
create index if not exists run_hour_at on run_hour (at_hour);

-- How many runs took about how long; two classes of times double it.
create table if not exists run_took (
  flow varchar(200) not null,
  at_hour int not null,
  time_class varchar(4) not null,
  runs bigint not null,
  primary key (flow, at_hour, time_class)
);

-- What passed shapes, in runs that ended.
create table if not exists shape_hour (
  flow varchar(200) not null,
  at_hour int not null,
  shape varchar(200) not null,
  payloads_in bigint not null,
  payloads_out bigint not null,
  payloads_failed bigint not null,
  records_in bigint not null,
  records_out bigint not null,
  bytes_in bigint not null,
  bytes_out bigint not null,
  attempts bigint not null,
  took_ms bigint not null,
  primary key (flow, at_hour, shape)
);
