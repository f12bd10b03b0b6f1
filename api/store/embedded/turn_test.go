package embedded

import (
	"fmt"
	"testing"

	"landcheck/api/store"
	"landcheck/api/store/storetest"

	"pgregory.net/rapid"
)

// turns is the queue by itself.
type turns struct {
	*queue
	checks map[string]store.Check
}

// Add implements storetest.Turns.
func (q turns) Add(county, caller string) string {
	c := store.Check{ID: fmt.Sprintf("%04d", len(q.checks)), County: county, Caller: caller}
	q.checks[c.ID] = c
	q.push(c)
	return c.ID
}

// Take implements storetest.Turns.
func (q turns) Take(place store.Slot) (string, bool) { return q.pop(place) }

// End implements storetest.Turns.
func (q turns) End(id string) { q.done(q.checks[id]) }

// TestTurns: the queue is fair to counties, and to callers within them.
func TestTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		storetest.TurnsAreFair(t, turns{newQueue(), map[string]store.Check{}})
	})
}
