package api_test

import (
	"strings"
	"testing"
	"time"
)

// TestDatabaseUnavailable: while the database cannot be reached, the service says so
// and that one should come back; when it can again, it serves as before.
func TestDatabaseUnavailable(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it is the only one here that needs PostgreSQL with -short")
	}
	url := copied(t)
	name, _, _ := strings.Cut(strings.TrimPrefix(url, "postgres:///"), "?")
	db, admin := connect(t, url), connect(t, strings.Replace(url, name, "postgres", 1))
	t.Cleanup(db.Close)
	defer admin.Close()
	s := serve(t, "postgres", setup{idle: true, db: db})
	p := s.upload(samplePlan(t, goodPlan))
	run := func(statement string) {
		t.Helper()
		if _, err := admin.Pool().Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	run("alter database " + name + " allow_connections false")
	run("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'")
	for _, path := range []string{"/v1/me", "/v1/plans", p.Links["self"], p.Links["package"], "/v1/counties"} {
		a := s.get(path)
		if a.problem(503, "unavailable"); a.header.Get("Retry-After") == "" || strings.Contains(string(a.body), name) {
			t.Errorf("%s: %v %s", path, a.header, a.body)
		}
	}
	s.do("POST", "/v1/plans", sending("application/zip", samplePlan(t, badPlan))).problem(503, "unavailable")
	s.get("/readyz").wants(503)
	s.get("/healthz").wants(200)
	run("alter database " + name + " allow_connections true")
	for end := time.Now().Add(patience); s.get("/readyz").status != 200; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not come back")
		}
	}
	s.get(p.Links["self"]).wants(200)
	s.order(p, "").wants(202)
}
