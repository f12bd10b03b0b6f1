package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"landcheck/api/store"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

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
	defer outfile.RemoveAll(dir)
	if err := errors.Join(s.reserve.fill(), renew(dir)); err != nil {
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
		s.queue.done(c)
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
	if err := outfile.RemoveAll(dir); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	if err := os.Mkdir(dir, privateDir); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}

// keep makes artifacts of what a run left.
func (s *Store) keep(id, dir string) error {
	files := s.path(checksDir, id, filesDir)
	err := s.reserve.fill() // else these files may be in the room of a deletion
	if err == nil {
		err = outfile.RemoveAll(files) // of a run that was cut off just here
	}
	if err == nil {
		err = syncTree(dir)
	}
	if err == nil {
		err = publish(dir, files)
	}
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}
