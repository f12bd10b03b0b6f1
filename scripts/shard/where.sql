-- On the server that serves: where each county's base data lies. No other server
-- is asked, so that this answers while one is down.
--
--     psql DATABASE -f scripts/shard/where.sql

select county, coalesce(server, '(here)') as server, coalesce(address, '') as address, version, layers, features, loaded_at
from base.county_server;
