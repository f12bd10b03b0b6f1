-- How many runs of a plan's checks ended their process in a row: from two on no
-- check of it is made until somebody says so.
alter table service.plan add column crashes integer not null default 0;
