-- On the coordinator of Citus, once, between landcheck migrate and the first load.
-- The catalogue is on every node. Features go by county, so that a county is on
-- one node, whole, and each layer of a load makes shard_count tables: two for each
-- worker are enough, and keep --keep-versions small.
--
--     psql DATABASE -v shard_count=8 -f scripts/shard/citus.sql

\set ON_ERROR_STOP on
\set QUIET on
begin;
select create_reference_table('base.dataset');
select create_distributed_table('base.feature', 'county', colocate_with => 'none', shard_count => :shard_count);
commit;
