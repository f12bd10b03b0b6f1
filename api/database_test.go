package api_test

import (
	"sync"
	"testing"

	storepg "landcheck/api/store/postgres"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"
)

// loaded is a database that holds the sample county and that others are copied
// from, since a copy takes a tenth of a load. It is set by the first test that asks.
var loaded struct {
	mutex sync.Mutex
	url   string
}

// openDatabase gives a migrated database with base data of counties, in
// directories.
func openDatabase(t testing.TB, bases map[string][]string) *postgis.DB {
	t.Helper()
	if len(bases) != 1 || bases[county] == nil || bases[county][0] != baseDir(t) {
		return prepared(t, postgres.Database(t), bases)
	}
	db := connect(t, copied(t))
	t.Cleanup(db.Close)
	return db
}

// copied is the URL of a database of the test's own, with the sample county.
func copied(t testing.TB) string {
	t.Helper()
	loaded.mutex.Lock()
	defer loaded.mutex.Unlock()
	if loaded.url == "" {
		url := postgres.Database(t)
		prepared(t, url, map[string][]string{county: {baseDir(t)}}).Close()
		loaded.url = url
	}
	return postgres.Copy(t, loaded.url)
}

func connect(t testing.TB, url string) *postgis.DB {
	t.Helper()
	db, err := postgis.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func prepared(t testing.TB, url string, bases map[string][]string) *postgis.DB {
	t.Helper()
	db := connect(t, url)
	t.Cleanup(db.Close)
	if _, err := storepg.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	for code, dirs := range bases {
		for _, dir := range dirs {
			load(t, db, code, dir)
		}
	}
	return db
}

// load puts base data into a database.
func load(t testing.TB, db *postgis.DB, code, dir string) {
	t.Helper()
	base, err := plan.OpenBase(t.Context(), []string{dir}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { closed(t, base.Close()) }()
	layers, notices := base.Sources()
	var sources []postgis.Source
	for _, l := range layers {
		sources = append(sources, postgis.Source{Role: string(l.Role), Layer: l.Layer, CRS: l.CRS, Columns: l.Columns, Notices: l.Notices})
	}
	if _, err := db.Load(t.Context(), code, sources, postgis.LoadOptions{Notices: notices}); err != nil {
		t.Fatal(err)
	}
}
