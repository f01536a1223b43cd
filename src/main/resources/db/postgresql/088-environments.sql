-- The text of the flow that a revision of a flow in an environment was made of: what is promoted into another environment.
alter table flow_revision add column if not exists origin text;
