-- What a check was asked for besides, and how much its verdict does not cover.
alter table service.check_run
  add column strict       boolean not null default false,
  add column subprojects  text[] not null default '{}',
  add column reservations integer not null default 0;
