-- Metadata of a captured payload, and with the first of a run the variables that its start gave, as JSON.
alter table captured_payload add column if not exists about text;
