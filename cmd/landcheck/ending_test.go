package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// TestAfterEnd: what does not come back once it is told to end is ended, and
// nothing that does, nor anything that nobody told to.
func TestAfterEnd(t *testing.T) {
	for name, c := range map[string]struct {
		cancel, back, ended bool
	}{
		"stuck":           {cancel: true, ended: true},
		"back in time":    {cancel: true, back: true},
		"nobody told":     {},
		"done and nobody": {back: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				ended := false
				done := afterEnd(ctx, time.Second, func() { ended = true })
				if c.cancel {
					cancel()
				}
				time.Sleep(time.Second / 2)
				if c.back {
					done()
				}
				time.Sleep(time.Second)
				synctest.Wait()
				if ended != c.ended {
					t.Errorf("ended: %v", ended)
				}
				if !c.back {
					done()
				}
			})
		})
	}
}
