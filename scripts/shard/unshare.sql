-- On the server that held a county, once it was detached: nobody reads it there
-- any more, so that nothing stale is attached again. With drop=yes its base data
-- goes as well, and the room that it took.
--
--     psql DATABASE -v county=150123 -f scripts/shard/unshare.sql

\set ON_ERROR_STOP on
\set QUIET on
\if :{?drop}
\else
	\set drop no
\endif
begin;
-- No load meanwhile.
select pg_advisory_xact_lock(hashtextextended('landcheck load ' || :'county', 0)) \g /dev/null
select format('drop view if exists base.%I', 'shared_' || t || '_' || :'county') from unnest(array['dataset', 'feature', 'content']) t \gexec
\if :drop
	select format('drop table base.%I', relname) from pg_class
	where relnamespace = 'base'::regnamespace and relkind = 'r' and relname ~ ('^feature_' || :'county' || '_[0-9]+$') \gexec
	delete from base.dataset where county = :'county';
\endif
commit;
