-- What people say of findings. A finding has one id through all versions of a plan,
-- so reviews are of a project; they outlive plan and check.
create table service.finding_review (
  county  text not null,
  project text not null, -- code of the project, or id of a plan that states none
  finding text collate "C" not null,
  version integer not null,
  body    jsonb not null, -- store.Review without its history
  primary key (county, project, finding)
);

-- Each line of their history, as it was said.
create table service.finding_remark (
  id      text collate "C" primary key, -- in order of time
  county  text not null,
  project text not null,
  finding text not null,
  key     text, -- of the request, by its caller
  body    jsonb not null -- store.Remark
);
create index remark_of_finding on service.finding_remark (county, project, finding, id);
create unique index remark_once on service.finding_remark (county, project, finding, key);

-- What reviewers decided on checks; it goes when the check goes.
create table service.decision (
  id        text collate "C" primary key, -- in order of time
  check_id  text not null references service.check_run on delete cascade,
  county    text not null,
  project   text not null,
  body      jsonb not null, -- store.Decision
  withdrawn jsonb           -- store.Withdrawal
);
create unique index decision_stands on service.decision (check_id) where withdrawn is null;
create index decision_of_check on service.decision (check_id);
create index decision_of_project on service.decision (county, project, id);

-- Remarks and decisions stay as they were written, for the owner of the tables as
-- well; a decision is withdrawn once.
create function service.remark_stays() returns trigger language plpgsql as $$
begin
  raise exception 'service.finding_remark is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger remark_stays before update or delete or truncate on service.finding_remark
  for each statement execute function service.remark_stays();

create function service.decision_stays() returns trigger language plpgsql as $$
begin
  if old.withdrawn is not null or new.withdrawn is null
    or (new.id, new.check_id, new.county, new.project, new.body) is distinct from (old.id, old.check_id, old.county, old.project, old.body) then
    raise exception 'service.decision is immutable' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger decision_stays before update on service.decision
  for each row execute function service.decision_stays();

-- The decision that stands, for lists.
alter table service.check_run add column decision text not null default '';

create index plan_of_project on service.plan (county, (coalesce(nullif(code, ''), id)));
