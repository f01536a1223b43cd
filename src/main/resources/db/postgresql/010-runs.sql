-- Texts of flows by revision: a start that pins an older revision is compiled again from here.
create table if not exists flow_revision (
  flow varchar(100) not null,
  revision varchar(20) not null,
  file varchar(1000) not null,
  text text not null,
  first_at timestamp with time zone not null,
  primary key (flow, revision)
);

-- Flows that an operator paused.
create table if not exists flow_pause (
  flow varchar(100) primary key,
  since_at timestamp with time zone not null
);

-- What is kept about a run; a row is written when it begins and when it ends. shapes: a JSON list.
create table run (
  id varchar(60) collate "C" primary key,
  flow varchar(200) not null,
  revision varchar(100) not null,
  trigger_kind varchar(40) not null,
  status varchar(20) not null,
  queued_at timestamp(6) with time zone not null,
  started_at timestamp(6) with time zone,
  ended_at timestamp(6) with time zone,
  reason varchar(4000),
  parent varchar(60),
  resumed int not null,
  shapes text not null,
  owner varchar(80) not null
);
create index run_flow on run (flow, id);
create index run_status on run (status, id);

-- Log and requests of a run, JSON lists; apart, so that lists of runs do not read them.
create table run_detail (
  run_id varchar(60) collate "C" primary key,
  logs text not null,
  requests text not null
);

-- Progress of runs that go on: how far pulls came, which pages are open, which outside effects happened. Gone when the run ends.
create table run_pull (
  run_id varchar(60) collate "C" not null,
  shape varchar(200) not null,
  source varchar(2000) collate "C" not null,
  delivered bigint not null,
  next text,
  primary key (run_id, shape, source)
);
create table run_page (
  run_id varchar(60) collate "C" not null,
  shape varchar(200) not null,
  source varchar(2000) collate "C" not null,
  ordinal bigint not null,
  lineage varchar(2000) collate "C" not null,
  payload bytea,
  payload_file varchar(80),
  primary key (run_id, shape, source, ordinal)
);
create table run_sent (
  run_id varchar(60) collate "C" not null,
  shape varchar(200) not null,
  lineage varchar(2000) collate "C" not null,
  payload bytea,
  payload_file varchar(80),
  primary key (run_id, lineage, shape)
);

-- Payloads that used up their tries, kept whole.
create table failed_payload (
  id varchar(60) collate "C" primary key,
  run_id varchar(60) collate "C" not null,
  flow varchar(200) not null,
  revision varchar(100) not null,
  shape varchar(200) not null,
  owner varchar(20) not null,
  code varchar(100) not null,
  message varchar(4000) not null,
  attempts int not null,
  failed_at timestamp(6) with time zone not null,
  state varchar(20) not null,
  payload bytea,
  payload_file varchar(80)
);
create index failed_payload_run on failed_payload (run_id);
create index failed_payload_flow on failed_payload (flow, id);
create index failed_payload_state on failed_payload (state, id);

-- Payloads as they passed a shape; bytes apart, so that their sum and their age can be read without them.
create table captured_payload (
  taken bigint not null,
  run_id varchar(60) collate "C" not null,
  shape varchar(200) not null,
  direction varchar(5) not null,
  lineage varchar(2000) collate "C" not null,
  content_type varchar(255) not null,
  size bigint not null,
  kept int not null,
  taken_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (run_id, taken)
);
create index captured_payload_expires on captured_payload (expires_at);
create table captured_bytes (
  run_id varchar(60) collate "C" not null,
  taken bigint not null,
  bytes bytea not null,
  primary key (run_id, taken)
);
