package api_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	storepg "landcheck/api/store/postgres"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"
)

// loaded is a database that holds the sample county and that others are copied
// from, since a copy takes a tenth of a load. It is set by the first test that
// asks; tests of this package do not run side by side.
var loaded struct {
	url    string
	copies atomic.Int64
}

// openDatabase gives a migrated database with base data of counties, in
// directories.
func openDatabase(t testing.TB, bases map[string][]string) *postgis.DB {
	t.Helper()
	if len(bases) != 1 || bases[county] == nil || bases[county][0] != baseDir(t) {
		return prepared(t, postgres.Database(t), bases)
	}
	if loaded.url == "" {
		url := postgres.Database(t)
		prepared(t, url, bases).Close()
		loaded.url = url
	}
	name := fmt.Sprintf("copy%d", loaded.copies.Add(1))
	admin := connect(t, at(loaded.url, "postgres"))
	defer admin.Close()
	if _, err := admin.Pool().Exec(t.Context(), fmt.Sprintf("create database %s template %s", name, databaseOf(loaded.url))); err != nil {
		t.Fatal(err)
	}
	db := connect(t, at(loaded.url, name))
	t.Cleanup(db.Close)
	return db
}

func databaseOf(url string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(url, "postgres:///"), "?")
	return name
}

func at(url, name string) string { return strings.Replace(url, databaseOf(url), name, 1) }

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
