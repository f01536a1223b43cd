-- PostgreSQL has an index of the runs of a flow that have a reason; here run_flow serves, as there are no indexes of a part of a table.
create index if not exists run_flow on run (flow, id);
