-- What failed payloads are about (settings.businessKey). passed: the same has passed the shape in a later run. keys_whole: each record of
-- the payload has a key, so that it is resolved when all have passed.
create table failed_key (
  failed_id varchar(60) collate "C" not null,
  item varchar(255) not null,
  flow varchar(200) not null,
  shape varchar(200) not null,
  failed_at timestamp(6) with time zone not null,
  passed boolean not null,
  primary key (failed_id, item)
);
create index failed_key_item on failed_key (item, flow, shape);
create index failed_key_shape on failed_key (flow, shape, passed, failed_at);

alter table failed_payload add column if not exists keys_whole boolean default false not null;
