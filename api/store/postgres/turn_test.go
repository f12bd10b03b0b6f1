package postgres

import (
	"fmt"
	"testing"

	"landcheck/api/store"
	"landcheck/api/store/storetest"

	"pgregory.net/rapid"
)

// turns is the queue of a database by itself, without tickets.
type turns struct {
	*rapid.T
	s      *Store
	claims map[string]claim
	n      int
}

func (q *turns) must(err error) {
	if err != nil {
		q.Fatal(err)
	}
}

// Add implements storetest.Turns.
func (q *turns) Add(county, caller string) string {
	q.n++
	id := fmt.Sprintf("%04d", q.n)
	const insert = `insert into service.check_run (id, plan, county, caller, state, rulebook, stage, base_version, neighbours, created, by_whom)
		values ($1, 'p', $2, $3, 'queued', '', '', 0, '{}', now(), '')`
	_, err := q.s.pool.Exec(q.Context(), insert, id, county, caller)
	q.must(err)
	return id
}

// Take implements storetest.Turns.
func (q *turns) Take(place store.Slot) (string, bool) {
	c, ok, err := q.s.take(q.Context(), "worker", place)
	q.must(err)
	_, fits, err := q.s.waiting(q.Context(), place)
	q.must(err)
	if !ok && fits {
		q.Fatalf("one that waits may have place %d, and has it not", place)
	}
	q.claims[c.check.ID] = c
	return c.check.ID, ok
}

// End implements storetest.Turns.
func (q *turns) End(id string) {
	q.must(q.s.fail(q.Context(), q.s.pool, q.claims[id], &store.Problem{}))
}

// TestTurns: the queue is fair to counties, and to callers within them.
func TestTurns(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{})
	queued(t, s)
	rapid.Check(t, func(t *rapid.T) {
		if _, err := s.pool.Exec(t.Context(), "truncate service.turn, service.caller_turn; delete from service.check_run"); err != nil {
			t.Fatal(err)
		}
		storetest.TurnsAreFair(t, &turns{T: t, s: s, claims: map[string]claim{}})
	})
}
