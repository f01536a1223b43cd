-- The scripts that a revision of a flow used, as they were: whoever runs under it again runs with them.
create table if not exists flow_revision_script (
    flow varchar(100) not null,
    revision varchar(32) not null,
    name varchar(200) not null,
    path varchar(1000) not null,
    text text not null,
    primary key (flow, revision, name)
);
