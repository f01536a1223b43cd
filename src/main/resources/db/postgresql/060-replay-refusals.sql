-- What a job of replays could not replay, each with why. Rows go with their job.
create table if not exists replay_refusal (
  job varchar(60) not null,
  failed_payload varchar(60) not null,
  reason varchar(4000) not null,
  primary key (job, failed_payload)
);
