// Package storetest says what every store must do, as tests that the embedded
// store and the PostgreSQL store both pass.
package storetest

import (
	"os/exec"
	"testing"
	"time"

	"landcheck/api/store"

	"go.uber.org/goleak"
)

// Config is what a test wants of its store.
type Config struct {
	QueueLimit  int                 // checks of one county that may wait; 0: any number
	CallerLimit int                 // checks of one caller that may wait; 0: any number
	Quota       store.Quota         // bytes of packages and artifacts of a county
	Bases       map[string][]string // base data: county → paths, as plan.OpenBase takes them; version 1
}

// Location is where one store lives. It is empty at first but for the base data.
type Location struct {
	// Open opens the store; it is called again after the store was closed. The
	// test closes it.
	Open func(t *testing.T) store.Store
	// Worker is a process, not yet started, that opens the store in the same
	// place and does nothing but call Worker; it says on standard error why it
	// cannot.
	Worker func(t *testing.T) *exec.Cmd
	// Silent lets the time pass after which the checks of a worker that was
	// killed are given to others; nil where that is noticed at once.
	Silent func(t *testing.T)
}

// Run runs the suite. at makes a new place for each test; retries of a failed
// run should come within a second there, and a crashed one's within ten.
func Run(t *testing.T, at func(t *testing.T, c Config) Location) {
	before := goleak.IgnoreCurrent()
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"plans", planTests()},
		{"checks", checkTests()},
		{"queue", queueTests()},
		{"callers", callerTests()},
		{"slots", slotTests()},
		{"runs", runTests()},
		{"fails", failTests()},
		{"outside", outsideTests()},
		{"crash", crashTests()},
		{"cancel", cancelTests()},
		{"watch", watchTests()},
		{"artifacts", artifactTests()},
		{"end", endTests()},
		{"tokens", tokenTests()},
		{"audit", auditTests()},
		{"townships", townshipTests()},
		{"reviews", reviewTests()},
		{"decisions", decisionTests()},
		{"projects", projectTests()},
		{"many", manyTests()},
		{"keeping", keepingTests()},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, test := range group.tests {
				t.Run(test.name, func(t *testing.T) {
					if test.slow && testing.Short() {
						t.Skip("takes many seconds")
					}
					t.Parallel() // they mostly wait
					test.run(newFixture(t, at(t, test.config)))
				})
			}
		})
	}
	t.Run("bases", func(t *testing.T) { testBases(t, at) })
	err := goleak.Find(before)
	for end := time.Now().Add(patience); err != nil && time.Now().Before(end); {
		err = goleak.Find(before) // which waits for a while itself
	}
	if err != nil {
		t.Error(err)
	}
}

// test is one promise of a store, on a place of its own.
type test struct {
	name   string
	config Config
	run    func(r *fixture)
	slow   bool // many seconds, mostly of waiting: left out with -short
}
