package postgres

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store/storetest"
)

// BenchmarkProjects: lists of ten thousand plans.
func BenchmarkProjects(b *testing.B) {
	db, _ := migrated(b)
	s, err := Open(b.Context(), db, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	plans, checks, violations := storetest.ManyPlans()
	var rows [][]any
	for _, p := range plans {
		rows = append(rows, []any{p.ID, p.Digest, p.File, p.Size, p.County, p.Code, p.Name, p.Stage, p.Rulebook, p.Created, p.By})
	}
	fill(b, s, "plan", []string{"id", "digest", "file", "size", "county", "code", "name", "stage", "rulebook", "created", "by_whom"}, rows)
	rows = nil
	for i, c := range checks {
		rows = append(rows, []any{c.ID, c.Plan, c.County, c.State, "", "", 1, c.Verdict, c.Findings, c.Created, c.Started, c.Finished, c.By, []string{}, "", violations[i]})
	}
	fill(b, s, "check_run", []string{"id", "plan", "county", "state", "rulebook", "stage", "base_version", "verdict", "findings",
		"created", "started", "finished", "by_whom", "neighbours", "caller", "violations"}, rows)
	if _, err := s.pool.Exec(b.Context(), "vacuum analyze service.plan, service.check_run"); err != nil {
		b.Fatal(err)
	}
	storetest.BenchLists(b, s)
}

func fill(b *testing.B, s *Store, table string, columns []string, rows [][]any) {
	b.Helper()
	if _, err := s.pool.CopyFrom(b.Context(), pgx.Identifier{"service", table}, columns, pgx.CopyFromRows(rows)); err != nil {
		b.Fatal(err)
	}
}
