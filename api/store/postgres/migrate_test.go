package postgres

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"landcheck/api/store"
	"landcheck/geo/postgis"
)

// migratedTo is a database whose service schema is of an earlier landcheck: of the
// migrations up to that one.
func migratedTo(t *testing.T, last string) *postgis.DB {
	t.Helper()
	db, err := postgis.Open(t.Context(), cluster.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	names, err := fs.Glob(migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	earlier := fstest.MapFS{}
	for _, name := range names {
		if name > last {
			continue
		}
		text, err := fs.ReadFile(migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		earlier[name] = &fstest.MapFile{Data: text}
	}
	if _, _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn, err := db.Pool().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, _, err := postgis.Migrate(t.Context(), conn.Conn(), earlier, versionTable); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestWaitingBeforeTurns: checks that waited when callers did not take turns yet
// keep their order; a caller who comes after that has turns with them.
func TestWaitingBeforeTurns(t *testing.T) {
	t.Parallel()
	db := migratedTo(t, "006_crashes.sql")
	const waiting = `
insert into service.plan (id, digest, file, size, county, code, name, stage, rulebook, created, by_whom) values ('p', '', 'p.zip', 0, '150123', '', '', '', '', now(), '');
insert into service.check_run (id, plan, county, state, rulebook, stage, base_version, neighbours, created, by_whom)
	select v.id, 'p', '150123', 'queued', '', '', 0, '{}', now(), v.by from (values ('00-1', '甲'), ('00-2', '甲'), ('00-3', '乙')) v (id, by);
insert into service.turn values ('150123', now())`
	if _, err := db.Pool().Exec(t.Context(), waiting); err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	s := opened(t, db, Options{})
	late, _, err := s.AddCheck(t.Context(), store.Check{Plan: "p", Caller: "token:乙"}, store.Key{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"00-1", late.ID, "00-2", "00-3"} {
		c, ok, err := s.take(t.Context(), "worker", store.AnySlot)
		if err != nil || !ok || c.check.ID != want {
			t.Fatalf("%q (%t, %v), want %s", c.check.ID, ok, err, want)
		}
		if err := s.fail(t.Context(), db.Pool(), c, &store.Problem{}); err != nil {
			t.Fatal(err)
		}
	}
}
