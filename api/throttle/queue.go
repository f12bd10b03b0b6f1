package throttle

import (
	"context"
	"sync"
)

// Queue has places for so many at one time, at most half of them of one caller,
// rounded up; the others wait. A place that becomes free goes to the caller
// with the fewest, of those to the one that was served longest ago: however
// many of one caller wait, nobody else stands behind more than one of them.
type Queue struct {
	each    int
	mutex   sync.Mutex
	free    int
	turn    uint64
	callers map[string]*queued // nobody who neither waits nor has a place
	waiting []*waiter          // in the order they came
}

// queued is what a Queue knows of a caller.
type queued struct {
	inside, waiting int
	served          uint64 // the turn that it was served last
}

type waiter struct {
	caller string
	ready  chan struct{}
	in     bool
}

// NewQueue makes a queue for most at one time.
func NewQueue(most int) *Queue {
	return &Queue{each: (most + 1) / 2, free: most, callers: map[string]*queued{}}
}

// Wait takes a place as soon as it is the caller's turn; false where ctx is done
// before. Leaving twice is leaving once.
func (q *Queue) Wait(ctx context.Context, caller string) (leave func(), ok bool) {
	w := q.join(caller)
	select {
	case <-w.ready:
	case <-ctx.Done():
		if q.quit(w) {
			return nil, false
		}
	}
	return sync.OnceFunc(func() { q.leave(caller) }), true
}

func (q *Queue) join(caller string) *waiter {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if q.callers[caller] == nil {
		q.callers[caller] = &queued{}
	}
	q.callers[caller].waiting++
	w := &waiter{caller: caller, ready: make(chan struct{})}
	q.waiting = append(q.waiting, w)
	q.serve()
	return w
}

// quit ends a wait; false where the place was given just then.
func (q *Queue) quit(w *waiter) bool {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if w.in {
		return false
	}
	for i := range q.waiting {
		if q.waiting[i] == w {
			q.take(i)
			break
		}
	}
	q.forget(w.caller)
	return true
}

func (q *Queue) leave(caller string) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.free++
	q.callers[caller].inside--
	q.serve()
	q.forget(caller)
}

// serve gives what places there are.
func (q *Queue) serve() {
	for q.free > 0 {
		i := q.next()
		if i < 0 {
			return
		}
		w := q.take(i)
		q.free--
		q.turn++
		c := q.callers[w.caller]
		c.inside, c.served = c.inside+1, q.turn
		w.in = true
		close(w.ready)
	}
}

// next is whose turn it is; -1 where nobody waits who may have a place.
func (q *Queue) next() int {
	best := -1
	for i, w := range q.waiting {
		c := q.callers[w.caller]
		if c.inside >= q.each {
			continue
		}
		if best < 0 || c.before(q.callers[q.waiting[best].caller]) {
			best = i
		}
	}
	return best
}

func (c *queued) before(d *queued) bool {
	return c.inside < d.inside || c.inside == d.inside && c.served < d.served
}

func (q *Queue) take(i int) *waiter {
	w := q.waiting[i]
	q.waiting = append(q.waiting[:i], q.waiting[i+1:]...)
	q.callers[w.caller].waiting--
	return w
}

func (q *Queue) forget(caller string) {
	if c := q.callers[caller]; c.inside == 0 && c.waiting == 0 {
		delete(q.callers, caller)
	}
}
