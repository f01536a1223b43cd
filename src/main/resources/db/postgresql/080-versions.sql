-- Revisions of a flow are numbered in the order in which they were kept first. by_whom: who deployed it, empty when it was taken from
-- its file; parts: digests of what it resolved to, as JSON, empty when that is not known.
alter table flow_revision add column if not exists number int;
alter table flow_revision add column if not exists by_whom varchar(200);
alter table flow_revision add column if not exists note varchar(1000);
alter table flow_revision add column if not exists parts varchar(1000000);
update flow_revision set number = (select count(*) from flow_revision earlier where earlier.flow = flow_revision.flow
  and (earlier.first_at < flow_revision.first_at
    or (earlier.first_at = flow_revision.first_at and earlier.revision <= flow_revision.revision)))
  where number is null;
alter table flow_revision alter column number set not null;
create unique index if not exists flow_revision_number on flow_revision (flow, number);

-- Versions that run in place of what a flow's file says. why: rollback, deploy (the flow waits for people to deploy it) or pinned (it
-- ran when that began to hold).
create table if not exists flow_held (
  flow varchar(100) primary key,
  revision varchar(20) not null,
  why varchar(10) not null,
  since_at timestamp(6) with time zone not null,
  by_whom varchar(200),
  note varchar(1000)
);

-- When a version ran last, and whether anything points to it.
create index if not exists run_revision on run (flow, revision, id);
