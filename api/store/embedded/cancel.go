package embedded

import (
	"context"

	"landcheck/api/store"
)

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
	s.queue.remove(c)
	if r.cancel != nil {
		r.cancel(errCancelled)
	}
	return c, nil
}
