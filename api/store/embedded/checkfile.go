package embedded

import (
	"errors"
	"fmt"
	"os"

	"landcheck/api/store"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// checkJSON is a check on disk.
type checkJSON struct {
	store.Check
	Neighbours []string   `json:"neighbours"` // null: not noted
	Caller     string     `json:"caller,omitempty"`
	Key        *store.Key `json:"key,omitempty"`
	Bytes      *int64     `json:"bytes,omitempty"` // of the artifacts
	Violations []string   `json:"violations"`      // null: not noted
}

// check is the check as it was written down. An earlier landcheck did not note
// whose base data joined; what it did not begin is joined by nobody's.
func (j checkJSON) check() store.Check {
	c := j.Check
	c.Caller = j.Caller
	if c.Neighbours = j.Neighbours; c.Neighbours == nil && c.State != store.Queued {
		c.Neighbours = []string{store.Anywhere}
	}
	if len(c.Neighbours) == 0 {
		c.Neighbours = nil
	}
	return c
}

// create makes the directory of a check, whole or not at all, after it has been
// recorded.
func (s *Store) create(r *record, recorded func() error) error {
	temp, err := os.MkdirTemp(s.path(checksDir), unfinished)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer outfile.RemoveAll(temp)
	if err := writeCheck(temp, r, r.check); err != nil {
		return err
	}
	if err := recorded(); err != nil {
		return err
	}
	if err := publish(temp, s.path(checksDir, r.check.ID)); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}

func writeCheck(dir string, r *record, c store.Check) error {
	c.Decision = "" // it has a file of its own
	j := checkJSON{Check: c, Neighbours: append([]string{}, c.Neighbours...), Caller: c.Caller, Violations: r.violations}
	if r.bytes > 0 {
		j.Bytes = &r.bytes
	}
	if r.key != (store.Key{}) {
		j.Key = &r.key
	}
	return writeJSON(dir+string(os.PathSeparator)+checkFile, j)
}

// save writes a new state of a check down, then shows it. The caller holds the
// mutex.
func (s *Store) save(r *record, c store.Check) error {
	if err := s.note(writeCheck(s.path(checksDir, c.ID), r, c)); err != nil {
		return err
	}
	r.show(c)
	return nil
}

// loadChecks fills the queue: what was running when the last server ended
// waits again.
func (s *Store) loadChecks() error {
	ids, err := sweep(s.path(checksDir))
	if err != nil {
		return err
	}
	for _, id := range ids {
		var j checkJSON
		path := s.path(checksDir, id, checkFile)
		if err := readJSON(path, &j); err != nil {
			return err
		}
		if j.ID != id {
			return damaged(path, fmt.Errorf("check %q", j.ID))
		}
		if _, err := sweep(s.path(checksDir, id)); err != nil {
			return err
		}
		r := &record{check: j.check(), violations: j.Violations}
		if j.Key != nil {
			r.key = *j.Key
		}
		switch {
		case j.State != store.Done:
		case j.Bytes != nil:
			r.bytes = *j.Bytes
		default: // written before this was
			if r.bytes, err = bytesIn(s.path(checksDir, id, filesDir)); err != nil {
				return err
			}
		}
		if err := s.loadDecisions(r); err != nil {
			return err
		}
		s.used[r.check.County] += r.bytes
		s.list(r)
	}
	for _, id := range s.order {
		r := s.checks[id]
		if r.check.State == store.Running {
			s.o.Log.Warn("check was cut off", "check", id, "county", r.check.County, "attempt", r.check.Attempt)
			next := s.after(r.check, errCutOff)
			if err := s.save(r, next); err != nil { // a full disk keeps nobody from reading what there is
				s.o.Log.Error("state of a check is not on disk", "check", id, "state", string(next.State), "error", err)
				r.show(next)
			}
		}
		if r.check.State == store.Queued {
			s.queue.push(r.check)
		}
	}
	return nil
}

// errCutOff is why a run ended that no server saw the end of. Checks run in
// processes of their own: it was not the check that ended the server.
var errCutOff = transient.Mark(errors.New("store: the server ended during the check"))
