-- Keys of the API. key_hash: SHA-256; flows: patterns between blanks, none for every flow.
create table if not exists access_key (
  name varchar(100) primary key,
  key_hash varchar(64) not null unique,
  role varchar(20) not null,
  flows varchar(6000) not null,
  made_by varchar(200) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone
);
