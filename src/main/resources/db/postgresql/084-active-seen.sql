-- When a node was last there: what ran on one that is gone for long is forgotten.
alter table flow_active add column if not exists seen_at timestamp(6) with time zone;
