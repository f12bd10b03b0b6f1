-- The catalogue of datasets is one plain table, whole in each database that
-- serves: what counties there are is asked of no other server. Features of a
-- county may still lie elsewhere; base.remote_dataset_CODE are then the rows as
-- that server has them. On Citus it is a reference table, which a partitioned
-- table cannot be.
do $$
declare
	moved record;
begin
	for moved in
		select c.relname, right(c.relname, 6) as county from pg_inherits i join pg_class c on c.oid = i.inhrelid
		where i.inhparent = 'base.dataset'::regclass and c.relkind = 'f'
	loop
		execute format('alter table base.dataset detach partition base.%I', moved.relname);
		execute format('alter foreign table base.%I rename to %I', moved.relname, 'remote_dataset_' || moved.county);
	end loop;
end $$;

alter table base.dataset rename to dataset_by_county;

create table base.dataset (like base.dataset_by_county including all);

insert into base.dataset select * from base.dataset_by_county;

alter table base.dataset add constraint dataset_key primary key (county, id);

-- What others read here goes on, with the rights that were granted on it.
do $$
declare
	shared text;
begin
	for shared in select viewname from pg_views where schemaname = 'base' and viewname ~ '^shared_dataset_[0-9]{6}$'
	loop
		execute format('create or replace view base.%I as select * from base.dataset where county = %L', shared, right(shared, 6));
	end loop;
end $$;

drop table base.dataset_by_county;

-- What is in each dataset, however it is stored: two servers that hold the same
-- have the same rows here. Ask for one county.
create view base.content as
	select county, dataset, count(*) as rows, sum(('x' || left(md5(f::text), 15))::bit(60)::bigint) as digest
	from base.feature f
	group by county, dataset;

-- Where each county's features lie: server is null for this one.
create view base.county_server as
	with elsewhere as (
		select right(c.relname, 6) as county, s.srvname::text as server, (
			select string_agg(o.option_value, ':' order by o.option_name)
			from pg_options_to_table(s.srvoptions) o where o.option_name in ('host', 'port')) as address
		from pg_class c join pg_foreign_table t on t.ftrelid = c.oid join pg_foreign_server s on s.oid = t.ftserver
		where c.relnamespace = 'base'::regnamespace and c.relname ~ '^feature_[0-9]{6}$'
	), known as (
		select county, max(version) as version, max(loaded_at) as loaded_at,
			count(*) filter (where dropped_at is null) as layers, sum(rows) filter (where dropped_at is null) as features
		from base.dataset group by county
	)
	select county, server, address, version, layers, features, loaded_at
	from known full join elsewhere using (county)
	order by county;

---- create above / drop below ----

drop view base.county_server, base.content;

alter table base.dataset rename to dataset_catalogue;

create table base.dataset (like base.dataset_catalogue including defaults including constraints) partition by list (county);

do $$
declare
	one text;
begin
	for one in select distinct county from base.dataset_catalogue where to_regclass('base.remote_dataset_' || county) is null
	loop
		execute format('create table base.%I partition of base.dataset for values in (%L)', 'dataset_' || one, one);
		execute format('alter table base.%I add primary key (county, id)', 'dataset_' || one);
		execute format('insert into base.dataset select * from base.dataset_catalogue where county = %L', one);
	end loop;
	for one in select relname from pg_class where relnamespace = 'base'::regnamespace and relname ~ '^remote_dataset_[0-9]{6}$'
	loop
		execute format('alter foreign table base.%I rename to %I', one, 'dataset_' || right(one, 6));
		execute format('alter table base.dataset attach partition base.%I for values in (%L)', 'dataset_' || right(one, 6), right(one, 6));
	end loop;
	for one in select viewname from pg_views where schemaname = 'base' and viewname ~ '^shared_dataset_[0-9]{6}$'
	loop
		execute format('create or replace view base.%I as select * from base.dataset where county = %L', one, right(one, 6));
	end loop;
end $$;

drop table base.dataset_catalogue;
