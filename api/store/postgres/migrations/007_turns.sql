-- Whose a check is, by what tells callers apart: names are given by people, and
-- two may have one. Callers take turns within their county. Checks that wait from
-- before are nobody's: they keep their order, and take turns with the callers.
alter table service.check_run add column caller text not null default '';
alter table service.check_run alter column caller drop default;

drop index service.check_waiting;
create index check_waiting on service.check_run (county, caller, id) where state = 'queued';
drop index service.check_running;
create index check_running on service.check_run (county, caller) where state = 'running';

-- When a caller's check of a county was last taken up.
create table service.caller_turn (
  county text not null,
  caller text not null,
  taken  timestamptz not null,
  primary key (county, caller)
);
