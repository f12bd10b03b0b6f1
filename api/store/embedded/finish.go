package embedded

import (
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// finish writes down how an attempt ended, unless the check was cancelled.
func (s *Store) finish(r *record, out store.Outcome, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r.cancel = nil
	c := r.check
	s.queue.done(c)
	if c.State != store.Running {
		if err := outfile.RemoveAll(s.path(checksDir, c.ID, filesDir)); err != nil {
			s.o.Log.Error("artifacts of a cancelled check", "check", c.ID, "error", err)
		}
		return
	}
	if err == nil {
		r.bytes, err = bytesIn(s.path(checksDir, c.ID, filesDir))
	}
	if err == nil {
		now := s.now()
		r.violations = append([]string{}, out.Violations...)
		d := c
		d.State, d.Finished = store.Done, &now
		d.Verdict, d.Faces, d.Findings, d.BaseVersion, d.Reservations = out.Verdict, out.Faces, out.Findings, out.BaseVersion, out.Reservations
		if err = s.save(r, d); err == nil {
			s.used[c.County] += r.bytes
			s.cleared(c.Plan)
			return
		}
	}
	r.bytes, r.violations = 0, nil
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
		s.queue.pushBack(c)
	case transient.Is(err):
		s.postpone(next, pauseOf(next, err))
	default:
		s.queue.push(c)
	}
}

func pauseOf(c store.Check, err error) time.Duration {
	if transient.CutShort(err) {
		return store.PauseAfterCut(c.Attempt)
	}
	return store.PauseAfter(c.Interrupted)
}

// postpone lets a check wait until what ended its run may be over. The caller
// holds the mutex.
func (s *Store) postpone(c store.Check, pause time.Duration) {
	s.queue.pause(c)
	time.AfterFunc(pause, func() {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if !s.closed && s.queue.resume(c.ID) {
			s.wake.Broadcast()
		}
	})
}

// after is a check whose run ended with an error: failed, or waiting for the
// next attempt. A run that the server itself ended is as if it had not been; one
// that a transient failure ended does not count as an attempt.
func (s *Store) after(c store.Check, err error) store.Check {
	log := s.o.Log.With("check", c.ID, "county", c.County, "attempt", c.Attempt, "error", err)
	_, inputErr := geo.AsInputError(err)
	switch {
	case err == errDrained:
		c.Attempt--
	case transient.Is(err) && !transient.CutShort(err):
		log.Warn("check was interrupted")
		c.Attempt--
		c.Interrupted++
	default:
		log.Warn("check did not succeed")
		if inputErr && !transient.CutShort(err) || c.Attempt >= store.MaxAttempts {
			now := s.now()
			c.State, c.Finished, c.Problem = store.Failed, &now, store.ProblemOf(err)
			return c
		}
	}
	c.State, c.Started, c.Done, c.Total = store.Queued, nil, 0, 0
	return c
}
