-- What the shape trackData saw. id: hash of run, shape, payload, record and field, so that a run that is taken up again writes no second
-- row. item: the value, cut to 255 characters.
create table if not exists tracked (
  id varchar(32) primary key,
  entity varchar(100) not null,
  item varchar(255) not null,
  field varchar(1000) not null,
  direction varchar(10) not null,
  success boolean not null,
  source varchar(100),
  flow varchar(200) not null,
  shape varchar(200) not null,
  run_id varchar(60) not null,
  seen_at timestamp(6) with time zone not null
);
create index if not exists tracked_item on tracked (item, entity, seen_at);
create index if not exists tracked_seen on tracked (seen_at, id);
create index if not exists tracked_flow on tracked (flow, seen_at, id);
