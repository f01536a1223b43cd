-- Log and requests of most runs are short: they stand with the run, and only long ones apart.
alter table run add column logs varchar(4000);
alter table run add column requests varchar(4000);
