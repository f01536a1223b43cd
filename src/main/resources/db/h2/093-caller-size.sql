-- Largest body of a caller, in bytes; null where only the address bounds it.
alter table inbound_caller add column if not exists max_body bigint;
