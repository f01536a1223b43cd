-- Where a run is shown as a trace, as a W3C traceparent; null when it is shown nowhere.
alter table run add column if not exists trace varchar(55);
