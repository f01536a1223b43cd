-- The last of its times of the day at which a service's failed items were tried again; whoever moves it on does so.
create table if not exists service_sweep (
  service varchar(100) primary key,
  swept_at timestamp(6) with time zone not null
);
