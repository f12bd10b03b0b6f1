package postgres

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"landcheck/api/store"
)

// placeEvery is how often a ticket that waits for an additional place looks for a
// check that may have it.
const placeEvery = 250 * time.Millisecond

// takeUp takes up a check for a ticket; nil where none waits. A ticket whose check
// may not have an additional place keeps it and looks again, at intervals and when
// another place becomes free: spent, it would leave its check without one.
func (w *worker) takeUp(ctx context.Context, cancel context.CancelCauseFunc) (*job, error) {
	tick := time.NewTicker(placeEvery)
	defer tick.Stop()
	for {
		freed := w.next()
		j, waits, err := w.claimNext(ctx, cancel)
		if err != nil || j != nil || !waits {
			return j, err
		}
		select {
		case <-tick.C:
		case <-freed:
		case <-w.leaving:
			return nil, river.JobSnooze(0)
		case <-ctx.Done():
			return nil, river.JobSnooze(0)
		}
	}
}

// claimNext takes up a check, one ticket at a time: what runs here says what the
// place is for. Where none can have it, waits tells whether one is due.
func (w *worker) claimNext(ctx context.Context, cancel context.CancelCauseFunc) (j *job, waits bool, err error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	place := store.SlotOf(w.running(), w.most)
	if place != store.AnySlot {
		any, fits, err := w.store.waiting(ctx, place)
		if err != nil || !fits {
			return nil, any, err
		}
	}
	c, ok, err := w.store.take(ctx, w.id, place)
	if err != nil || !ok {
		return nil, place != store.AnySlot, err
	}
	return w.began(c, cancel), false, nil
}

func (w *worker) running() int {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return len(w.jobs)
}

// next is closed when the next job ends here.
func (w *worker) next() <-chan struct{} {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.freed
}

func (w *worker) began(c claim, cancel context.CancelCauseFunc) *job {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	j := &job{claim: c, cancel: cancel}
	w.jobs[j] = true
	return j
}

func (w *worker) ended(j *job) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	delete(w.jobs, j)
	close(w.freed)
	w.freed = make(chan struct{})
}
