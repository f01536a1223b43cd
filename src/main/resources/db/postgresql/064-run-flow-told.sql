-- The newest runs of a flow that have a reason, among which text in reasons is looked for first.
create index if not exists run_flow_told on run (flow, id) where reason is not null;
