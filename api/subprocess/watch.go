package subprocess

import (
	"sync"
	"sync/atomic"
	"time"

	"landcheck/geo/guard"
)

// watchEvery is how often a child's memory is looked at. The limit that the
// system holds it to is what stops it in time; this tells how much it was, and
// stops it where memory grows in a way that the limit does not count.
const watchEvery = 100 * time.Millisecond

// watch looks at a child's memory while it runs.
type watch struct {
	peak atomic.Int64
	over atomic.Bool // it had more than it may, and was killed
	stop func()
}

func (c *child) observe() *watch {
	w, enough := &watch{}, make(chan struct{})
	done := guard.Go("watching a child's memory", func() error {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-c.gone:
				return nil
			case <-enough:
				return nil
			}
			own, peak, _ := memoryOf(pid(c.cmd.Process))
			w.peak.Store(max(w.peak.Load(), peak))
			if c.limit > 0 && own > c.limit {
				w.over.Store(true)
				_ = c.cmd.Process.Kill()
			}
		}
	})
	w.stop = sync.OnceFunc(func() { close(enough); <-done })
	return w
}
