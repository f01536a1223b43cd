-- PostgreSQL has an index of reasons by windows of time; here they are read from the newest on, in the order of the primary key.
create index if not exists run_flow on run (flow, id);
