package throttle

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// TestQueue: whatever comes and goes, no place is free while somebody waits who
// may have it, nobody has more than half, and nothing is kept of who has left.
func TestQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 5).Draw(t, "most")
		q := NewQueue(most)
		half := (most + 1) / 2
		var all []*waiter
		t.Repeat(map[string]func(*rapid.T){
			"join": func(t *rapid.T) {
				all = append(all, q.join(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "caller")))
			},
			"end": func(t *rapid.T) {
				if len(all) == 0 {
					t.Skip("nobody is there")
				}
				i := rapid.IntRange(0, len(all)-1).Draw(t, "who")
				w := all[i]
				all = append(all[:i:i], all[i+1:]...)
				if !q.quit(w) {
					q.leave(w.caller)
				}
			},
			"": func(t *rapid.T) {
				inside, waiting, in := map[string]int{}, map[string]int{}, 0
				for _, w := range all {
					if w.in {
						in++
						inside[w.caller]++
					} else {
						waiting[w.caller]++
					}
				}
				for caller, n := range inside {
					if n > half {
						t.Fatalf("%q has %d of %d places", caller, n, most)
					}
				}
				for caller := range waiting {
					if in < most && inside[caller] < half {
						t.Fatalf("%q waits, %d of %d places are taken, %d by it", caller, in, most, inside[caller])
					}
				}
				if q.free != most-in || len(q.waiting) != len(all)-in {
					t.Fatalf("%d free, %d waiting; want %d, %d", q.free, len(q.waiting), most-in, len(all)-in)
				}
				for caller := range q.callers {
					if inside[caller]+waiting[caller] == 0 {
						t.Fatalf("%q is kept", caller)
					}
				}
			},
		})
	})
}

// TestQueueTurns: with one place, who comes after a hundred of another is next.
func TestQueueTurns(t *testing.T) {
	q := NewQueue(1)
	leave, ok := q.Wait(t.Context(), "flood")
	if !ok {
		t.Fatal("there is no place")
	}
	for range 100 {
		q.join("flood")
	}
	honest := q.join("honest")
	leave()
	leave()
	if !honest.in {
		t.Error("another of the flood is served first")
	}
	q.leave("honest")
	if again := q.join("honest"); again.in {
		t.Error("the flood is never served")
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, ok := q.Wait(over, "late"); ok {
		t.Error("who no longer waits has a place")
	}
}
