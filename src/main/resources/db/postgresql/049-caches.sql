-- Caches. cache_space: what one run (owner is its id), one flow (its id) or all flows (owner is empty) have in a cache, and how much; whoever
-- changes an entry has this row locked. scope tells whose id the owner is.
create table if not exists cache_space (
  cache varchar(100) collate "C" not null,
  scope varchar(10) not null,
  owner varchar(100) collate "C" not null,
  entries bigint not null,
  bytes bigint not null,
  primary key (cache, scope, owner)
);

create index if not exists cache_space_owner on cache_space (owner);

-- kind: value, list or pages. written_by: the run that wrote it last.
create table if not exists cache_entry (
  cache varchar(100) collate "C" not null,
  scope varchar(10) not null,
  owner varchar(100) collate "C" not null,
  entry_key varchar(400) collate "C" not null,
  entry_id varchar(36) not null,
  kind varchar(10) not null,
  parts int not null,
  bytes bigint not null,
  written_by varchar(100),
  written_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (cache, scope, owner, entry_key)
);

create index if not exists cache_entry_expires on cache_entry (expires_at);

-- The payloads that an entry is made of.
create table if not exists cache_part (
  entry_id varchar(36) not null,
  part int not null,
  payload bytea not null,
  payload_file varchar(36),
  primary key (entry_id, part)
);

-- What a run changed already. mark: hash of shape, lineage and portion.
create table if not exists cache_mark (
  run_id varchar(100) not null,
  mark varchar(64) not null,
  made_at timestamp(6) with time zone not null,
  primary key (run_id, mark)
);

create index if not exists cache_mark_age on cache_mark (made_at);

-- Which run works out what is to stand under a key.
create table if not exists cache_claim (
  cache varchar(100) collate "C" not null,
  scope varchar(10) not null,
  owner varchar(100) collate "C" not null,
  entry_key varchar(400) collate "C" not null,
  run_id varchar(100) not null,
  claimed_until timestamp(6) with time zone not null,
  primary key (cache, scope, owner, entry_key)
);

create index if not exists cache_claim_run on cache_claim (run_id);
