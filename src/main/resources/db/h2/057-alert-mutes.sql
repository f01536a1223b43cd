-- Of what nobody is told for a while. kind: flow or group. held: how many messages were not written because of it. Rows go when their end was told of.
create table if not exists alert_mute (
  id varchar(60) primary key,
  kind varchar(10) not null,
  name varchar(200) not null,
  since_at timestamp(6) with time zone not null,
  until_at timestamp(6) with time zone not null,
  reason varchar(500) not null,
  made_by varchar(200) not null,
  held bigint not null
);
create unique index if not exists alert_mute_of on alert_mute (kind, name);
