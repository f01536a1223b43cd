-- Callers of the inbound API. secret_hash: bcrypt.
create table inbound_caller (
  name varchar(100) primary key,
  client_id varchar(60) not null unique,
  secret_hash varchar(200) not null,
  per_minute int not null,
  created_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone
);

-- Tokens that were given out. token_hash: SHA-256.
create table inbound_token (
  token_hash varchar(64) collate "C" primary key,
  caller varchar(100) not null,
  until_at timestamp(6) with time zone not null
);
create index inbound_token_caller on inbound_token (caller, until_at);
