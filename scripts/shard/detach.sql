-- On the server that serves: a county whose base data is on another comes back,
-- all of it, or, with lost=yes, is given up with that server: nothing is then
-- known of it here, and it can be loaded anew. What is there stays there;
-- unshare.sql keeps it from being read.
--
--     psql DATABASE -v county=150123 -f scripts/shard/detach.sql
--     psql DATABASE -v county=150123 -v lost=yes -f scripts/shard/detach.sql

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
\if :{?lost}
\else
	\set lost no
\endif
begin;
set local timezone = 'GMT'; -- as postgres_fdw sets it there
set local lock_timeout = '60s'; -- a check that takes longer goes on; detach again
set local client_min_messages = warning;
-- No load meanwhile.
select pg_advisory_xact_lock(hashtextextended('landcheck load ' || :'county', 0)) \g /dev/null
select set_config('landcheck.county', :'county', true) \g /dev/null
do $$
begin
	if to_regclass('base.remote_dataset_' || current_setting('landcheck.county')) is null then
		raise exception 'county % is on no other server', current_setting('landcheck.county') using hint = 'where.sql says where counties lie';
	end if;
end $$;

\if :lost
	delete from base.dataset where county = :'county';
\else
	-- What was loaded there since is known here only now. The tables are filled
	-- before anybody is kept waiting.
	delete from base.dataset where county = :'county';
	select format('insert into base.dataset select * from base.%I', 'remote_dataset_' || :'county') \gexec
	select format('create table base.%1$I (like base.feature including all)', 'feature_' || county || '_' || id),
		format('insert into base.%I select * from base.%I where county = %L and dataset = %s', 'feature_' || county || '_' || id, 'feature_' || county, county, id),
		format('alter table base.%I add primary key (county, dataset, record)', 'feature_' || county || '_' || id),
		format('create index on base.%I using gist (geom)', 'feature_' || county || '_' || id),
		format('analyze base.%I', 'feature_' || county || '_' || id)
	from base.dataset where county = :'county' and dropped_at is null order by id \gexec
\endif
select format('alter table base.feature detach partition base.%I', 'feature_' || :'county') \gexec
\if :lost
	select 'county ' || :'county' || ' is given up: load it anew' as detached;
\else
	select format('alter table base.feature attach partition base.%I for values from (%2$L, %3$s) to (%2$L, %3$s + 1)', 'feature_' || county || '_' || id, county, id)
	from base.dataset where county = :'county' and dropped_at is null order by id \gexec
	-- Counties that an older attach.sql moved have none of these yet.
	select format('create foreign table if not exists base.%I (%s) server %I options (schema_name ''base'', table_name %L)',
		'remote_content_' || :'county', string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum), srvname, 'shared_content_' || :'county')
	from pg_attribute, pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver
	where attrelid = 'base.content'::regclass and attnum > 0 and not attisdropped and f.ftrelid = to_regclass('base.feature_' || :'county')
	group by srvname \gexec
	create schema landcheck_detach;
	create table landcheck_detach.content as select * from base.content where false;
	select format('insert into landcheck_detach.content select * from base.%I', 'remote_content_' || :'county') \gexec
	create table landcheck_detach.differing as
		select dataset from (select * from base.content where county = :'county') here full join landcheck_detach.content there using (dataset)
		where (here.rows, here.digest) is distinct from (there.rows, there.digest)
			and dataset in (select id from base.dataset where county = :'county' and dropped_at is null);
	do $$
	begin
		if exists (select from landcheck_detach.differing) then
			raise exception 'what came back is not what is there: layers %; nothing was changed', (select string_agg(dataset::text, ', ' order by dataset) from landcheck_detach.differing)
				using hint = 'a load or a prune there at the same time? detach again';
		end if;
	end $$;
	drop schema landcheck_detach cascade;
	select count(*) || ' layers with ' || coalesce(sum(rows), 0) || ' rows of county ' || :'county' || ' are here again' as detached
	from base.dataset where county = :'county' and dropped_at is null;
\endif
select format('drop foreign table base.%I', n || :'county') from unnest(array['feature_', 'remote_dataset_', 'remote_content_']) n
where to_regclass('base.' || n || :'county') is not null \gexec
commit;
