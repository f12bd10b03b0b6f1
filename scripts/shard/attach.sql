-- On the server that serves: a county whose base data is on another. What this
-- one holds of it goes in the same transaction, once the other is seen to hold
-- all of it, row by row; where it does not, nothing changes here. Checks that run
-- meanwhile wait for a moment; what is known of the county's layers stays here.
--
--     psql DATABASE -v server=shard1 -v county=150123 -f scripts/shard/attach.sql

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
begin;
set local timezone = 'GMT'; -- as postgres_fdw sets it there
set local client_min_messages = warning;
set local lock_timeout = '60s'; -- a check that takes longer keeps its tables; attach again
-- No load meanwhile.
select pg_advisory_xact_lock(hashtextextended('landcheck load ' || :'county', 0)) \g /dev/null
select set_config('landcheck.county', :'county', true), set_config('landcheck.server', :'server', true) \g /dev/null
do $$
begin
	if to_regclass('base.feature_' || current_setting('landcheck.county')) is not null then
		raise exception 'county % is on another server already; nothing was changed', current_setting('landcheck.county')
			using hint = 'where.sql says on which; detach.sql brings it back';
	end if;
end $$;
create schema landcheck_attach;

-- What the other server has of the county, by the columns of this one.
select format('create foreign table base.%I (%s) server %I options (schema_name ''base'', table_name %L)',
	'remote_' || t || '_' || :'county', string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum),
	:'server', 'shared_' || t || '_' || :'county')
from unnest(array['dataset', 'content']) t join pg_attribute on attrelid = ('base.' || t)::regclass and attnum > 0 and not attisdropped
group by t \gexec
create table landcheck_attach.dataset as select * from base.dataset where false;
create table landcheck_attach.content as select * from base.content where false;
select format('insert into landcheck_attach.%I select * from base.%I', t, 'remote_' || t || '_' || :'county')
from unnest(array['dataset', 'content']) t \gexec

-- Everything that is here must be there: the datasets, and their rows by number
-- and digest. What was loaded there since may be there as well.
create table landcheck_attach.missing as
select coalesce(d.id, c.dataset) as id, d.name, coalesce(c.rows, 0) as rows, coalesce(there.rows, 0) as rows_there
from (select * from base.dataset where county = :'county') d
	full join (select * from base.content where county = :'county') c on c.dataset = d.id
	left join landcheck_attach.content there on there.dataset = coalesce(d.id, c.dataset)
	left join (table landcheck_attach.dataset intersect select * from base.dataset where county = :'county') same on same.id = d.id
where d.id is not null and same.id is null
	or d.dropped_at is null and (coalesce(c.rows, 0), c.digest) is distinct from (coalesce(there.rows, 0), there.digest);
do $$
declare
	county text := current_setting('landcheck.county');
	server text := current_setting('landcheck.server');
	missing text;
begin
	if not exists (select from landcheck_attach.dataset) then
		raise exception 'server % has no base data of county %; nothing was changed', server, county
			using hint = 'copy it there first: scripts/shard/copy.sh';
	end if;
	select string_agg(format('layer %s (%s) has %s rows here, %s there', id, coalesce(name, 'not in the catalogue'), rows,
		case when rows = rows_there then 'others' else rows_there::text end), '; ' order by id)
	into missing from landcheck_attach.missing;
	if missing is not null then
		raise exception 'server % does not hold county % as it is here; nothing was changed: %', server, county, missing
			using hint = 'unshare.sql with drop=yes removes it there; then copy it anew: scripts/shard/copy.sh';
	end if;
end $$;

select format('drop table base.%I', relname) from pg_class
where relnamespace = 'base'::regnamespace and relkind = 'r' and relname ~ ('^feature_' || :'county' || '_[0-9]+$') \gexec
select format('create foreign table base.%I partition of base.feature for values from (%2$L, minvalue) to (%2$L, maxvalue) server %3$I options (schema_name ''base'', table_name %4$L)',
	'feature_' || :'county', :'county', :'server', 'shared_feature_' || :'county') \gexec
delete from base.dataset where county = :'county';
insert into base.dataset select * from landcheck_attach.dataset;
select count(*) || ' layers with ' || coalesce(sum(rows), 0) || ' rows of county ' || :'county' || ' are now read from server ' || :'server' as attached
from landcheck_attach.dataset where dropped_at is null;
drop schema landcheck_attach cascade;
commit;
