-- A version may be loaded without being put to use, and an earlier one be put to use
-- again. Of the versions of a county that one is current which was made so last.
-- built_on is the version that the load found current, from which the roles come that
-- it did not bring. Datasets that were loaded before have neither: each load was put
-- to use, and built on the one before. Of a county on another server, share it again there
-- (scripts/shard).
alter table base.dataset add column current_since timestamptz, add column built_on int;

do $$
declare
	shared text;
begin
	for shared in select viewname from pg_views where schemaname = 'base' and viewname ~ '^shared_dataset_[0-9]{6}$'
	loop
		execute format('create or replace view base.%I as select * from base.dataset where county = %L', shared, right(shared, 6));
	end loop;
end $$;

---- create above / drop below ----

alter table base.dataset drop column current_since, drop column built_on;
