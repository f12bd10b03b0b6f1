-- Ids and codes are compared by their bytes, so that one index serves where they meet.
alter table service.plan alter column county type text collate "C";
alter table service.check_run alter column plan type text collate "C";
alter table service.finding_review alter column county type text collate "C", alter column project type text collate "C";

-- Plans as versions of projects: those of a county with one code, else each by itself.
-- Words are looked for in what is shown of a plan, Latin letters in lower case.
alter table service.plan
  add column project text collate "C" not null generated always as (case when code = '' then id else code end) stored,
  add column searched text collate "C" not null generated always as
    (lower((code || e'\n' || name || e'\n' || file || e'\n' || county || e'\n' || by_whom) collate "C")) stored;
drop index service.plan_of_project;
create index plan_versions on service.plan (county, project, created desc, id desc);

-- The ids of the violations that a done check found; null where nobody noted them.
alter table service.check_run add column violations text[];
create index check_done on service.check_run (plan, id) where state = 'done';
create index check_decided on service.check_run (plan, id) where decision <> '';
