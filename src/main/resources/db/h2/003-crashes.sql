-- How many of its crashes a start is not blamed for any more, because its run got further since.
alter table start add column if not exists forgiven int default 0 not null;
