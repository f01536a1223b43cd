-- A run that is taken up again knows whether anything ended well before: else it would be taken for failed where it is partial.
alter table run_pull add column if not exists well boolean default false not null;
