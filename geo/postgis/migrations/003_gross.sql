-- Declared areas of whole parcels, to be held against others of the row. Datasets
-- that were loaded before have none and are read as they were. Of a county on
-- another server, share it again there (scripts/shard).
alter table base.feature add column tbmj double precision, add column yjjbnttbmj double precision;

---- create above / drop below ----

alter table base.feature drop column tbmj, drop column yjjbnttbmj;
