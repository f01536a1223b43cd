-- What people and programs did on the management listener. No statement changes a row; those over their time are deleted.
create table if not exists audit_entry (
  id varchar(36) primary key,
  happened_at timestamp(6) with time zone not null,
  actor varchar(200) not null,
  kind varchar(20) not null,
  role varchar(20),
  address varchar(100) not null,
  action varchar(200) not null,
  subject varchar(1000) not null,
  outcome varchar(20) not null,
  status int
);
create index if not exists audit_entry_at on audit_entry (happened_at);
create index if not exists audit_entry_actor on audit_entry (actor, id);
