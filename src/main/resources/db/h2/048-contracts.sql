-- How systems answered the reads that contracts name: fields and types of records, never their values. definition: which
-- declaration it was seen for. status_class: the usual first digit. claimed_by: the runtime that looks at the moment.
create table if not exists instance_contract (
  instance varchar(200) not null primary key,
  definition varchar(300) not null,
  fields clob,
  status_class int,
  findings clob not null,
  looked_at timestamp(6) with time zone,
  problem varchar(1000),
  claimed_by varchar(36),
  claimed_until timestamp(6) with time zone
);
