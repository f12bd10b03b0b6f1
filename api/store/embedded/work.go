package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outside"
)

// Why a run's context is done.
var (
	errCancelled = errors.New("store: the check was cancelled")
	errDrained   = errors.New("store: the server shuts down")
)

// team is the goroutines of one call of Work.
type team struct {
	most int // checks at one time, but for the one in the last place
	busy int // goroutines with a check; guarded by Store.mutex
}

// Work runs n checks at one time until ctx is done or the store is closed, and
// one more of a county of which none is running.
func (s *Store) Work(ctx context.Context, n int, drain time.Duration, run store.Run) error {
	s.mutex.Lock()
	if err := s.open(); err != nil {
		s.mutex.Unlock()
		return err
	}
	s.work.Add(1)
	s.mutex.Unlock()
	defer s.work.Done()

	running, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	defer context.AfterFunc(s.life, func() { stop(errDrained); s.rouse() })()
	ended := make(chan struct{})
	defer context.AfterFunc(ctx, func() {
		s.rouse()
		select {
		case <-time.After(drain):
			stop(errDrained)
		case <-ended:
		}
	})()
	defer close(ended)

	var workers sync.WaitGroup
	t := &team{most: n}
	for range store.Places(n) {
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

func (s *Store) rouse() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.wake.Broadcast()
}

// next waits for a check to run, and counts the goroutine as busy; nil when
// there will be none.
func (s *Store) next(ctx context.Context, t *team) *record {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for ctx.Err() == nil && !s.closed {
		if id, ok := s.queue.pop(t.busy >= t.most); ok {
			t.busy++
			return s.checks[id]
		}
		s.wake.Wait()
	}
	return nil
}

// leave has a goroutine free again. Which one wakes is not all the same: what
// one team may take now another may not.
func (s *Store) leave(t *team) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	t.busy--
	s.wake.Broadcast()
}

// attempt runs a check once.
func (s *Store) attempt(ctx context.Context, r *record, run store.Run) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c, err := s.begin(r, cancel)
	if c.State.Ended() {
		return
	}
	var out store.Outcome
	if err == nil {
		out, err = s.once(ctx, r, c, run)
	}
	if err != nil && context.Cause(ctx) == errDrained {
		err = errDrained
	}
	s.finish(r, out, err)
}

// once runs a check and keeps what it left. Its directory is gone before the
// check can be taken up again: the next attempt has the same.
func (s *Store) once(ctx context.Context, r *record, c store.Check, run store.Run) (store.Outcome, error) {
	dir := s.path(checksDir, c.ID, ".run")
	defer os.RemoveAll(dir)
	if err := renew(dir); err != nil {
		return store.Outcome{}, err
	}
	out, err := s.guard(ctx, store.Task{Check: c, Dir: dir, Progress: s.progress(r, c.Attempt)}, run)
	if err == nil {
		err = s.keep(c.ID, dir)
	}
	return out, err
}

// begin turns a check that waits into one that runs. One that was cancelled
// after it left the queue has ended.
func (s *Store) begin(r *record, cancel context.CancelCauseFunc) (store.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := r.check
	if c.State.Ended() {
		s.queue.done(c.County)
		return c, nil
	}
	now := s.now()
	c.State, c.Started, c.Done, c.Total = store.Running, &now, 0, 0
	c.Attempt++
	r.cancel = cancel
	err := s.save(r, c)
	if err != nil {
		r.show(c) // the attempt counts: it will be given back or fail
	} else if s.plans[c.Plan].Blocked() {
		err = store.Blocked(nil)
	}
	return c, err
}

// guard makes an error of a panic.
func (s *Store) guard(ctx context.Context, t store.Task, run store.Run) (out store.Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.o.Log.Error("check panicked", "check", t.Check.ID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("store: panic: %v", p)
		}
	}()
	return run(ctx, t)
}

func (s *Store) progress(r *record, attempt int) func(done, total int) {
	return func(done, total int) {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		c := r.check
		if c.State != store.Running || c.Attempt != attempt || done <= c.Done && total <= c.Total {
			return // late, or overtaken by another goroutine
		}
		c.Done, c.Total = max(c.Done, done), max(c.Total, total)
		r.show(c)
	}
}

// renew makes an empty directory.
func renew(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("store: %w", outside.Mark(err))
	}
	if err := os.Mkdir(dir, privateDir); err != nil {
		return fmt.Errorf("store: %w", outside.Mark(err))
	}
	return nil
}

// keep makes artifacts of what a run left.
func (s *Store) keep(id, dir string) error {
	files := s.path(checksDir, id, filesDir)
	err := os.RemoveAll(files) // of a run that was cut off just here
	if err == nil {
		err = syncTree(dir)
	}
	if err == nil {
		err = publish(dir, files)
	}
	if err != nil {
		return fmt.Errorf("store: %w", outside.Mark(err))
	}
	return nil
}

// finish writes down how an attempt ended, unless the check was cancelled.
func (s *Store) finish(r *record, out store.Outcome, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r.cancel = nil
	c := r.check
	s.queue.done(c.County)
	if c.State != store.Running {
		if err := os.RemoveAll(s.path(checksDir, c.ID, filesDir)); err != nil {
			s.o.Log.Error("artifacts of a cancelled check", "check", c.ID, "error", err)
		}
		return
	}
	if err == nil {
		r.bytes, err = bytesIn(s.path(checksDir, c.ID, filesDir))
	}
	if err == nil {
		now := s.now()
		d := c
		d.State, d.Finished = store.Done, &now
		d.Verdict, d.Faces, d.Findings, d.BaseVersion, d.Reservations = out.Verdict, out.Faces, out.Findings, out.BaseVersion, out.Reservations
		if err = s.save(r, d); err == nil {
			s.used[c.County] += r.bytes
			s.cleared(c.Plan)
			return
		}
	}
	r.bytes = 0
	err = s.crashed(c.Plan, err)
	next := s.after(c, err)
	if err := s.save(r, next); err != nil {
		s.o.Log.Error("state of a check is not on disk", "check", c.ID, "state", string(next.State), "error", err)
		r.show(next)
	}
	switch {
	case next.State.Ended():
		return
	case err == errDrained:
		s.queue.pushBack(c.County, c.ID)
	case outside.Is(err):
		s.postpone(next)
	default:
		s.queue.push(c.County, c.ID)
	}
}

// postpone lets a check wait until what ended its run may be over. The caller
// holds the mutex.
func (s *Store) postpone(c store.Check) {
	s.queue.pause(c.County, c.ID)
	time.AfterFunc(store.PauseAfter(c.Interrupted), func() {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if !s.closed && s.queue.resume(c.ID) {
			s.wake.Broadcast()
		}
	})
}

// after is a check whose run ended with an error: failed, or waiting for the
// next attempt. A run that the server itself ended is as if it had not been; one
// that the outside ended does not count as an attempt.
func (s *Store) after(c store.Check, err error) store.Check {
	log := s.o.Log.With("check", c.ID, "county", c.County, "attempt", c.Attempt, "error", err)
	_, fault := geo.AsFault(err)
	switch {
	case err == errDrained:
		c.Attempt--
	case outside.Is(err) && !outside.CutShort(err):
		log.Warn("check was interrupted")
		c.Attempt--
		c.Interrupted++
	default:
		log.Warn("check did not succeed")
		if fault && !outside.CutShort(err) || c.Attempt >= store.MaxAttempts {
			now := s.now()
			c.State, c.Finished, c.Problem = store.Failed, &now, store.ProblemOf(err)
			return c
		}
	}
	c.State, c.Started, c.Done, c.Total = store.Queued, nil, 0, 0
	return c
}

// Cancel writes the end down, then stops the run.
func (s *Store) Cancel(_ context.Context, id string, trail ...store.Entry) (store.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r, ok := s.checks[id]
	if !ok {
		return store.Check{}, store.ErrNotFound
	}
	if err := s.open(); err != nil {
		return store.Check{}, err
	}
	c := r.check
	if c.State.Ended() {
		return c, store.ErrFinished
	}
	now := s.now()
	c.State, c.Finished = store.Cancelled, &now
	if err := s.note(s.audit.addAll(trail, now)); err != nil {
		return store.Check{}, err
	}
	if err := s.save(r, c); err != nil {
		return store.Check{}, err
	}
	s.queue.remove(c.County, id)
	if r.cancel != nil {
		r.cancel(errCancelled)
	}
	return c, nil
}
