-- After ogr2ogr: what a careful person adds before asking questions.
create table red as select ST_Subdivide(geom, 128) as geom from stbhhx;
create table urban as select ST_Subdivide(geom, 128) as geom from czkfbj;
create table townships as select xzqdm, ST_Subdivide(geom, 128) as geom from xzq;
create index on red using gist (geom);
create index on urban using gist (geom);
create index on townships using gist (geom);
alter table yjjbnttb rename to pbf;
alter table dltb rename to land;
create index on pbf using gist (geom);
create index on land using gist (geom);
vacuum analyze;
