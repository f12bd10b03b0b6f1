-- On the server that serves, as the database user of the service: another server,
-- once. The user named here is one there who may read; PostGIS must be the same
-- version on both.
--
--     psql DATABASE -v server=shard1 -v host=10.0.0.2 -v port=5432 -v dbname=landcheck \
--          -v user=reader -v password=… -f scripts/shard/server.sql

\set ON_ERROR_STOP on
\set QUIET on
begin;
create extension if not exists postgres_fdw;
-- The extensions option lets box filters be judged there, by its index. A server
-- that answers nobody is given up in seconds, and holds up only its own counties.
create server :"server" foreign data wrapper postgres_fdw
	options (host :'host', port :'port', dbname :'dbname', extensions 'postgis', fetch_size '5000',
		connect_timeout '5', keepalives_idle '10', keepalives_interval '5', keepalives_count '3', tcp_user_timeout '15000');
create user mapping for current_user server :"server" options (user :'user', password :'password');
commit;
