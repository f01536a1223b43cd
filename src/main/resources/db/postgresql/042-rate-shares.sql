-- What each runtime may use of a limit that several share. budget: hash of who shares it and what was declared.
-- need: weight of its dearest call, 0 when it wants no more. until_at: the end of the share; free_at: when others may have it.
create table if not exists rate_share (
  budget varchar(64) not null,
  owner varchar(36) not null,
  share int not null,
  need int not null,
  until_at timestamp(6) with time zone not null,
  free_at timestamp(6) with time zone not null,
  primary key (budget, owner)
);
