-- When the rows of a dataset were dropped, its version being kept no longer; the
-- dataset itself stays, since reports name it. Of a county on another server,
-- share it again there (scripts/shard).
alter table base.dataset add column dropped_at timestamptz;

---- create above / drop below ----

alter table base.dataset drop column dropped_at;
