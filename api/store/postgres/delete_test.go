package postgres

import (
	"context"
	"testing"
	"time"

	"landcheck/api/store"
)

// TestDeletedAtTheEnd: a plan is deleted while a check of it ends that forgets
// an earlier crash; neither keeps the other from its rows.
func TestDeletedAtTheEnd(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{})
	c := queued(t, s)
	if _, err := db.Pool().Exec(t.Context(), "update service.plan set crashes = 1"); err != nil {
		t.Fatal(err)
	}
	claimed, ok, err := s.take(t.Context(), "worker", store.AnySlot)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	tx, err := db.Pool().Begin(t.Context()) // DeletePlan begins
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.WithoutCancel(t.Context()))
	if _, err := tx.Exec(t.Context(), "select from service.plan where id = $1 for update", c.Plan); err != nil {
		t.Fatal(err)
	}
	finished, dir := make(chan error, 1), t.TempDir()
	go func() { finished <- s.finish(t.Context(), claimed, store.Outcome{Verdict: "compliant"}, 1, 1, dir) }()
	waiting := false
	for end := time.Now().Add(patience); !waiting; time.Sleep(10 * time.Millisecond) {
		const query = "select count(*) > 0 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
		if err := db.Pool().QueryRow(t.Context(), query).Scan(&waiting); err != nil || time.Now().After(end) {
			t.Fatalf("the end does not wait for the plan, %v", err)
		}
	}
	if _, err := tx.Exec(t.Context(), "update service.check_run set state = 'cancelled' where plan = $1", c.Plan); err != nil {
		t.Fatalf("deleting it: %v", err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-finished; err != errLost {
		t.Errorf("the run's end: %v", err)
	}
}
