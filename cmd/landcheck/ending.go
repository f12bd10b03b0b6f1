package main

import (
	"context"
	"os"
	"time"
)

// patience is how long a check that is told to end may take to come back by itself.
const patience = 700 * time.Millisecond

// endSoon ends the process where what it is called before does not come back soon
// once the context has ended: all steps look at it, but GEOS does not, and sorting
// ten million vertices takes its time. Nothing has been written by then, and scratch files are swept by the next run.
func (a *app) endSoon(ctx context.Context) (done func()) {
	return afterEnd(ctx, patience, func() {
		os.Exit(a.exitStatus(context.Canceled))
	})
}

// afterEnd does something so long after the end of a context, unless done was
// called.
func afterEnd(ctx context.Context, wait time.Duration, do func()) (done func()) {
	came := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-came:
		case <-time.After(wait):
			do()
		}
	})
	return func() {
		stop()
		close(came)
	}
}
