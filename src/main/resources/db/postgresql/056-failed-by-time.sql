-- The report of a service reads what failed of a flow from the newest on.
create index if not exists failed_payload_time on failed_payload (flow, failed_at, id);
