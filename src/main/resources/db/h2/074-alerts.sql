-- What people were told, or would have been. open_key: kind and subject while it is open, null when it is over. told: what was said last.
-- say_at: nothing more is said before. receivers: a JSON list.
create table if not exists alert (
  id varchar(60) primary key,
  open_key varchar(300),
  kind varchar(40) not null,
  subject varchar(200) not null,
  opened_at timestamp(6) with time zone not null,
  last_at timestamp(6) with time zone not null,
  over_at timestamp(6) with time zone,
  times bigint not null,
  unsaid bigint not null,
  sentence varchar(4000) not null,
  run_id varchar(60),
  told varchar(10) not null,
  told_at timestamp(6) with time zone not null,
  say_at timestamp(6) with time zone not null,
  every_ms bigint not null,
  receivers varchar(100000) not null
);
create unique index if not exists alert_open on alert (open_key);
create index if not exists alert_subject on alert (kind, subject, id);
create index if not exists alert_unsaid on alert (unsaid, say_at);

-- One for each place that an alert was to be told at. state: waiting, sent or given_up.
create table if not exists alert_message (
  id varchar(60) primary key,
  alert_id varchar(60) not null,
  target varchar(500) not null,
  told varchar(10) not null,
  title varchar(500) not null,
  body varchar(10000) not null,
  link varchar(2000),
  made_at timestamp(6) with time zone not null,
  state varchar(10) not null,
  attempts int not null,
  next_at timestamp(6) with time zone not null,
  problem varchar(1000)
);
create index if not exists alert_message_due on alert_message (state, next_at);
create index if not exists alert_message_alert on alert_message (alert_id, id);

-- Since when a flow is to succeed from time to time: since it is watched, or since it last did.
create table if not exists alert_watch (
  flow varchar(200) primary key,
  since_at timestamp(6) with time zone not null
);
