-- Runs are searched by more than flow and status; each index ends with the id, in whose order pages are read.
create index if not exists run_trigger on run (trigger_kind, id);
create index if not exists run_flow_status on run (flow, status, id);
