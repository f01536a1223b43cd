-- Starts that no run has ended yet. status: Q waits, C claimed, X quarantined. due: when its turn comes, in ms, priority counted in.
create table if not exists start (
  seq bigint primary key,
  id varchar(60) not null,
  flow varchar(200) not null,
  status char(1) not null,
  due bigint not null,
  size bigint not null,
  trigger_kind varchar(40) not null,
  priority smallint not null,
  queued_at timestamp(6) with time zone not null,
  content_type varchar(255) not null,
  body_file varchar(80),
  body_folder varchar(40),
  meta varchar(1000000),
  revision varchar(100),
  entry varchar(200),
  owner varchar(80),
  epoch bigint not null,
  lease_until timestamp(6) with time zone,
  crashes int not null
);
create unique index if not exists start_id on start (id);
create index if not exists start_ready on start (flow, status, due, seq, size);

-- Bodies that are small enough for a row; apart, so that a claim does not rewrite them.
create table if not exists start_body (
  seq bigint primary key,
  body varbinary(70000) not null
);

-- Ids of ended starts whose trigger may write them again, because it could not know that they came through.
create table if not exists start_ended (
  id varchar(60) primary key,
  ended_at timestamp(6) with time zone not null
);
create index if not exists start_ended_at on start_ended (ended_at);
