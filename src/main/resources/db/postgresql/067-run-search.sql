-- Runs are searched by more than flow and status; each index ends with the id, in whose order pages are read.
create index if not exists run_trigger on run (trigger_kind, id);
create index if not exists run_flow_status on run (flow, status, id);
create index if not exists run_told on run (id) where reason is not null;
-- A part of a reason is found by its trigrams. Without pg_trgm, or the right to create it, it is found by reading the runs that failed.
do $$ begin create extension if not exists pg_trgm; exception when insufficient_privilege or feature_not_supported or undefined_file then raise notice 'pg_trgm is not there'; end $$;
do $$ begin create index if not exists run_reason on run using gin (lower(reason) gin_trgm_ops) where reason is not null; exception when undefined_object then raise notice 'reasons of runs have no index'; end $$;
