-- How many runs of a check the outside ended, which do not count as attempts.
alter table service.check_run add column interrupted integer not null default 0;
