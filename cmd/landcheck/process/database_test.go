package process

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// migrated is a database of the test's own with all schemas.
func migrated(t testing.TB) string {
	t.Helper()
	url := postgres.Database(t)
	done(t, 0, "migrate", "--database", url)
	return url
}

// loaded is one with the sample county.
func loaded(t testing.TB) string {
	t.Helper()
	url := migrated(t)
	done(t, 0, "load", base(t), "--to", url, "--county", "150123")
	return url
}

func connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn := must[*pgx.Conn](t)(pgx.Connect(t.Context(), url))
	t.Cleanup(func() { conn.Close(t.Context()) })
	return conn
}

// hold keeps everybody from a table until it is let go: whoever reads it stops
// in the middle of what it does.
func hold(t testing.TB, url, table string) (letGo func()) {
	t.Helper()
	conn := connect(t, url)
	for _, statement := range []string{"begin", "lock table " + table + " in access exclusive mode"} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		if _, err := conn.Exec(t.Context(), "rollback"); err != nil {
			t.Fatal(err)
		}
	}
}

// held waits until somebody is stopped by a hold.
func held(t testing.TB, url string) {
	t.Helper()
	const query = "select count(*)::text from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())"
	if !happens(func() bool { return text(t, url, query) != "0" }) {
		t.Fatal("nobody waits for the table")
	}
}

// text is the one value of a query, as text.
func text(t testing.TB, url, query string) string {
	t.Helper()
	var s string
	conn := connect(t, url)
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), query).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// fromFiles is a report as if its base data had come from files.
func fromFiles(report string) string {
	return strings.Replace(report, `"source": "postgis"`, `"source": "files"`, 1)
}
