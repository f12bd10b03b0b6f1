-- A version may be loaded without being put to use, and an earlier one be put to use
-- again. Of the versions of a county that one is current which was made so last.
-- built_on is the version that the load found current, from which the roles come that
-- it did not bring. Datasets that were loaded before have neither: each load was put
-- to use, and built on the one before. Of a county on another server, update that one first.
alter table base.dataset add column current_since timestamptz, add column built_on int;

do $$
declare
	name text;
begin
	for name in select viewname from pg_views where schemaname = 'base' and viewname ~ '^shared_dataset_[0-9]{6}$'
	loop
		execute format('create or replace view base.%I as select * from base.dataset where county = %L', name, right(name, 6));
	end loop;
	for name in select relname from pg_class where relnamespace = 'base'::regnamespace and relkind = 'f' and relname ~ '^remote_dataset_[0-9]{6}$'
	loop
		execute format('alter foreign table base.%I add column current_since timestamptz, add column built_on int', name);
	end loop;
end $$;

---- create above / drop below ----

-- A view loses no column while it stands: it is made anew, with the rights on it.
do $$
declare
	views record;
	name text;
	granted record;
begin
	create temp table shared on commit drop as
		select relname, relowner, relacl from pg_class
		where relnamespace = 'base'::regnamespace and relkind = 'v' and relname ~ '^shared_dataset_[0-9]{6}$';
	for views in select relname from shared
	loop
		execute format('drop view base.%I', views.relname);
	end loop;
	alter table base.dataset drop column current_since, drop column built_on;
	for name in select relname from pg_class where relnamespace = 'base'::regnamespace and relkind = 'f' and relname ~ '^remote_dataset_[0-9]{6}$'
	loop
		execute format('alter foreign table base.%I drop column current_since, drop column built_on', name);
	end loop;
	for views in select relname from shared
	loop
		execute format('create view base.%I as select * from base.dataset where county = %L', views.relname, right(views.relname, 6));
	end loop;
	for granted in select s.relname, a.grantee::regrole::text as grantee, a.privilege_type from shared s, aclexplode(s.relacl) a
		where a.grantee <> s.relowner and a.grantee <> 0
	loop
		execute format('grant %s on base.%I to %s', granted.privilege_type, granted.relname, granted.grantee);
	end loop;
end $$;
