-- On the server that holds a county: what the others read of it, once they are
-- granted it. Loading it later changes nothing here.
--
--     psql DATABASE -v county=150123 -f scripts/shard/share.sql

\set ON_ERROR_STOP on
begin;
select format('create or replace view base.%I as select * from base.%I where county = %L', 'shared_' || t || '_' || :'county', t, :'county')
from unnest(array['dataset', 'feature']) t \gexec
commit;
