-- Where a plan lies, and whose base data may join its check: only whoever sees
-- those counties sees what came of it. Of checks that were begun before, nobody
-- noted whose joined ('*'); those that wait are joined by nobody's.
alter table service.plan add column bound double precision[];
alter table service.check_run add column neighbours text[] not null default '{*}';
alter table service.check_run alter column neighbours drop default;
update service.check_run set neighbours = '{}' where state = 'queued';
