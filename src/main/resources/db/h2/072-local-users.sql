-- People. password_hash: Argon2id; totp_sealed: secret of one-time codes, sealed; last_step: of the last code that was taken.
create table if not exists local_user (
  name varchar(100) primary key,
  password_hash varchar(300) not null,
  role varchar(20) not null,
  totp_sealed varchar(1000),
  last_step bigint not null,
  created_at timestamp(6) with time zone not null,
  changed_at timestamp(6) with time zone not null
);
