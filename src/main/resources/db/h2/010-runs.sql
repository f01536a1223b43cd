-- Texts of flows by revision: a start that pins an older revision is compiled again from here.
create table if not exists flow_revision (
  flow varchar(100) not null,
  revision varchar(20) not null,
  file varchar(1000) not null,
  text clob not null,
  first_at timestamp with time zone not null,
  primary key (flow, revision)
);

-- Flows that an operator paused.
create table if not exists flow_pause (
  flow varchar(100) primary key,
  since_at timestamp with time zone not null
);

-- What is kept about a run; a row is written when it begins and when it ends. shapes: a JSON list.
create table if not exists run (
  id varchar(60) primary key,
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
  shapes varchar(1000000) not null,
  owner varchar(80) not null
);
create index if not exists run_flow on run (flow, id);
create index if not exists run_status on run (status, id);

-- Log and requests of a run, JSON lists; apart, so that lists of runs do not read them.
create table if not exists run_detail (
  run_id varchar(60) primary key,
  logs varchar(1048576) not null,
  requests varchar(1048576) not null
);

-- Progress of runs that go on: how far pulls came, which pages are open, which outside effects happened. Gone when the run ends.
create table if not exists run_pull (
  run_id varchar(60) not null,
  shape varchar(200) not null,
  source varchar(2000) not null,
  delivered bigint not null,
  next varchar(1000000),
  primary key (run_id, shape, source)
);
create table if not exists run_page (
  run_id varchar(60) not null,
  shape varchar(200) not null,
  source varchar(2000) not null,
  ordinal bigint not null,
  lineage varchar(2000) not null,
  payload varbinary(1048576),
  payload_file varchar(80),
  primary key (run_id, shape, source, ordinal)
);
create table if not exists run_sent (
  run_id varchar(60) not null,
  shape varchar(200) not null,
  lineage varchar(2000) not null,
  payload varbinary(1048576),
  payload_file varchar(80),
  primary key (run_id, lineage, shape)
);

-- Payloads that used up their tries, kept whole.
create table if not exists failed_payload (
  id varchar(60) primary key,
  run_id varchar(60) not null,
  flow varchar(200) not null,
  revision varchar(100) not null,
  shape varchar(200) not null,
  owner varchar(20) not null,
  code varchar(100) not null,
  message varchar(4000) not null,
  attempts int not null,
  failed_at timestamp(6) with time zone not null,
  state varchar(20) not null,
  payload varbinary(1048576),
  payload_file varchar(80)
);
create index if not exists failed_payload_run on failed_payload (run_id);
create index if not exists failed_payload_flow on failed_payload (flow, id);
create index if not exists failed_payload_state on failed_payload (state, id);

-- Payloads as they passed a shape; bytes apart, so that their sum and their age can be read without them.
create table if not exists captured_payload (
  taken bigint not null,
  run_id varchar(60) not null,
  shape varchar(200) not null,
  direction varchar(5) not null,
  lineage varchar(2000) not null,
  content_type varchar(255) not null,
  size bigint not null,
  kept int not null,
  taken_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (run_id, taken)
);
create index if not exists captured_payload_expires on captured_payload (expires_at);
create table if not exists captured_bytes (
  run_id varchar(60) not null,
  taken bigint not null,
  bytes varbinary(1048576) not null,
  primary key (run_id, taken)
);
