create extension if not exists postgis;

-- Every table has the county, every key begins with it, and partitions lie one
-- level deep: so a county's can be foreign tables on another server, and Citus
-- can distribute all of it by county. No query joins two counties.

-- One layer of one load. Never changed once it is there.
create table base.dataset (
	county     text   not null collate "C" check (county ~ '^[0-9]{6}$'),
	id         bigint not null,  -- counts the county's datasets
	role       text   not null,
	version    int    not null,  -- counts the county's loads
	ordinal    int    not null,  -- of the layer within its load
	name       text   not null,
	file       text   not null,
	digest     text   not null,
	srid       int    not null,  -- 0 for a system without an EPSG code
	crs        jsonb  not null,  -- its parameters, in any case
	fields     jsonb  not null,  -- all columns of the source
	columns    jsonb  not null,  -- those that are kept, and how their figures are written
	oddities   jsonb  not null,  -- what was odd about it, with the records
	container  jsonb  not null,  -- what was odd about the files that the load came from
	rows       int    not null,
	bound      double precision[] check (cardinality(bound) = 4),  -- x0 y0 x1 y1; null without any shape
	lonlat     double precision[] check (cardinality(lonlat) = 4), -- the same in degrees
	area_m2    double precision not null,
	loaded_at  timestamptz not null default now()
) partition by list (county);

-- One feature. Columns have the names and meaning of the national standards; a
-- value that the typed column could not give back letter for letter stands in
-- raw as well.
create table base.feature (
	county   text   not null collate "C",
	dataset  bigint not null,
	record   bigint not null,  -- 1-based position in the source
	bsm      text,
	tbbh     text,
	xzqdm    text,
	xzqmc    text,
	zldwdm   text,
	zldwmc   text,
	ghfqmc   text,
	dlbm     text,
	tbxhdm   text,
	gdpdjb   smallint,
	gddb     smallint,
	pdjb     smallint,
	zldb     smallint,
	zldjdm   smallint,
	kcxs     double precision,
	yjjbntmj double precision,
	jbntmj   double precision,
	area_m2  double precision,  -- ellipsoidal; null for a null shape
	geom     geometry(MultiPolygon),  -- in the source's own system
	raw      jsonb
) partition by range (county, dataset);

-- Coordinates do not compress; trying costs a third of the load.
alter table base.feature alter column geom set storage external;

-- The parents have no unique index, or no partition could be a foreign table:
-- each partition has its own, made by landcheck load. Here a county has a
-- partition of dataset and one of feature for each dataset; a county on another
-- server has one of each (scripts/shard).

---- create above / drop below ----

drop table base.feature;
drop table base.dataset;
