package postgis

import (
	"testing"

	"github.com/jackc/tern/v2/migrate"
)

// TestMigrateCatalogue: a database of before, with a county of its own, one that
// others read here and one on another server, has all of them after a migration,
// also after one back and forth.
func TestMigrateCatalogue(t *testing.T) {
	url := postgres.Database(t)
	f := fellow{t, connect(t, url), url}
	conn, err := f.pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.run("create schema base")
	m, err := migrate.NewMigrator(t.Context(), conn.Conn(), versionTable)
	if err == nil {
		err = m.LoadMigrations(migrations())
	}
	if err == nil {
		err = m.MigrateTo(t.Context(), 4)
	}
	if err != nil {
		t.Fatal(err)
	}
	const values = ` values ('150123', 1, 'pbf', 1, 0, 'YJJBNT', 'YJJBNT.shp', 'd', 4525, '{}', '[]', '[]', '[]', '[]', 7, null, null, 5)`
	for _, statement := range []string{
		"create table base.dataset_150123 partition of base.dataset for values in ('150123')",
		"alter table base.dataset_150123 add primary key (county, id)",
		"insert into base.dataset (county, id, role, version, ordinal, name, file, digest, srid, crs, fields, columns, oddities, container, rows, bound, lonlat, area_m2)" + values,
		"create view base.shared_dataset_150123 as select * from base.dataset where county = '150123'",
		"create role reader_of_catalogue", "grant select on base.shared_dataset_150123 to reader_of_catalogue",
		"create extension postgres_fdw",
		"create server nowhere foreign data wrapper postgres_fdw options (host '/nowhere')", // it is not asked
		"create foreign table base.dataset_150124 partition of base.dataset for values in ('150124') server nowhere options (table_name 'shared_dataset_150124')",
		"create foreign table base.feature_150124 partition of base.feature for values from ('150124', minvalue) to ('150124', maxvalue) server nowhere",
	} {
		f.run(statement)
	}
	defer f.run("drop role reader_of_catalogue") // of the cluster, not of the database
	defer f.run("drop owned by reader_of_catalogue")
	for range 2 {
		if err := m.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, err := f.Datasets(t.Context(), county)
		if err != nil || len(all) != 1 || all[0].Rows != 7 || all[0].Area != 5 {
			t.Errorf("%+v, %v", all, err)
		}
		var read, granted, plain bool
		const query = `select exists (select from base.shared_dataset_150123 where rows = 7), has_table_privilege('reader_of_catalogue', 'base.shared_dataset_150123', 'select'),
			(select relkind = 'r' from pg_class where oid = 'base.dataset'::regclass) and to_regclass('base.dataset_150123') is null and to_regclass('base.dataset_150124') is null`
		if err := f.pool.QueryRow(t.Context(), query).Scan(&read, &granted, &plain); err != nil || !read || !granted || !plain {
			t.Errorf("others read it %t, may %t; it is a plain table %t; %v", read, granted, plain, err)
		}
		places, err := f.Places(t.Context())
		if err != nil || len(places) != 2 || places[1] != (Place{"150124", "nowhere", "/nowhere"}) {
			t.Errorf("%+v, %v", places, err)
		}
		if _, ok, err := f.County(t.Context(), "150124"); ok || err == nil {
			t.Errorf("a county whose server is nowhere: %t, %v", ok, err)
		}
		if _, err := f.pool.Exec(t.Context(), "select relkind from pg_class where oid = 'base.remote_dataset_150124'::regclass"); err != nil {
			t.Error(err)
		}
		if err := m.MigrateTo(t.Context(), 4); err != nil {
			t.Fatal(err)
		}
		f.ready.Store(false)
	}
	conn.Release()
}
