-- What systems were asked to send to us. wanted_until: until when a runtime wants it; each that does moves it on. told: hash of
-- what the system was told, null when it was told nothing. subscription: the id that it gave. claimed_by: the runtime that is at it.
create table if not exists event_subscription (
  instance varchar(200) not null,
  event varchar(200) not null,
  wanted_until timestamp(6) with time zone not null,
  told varchar(64),
  address varchar(2000),
  subscription varchar(1000),
  attempts int not null,
  next_at timestamp(6) with time zone not null,
  failure varchar(1000),
  claimed_by varchar(36),
  claimed_until timestamp(6) with time zone,
  primary key (instance, event)
);
