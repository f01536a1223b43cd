-- Files of captured payloads: compressed blocks one after the other. until_at: when the last of them is past its time.
create table if not exists captured_segment (
  name varchar(80) primary key,
  node varchar(80) not null,
  place varchar(10) not null,
  until_at timestamp(6) with time zone not null,
  bytes bigint not null
);

-- In which blocks payloads of a run lie. share: bytes of the block that are this run's.
create table if not exists captured_block (
  run_id varchar(60) not null,
  segment varchar(80) not null,
  at_byte bigint not null,
  length int not null,
  share int not null,
  until_at timestamp(6) with time zone not null,
  primary key (run_id, segment, at_byte)
);
create index if not exists captured_block_segment on captured_block (segment, at_byte);

-- Blocks themselves where no store of objects is named: each replica can read them.
create table if not exists captured_content (
  segment varchar(80) not null,
  at_byte bigint not null,
  bytes bytea not null,
  primary key (segment, at_byte)
);
