-- The report of a service reads what was sent, and what failed, of a flow from the newest on. H2 reads along an index in its own direction only.
create index if not exists failed_payload_time on failed_payload (flow, failed_at desc, id desc);
create index if not exists tracked_newest on tracked (flow, seen_at desc, id desc);
drop index if exists tracked_flow;
