-- Files under data/bodies that a row somewhere refers to. A file without a row here is an orphan.
create table if not exists body_file (
  name varchar(80) primary key
);
