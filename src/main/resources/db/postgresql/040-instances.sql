-- Instances made by the API. sealed: the document, encrypted for instance/NAME. revision: another one after each change.
create table if not exists stored_instance (
  name varchar(100) primary key,
  revision varchar(36) not null,
  sealed text not null,
  changed_at timestamp(6) with time zone not null
);
