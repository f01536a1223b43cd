-- Tokens that instances got and keep, encrypted. revision: another one with every change. leased_at: when somebody began to renew
-- them; without a time nobody is at it.
create table if not exists instance_token (
  instance varchar(200) not null,
  auth varchar(200) not null,
  revision bigint not null,
  sealed varchar(200000) not null,
  leased_at timestamp(6) with time zone,
  changed_at timestamp(6) with time zone not null,
  primary key (instance, auth)
);
