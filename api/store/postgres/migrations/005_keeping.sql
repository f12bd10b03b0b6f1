-- Why something was deleted, in the words of who did it.
alter table service.audit add column reason text not null default '';

-- How many bytes a county's packages and artifacts take, kept by the tables
-- themselves, so that a quota is one row to read.
alter table service.check_run add column bytes bigint not null default 0; -- of its artifacts
update service.check_run c set bytes = coalesce((select sum(size) from service.artifact where check_id = c.id), 0) where state = 'done';

create table service.usage (
  county text primary key,
  bytes  bigint not null
);
insert into service.usage
  select county, sum(n) from (
    select county, size from service.plan union all select county, bytes from service.check_run) as used (county, n)
  group by county;

create function service.add_usage(of_county text, more bigint) returns void language sql as $$
  insert into service.usage as u (county, bytes) select of_county, more where more <> 0
    on conflict (county) do update set bytes = u.bytes + excluded.bytes
$$;

create function service.plan_usage() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform service.add_usage(old.county, -old.size); end if;
  if tg_op <> 'DELETE' then perform service.add_usage(new.county, new.size); end if;
  return null;
end $$;
create trigger plan_usage after insert or delete or update of size on service.plan
  for each row execute function service.plan_usage();

create function service.check_usage() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform service.add_usage(old.county, -old.bytes); end if;
  if tg_op <> 'DELETE' then perform service.add_usage(new.county, new.bytes); end if;
  return null;
end $$;
create trigger check_usage after insert or delete or update of bytes on service.check_run
  for each row execute function service.check_usage();

-- Entries stay as they were written. Those older than a time that landcheck
-- prune sets for its own transaction may go, none may be changed.
create or replace function service.audit_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.time < nullif(current_setting('landcheck.prune_audit_before', true), '')::timestamptz then
      return old;
    end if;
  end if;
  raise exception 'service.audit is append-only' using errcode = 'insufficient_privilege';
end $$;
drop trigger audit_stays on service.audit;
create trigger audit_stays before update or truncate on service.audit
  for each statement execute function service.audit_stays();
create trigger audit_entry_stays before delete on service.audit
  for each row execute function service.audit_stays();
create index audit_time on service.audit (time);
