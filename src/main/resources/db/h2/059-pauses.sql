-- What operators paused. kind: flow, instance or intake, whose name is empty.
create table if not exists pause (
  kind varchar(10) not null,
  name varchar(200) not null,
  since_at timestamp(6) with time zone not null,
  reason varchar(500),
  primary key (kind, name)
);
insert into pause (kind, name, since_at) select 'flow', flow, since_at from flow_pause;
drop table flow_pause;
