-- A reason that many old runs have is found in windows of time: what an id begins with stands beside the trigrams, and with it what else runs
-- are searched by. Without btree_gin and pg_trgm, or the right to create them, reasons are found as before.
do $$ begin create extension if not exists btree_gin; exception when insufficient_privilege or feature_not_supported or undefined_file then raise notice 'btree_gin is not there'; end $$;
do $$ begin create index if not exists run_reason_at on run using gin (substr(id, 1, 5), substr(id, 1, 6), substr(id, 1, 7), substr(id, 1, 8), flow, status, trigger_kind, lower(reason) gin_trgm_ops) where reason is not null; drop index if exists run_reason; exception when undefined_object then raise notice 'reasons of runs have no windows'; end $$;
