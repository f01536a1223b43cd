-- Files that a trigger took, while they stay in their folder. watch: hash of flow, instance and path.
-- state: T is being taken, R its run goes on, S succeeded, F failed or cannot be taken, L its run is not known any more.
create table if not exists file_taken (
  watch varchar(36) not null,
  name varchar(255) not null,
  flow varchar(100) not null,
  instance varchar(200) not null,
  path varchar(500) not null,
  size bigint not null,
  modified_ms bigint not null,
  run_id varchar(60) not null,
  state char(1) not null,
  tries int not null,
  seen_at timestamp(6) with time zone not null,
  primary key (watch, name)
);

-- Which replica looks at a folder. folder: hash of instance and path.
create table if not exists file_lease (
  folder varchar(36) primary key,
  owner varchar(80) not null,
  until_at timestamp(6) with time zone not null
);
