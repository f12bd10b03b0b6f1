-- What a reader would else have to find out from all rows of a dataset: texts by
-- their keys. Datasets that were loaded before have none, and serve as they did.
-- Of a county on another server, share it again there (scripts/shard).
alter table base.dataset add column notes jsonb not null default '{}';

---- create above / drop below ----

alter table base.dataset drop column notes;
