-- Since when a flow goes whose records are compared with those of the days before; no row while it is paused, not active, or asks for no comparison.
create table if not exists volume_watch (
  flow varchar(200) primary key,
  since_at timestamp(6) with time zone not null
);
