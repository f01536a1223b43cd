-- Payloads that wait for an approval or an event, and what became of them. spot: digest of shape and lineage, which tells a payload of
-- a run; kind: approval, event; state: waiting, approved, rejected, released, expired; release_run: the run that takes it on; variables:
-- the flow's, as JSON; body_folder: the data folder that has its file. payload is empty once it went on.
create table waiting_payload (
  id varchar(60) collate "C" primary key,
  run_id varchar(60) collate "C" not null,
  spot varchar(64) collate "C" not null,
  queued_at timestamp(6) with time zone not null,
  flow varchar(200) collate "C" not null,
  revision varchar(32) not null,
  shape varchar(200) collate "C" not null,
  lineage text not null,
  repeats boolean not null,
  kind varchar(10) not null,
  wait_key varchar(300) collate "C",
  title varchar(200),
  message varchar(4000),
  since timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  state varchar(10) not null,
  decided_at timestamp(6) with time zone,
  decided_by varchar(200),
  note varchar(4000),
  data text,
  release_run varchar(60) collate "C",
  variables text,
  bytes bigint not null,
  body_folder varchar(80),
  payload bytea,
  payload_file varchar(80)
);
create unique index waiting_payload_spot on waiting_payload (spot, run_id);
create index waiting_payload_state on waiting_payload (state, id);
create index waiting_payload_flow on waiting_payload (flow, state, id);
create index waiting_payload_run on waiting_payload (run_id);
create index waiting_payload_key on waiting_payload (wait_key, state);
create index waiting_payload_expires on waiting_payload (state, expires_at);
create index waiting_payload_decided on waiting_payload (decided_at);

-- Events that were told: state kept (for payloads that waited then or come later), taken (data is empty then). released: how many
-- payloads it let go on; expires_at: until when it is for one that comes later.
create table wait_event (
  id varchar(64) collate "C" primary key,
  event_key varchar(300) collate "C" not null,
  flow varchar(200) collate "C",
  data text,
  told_by varchar(200) not null,
  note varchar(4000),
  told_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  state varchar(10) not null,
  released int not null
);
create index wait_event_key on wait_event (event_key, state);
create index wait_event_expires on wait_event (expires_at);
create index wait_event_told on wait_event (state, told_at);
