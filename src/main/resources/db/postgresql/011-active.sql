-- Which revisions of flows were active on a node when it last changed, so that a restart goes on with them.
create table flow_active (
  node varchar(100) not null,
  flow varchar(100) not null,
  revision varchar(20) not null,
  file varchar(1000) not null,
  primary key (node, flow)
);
