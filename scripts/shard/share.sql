-- On the server that holds a county: what the others read of it, once they are
-- granted it. Loading it later changes nothing here; share again after an update.
--
--     psql DATABASE -v county=150123 -v user=reader -f scripts/shard/share.sql
--
-- Without user nothing is granted.

\set ON_ERROR_STOP on
\set QUIET on
begin;
select format('create or replace view base.%I as select * from base.%I where county = %L', 'shared_' || t || '_' || :'county', t, :'county')
from unnest(array['dataset', 'feature', 'content']) t \gexec
\if :{?user}
	grant usage on schema base to :"user";
	select format('grant select on base.%I to %I', 'shared_' || t || '_' || :'county', :'user')
	from unnest(array['dataset', 'feature', 'content']) t \gexec
\endif
commit;
