package embedded

import (
	"context"
	"errors"
	"sync"
	"time"

	"landcheck/api/store"
)

// Why a run's context is done.
var (
	errCancelled = errors.New("store: the check was cancelled")
	errDrained   = errors.New("store: the server shuts down")
)

// workerGroup is the goroutines of one call of Work.
type workerGroup struct {
	most int // checks at one time, but for those in the additional places
	busy int // goroutines with a check; guarded by Store.mutex
}

// Work runs n checks at one time until ctx is done or the store is closed, and
// three more of counties of which none is running.
func (s *Store) Work(ctx context.Context, n int, drain time.Duration, run store.Run) error {
	running, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	t := &workerGroup{most: n}
	if err := s.startWork(t, func() { stop(errDrained) }); err != nil {
		return err
	}
	defer s.endWork(t)

	ended := make(chan struct{})
	defer context.AfterFunc(ctx, func() {
		s.wakeAll()
		select {
		case <-time.After(drain):
			stop(errDrained)
		case <-ended:
		}
	})()
	defer close(ended)

	var workers sync.WaitGroup
	for range store.Slots(n) {
		workers.Go(func() {
			for {
				r := s.next(ctx, t)
				if r == nil {
					return
				}
				s.attempt(running, r, run)
				s.leave(t)
			}
		})
	}
	workers.Wait()
	return nil
}

// startWork counts a call of Work, whose runs drain ends when the store is closed.
func (s *Store) startWork(t *workerGroup, drain func()) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	s.work.Add(1)
	s.drains[t] = drain
	return nil
}

// endWork counts a call of Work that returns.
func (s *Store) endWork(t *workerGroup) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.drains, t)
	s.work.Done()
}

func (s *Store) wakeAll() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.wake.Broadcast()
}

// next waits for a check to run, and counts the goroutine as busy; nil when
// there will be none.
func (s *Store) next(ctx context.Context, t *workerGroup) *record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for ctx.Err() == nil && !s.closed {
		if id, ok := s.queue.pop(store.SlotOf(t.busy, t.most)); ok {
			t.busy++
			return s.checks[id]
		}
		s.wake.Wait()
	}
	return nil
}

// leave has a goroutine free again. Which one wakes is not all the same: what
// one team may take now another may not.
func (s *Store) leave(t *workerGroup) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	t.busy--
	s.wake.Broadcast()
}
