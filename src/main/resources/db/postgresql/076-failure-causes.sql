-- Why payloads failed: flow, shape, code, and what messages have in common. id: hash of these. seen_at: when it was last written, to a day.
create table failure_cause (
  id varchar(16) collate "C" primary key,
  flow varchar(200) not null,
  shape varchar(200) not null,
  code varchar(100) not null,
  reason varchar(300) not null,
  seen_at timestamp(6) with time zone not null
);
alter table failed_payload add column cause varchar(16) collate "C";
-- Payloads are added up by cause from this index alone.
create index failed_payload_cause on failed_payload (cause, state, failed_at, id);
