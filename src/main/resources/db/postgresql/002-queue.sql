-- Starts that no run has ended yet. status: Q waits, C claimed, X quarantined. due: when its turn comes, in ms, priority counted in.
create table start (
  seq bigint primary key,
  id varchar(60) collate "C" not null,
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
  meta text,
  revision varchar(100),
  entry varchar(200),
  owner varchar(80),
  epoch bigint not null,
  lease_until timestamp(6) with time zone,
  crashes int not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create unique index start_id on start (id);
create index start_ready on start (flow, status, due, seq, size);
create index start_claimed on start (owner, lease_until) where status = 'C';

-- Each replica takes numbers by the thousand.
create sequence start_seq increment by 1000;

-- A row per flow: who claims from a flow holds its row, so that replicas count its running starts one after the other.
create table start_lane (
  flow varchar(200) primary key
);

-- Bodies that are small enough for a row; apart, so that a claim does not rewrite them.
create table start_body (
  seq bigint primary key,
  body bytea not null
) with (autovacuum_vacuum_scale_factor = 0.02);

-- Ids of ended starts whose trigger may write them again, because it could not know that they came through.
create table start_ended (
  id varchar(60) primary key,
  ended_at timestamp(6) with time zone not null
);
create index start_ended_at on start_ended (ended_at);
