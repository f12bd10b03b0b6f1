-- On the server that serves: a county whose base data is on another. What this
-- one held of it is dropped in the same transaction: move it there first, as
-- README says. Checks that run meanwhile wait for a moment.
--
--     psql DATABASE -v server=shard1 -v county=150123 -f scripts/shard/attach.sql

\set ON_ERROR_STOP on
begin;
select format('drop table %s', p.oid::regclass)
from pg_inherits i join pg_class p on p.oid = i.inhrelid
where i.inhparent in ('base.dataset'::regclass, 'base.feature'::regclass) and p.relkind = 'r'
	and p.relname ~ ('^(dataset|feature)_' || :'county' || '(_[0-9]+)?$') \gexec
select format('create foreign table base.%I partition of base.dataset for values in (%L) server %I options (schema_name ''base'', table_name %L)',
	'dataset_' || :'county', :'county', :'server', 'shared_dataset_' || :'county') \gexec
select format('create foreign table base.%I partition of base.feature for values from (%2$L, minvalue) to (%2$L, maxvalue) server %3$I options (schema_name ''base'', table_name %4$L)',
	'feature_' || :'county', :'county', :'server', 'shared_feature_' || :'county') \gexec
commit;
