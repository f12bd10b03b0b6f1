package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"landcheck/api/store"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"

	"github.com/google/uuid"
)

// A plan is deleted from the moment that its directory holds deletedFile: a
// server that is killed after that goes on at its next start.
//
//	deletedFile written → audit → plan, then checks, under a name of deleted → gone
const (
	deletedFile = "deleted.json"
	deleted     = ".deleted-"
)

// deletion is what deletedFile holds.
type deletion struct {
	Entry  store.Entry `json:"entry"`
	Checks []string    `json:"checks"` // of the plan
}

// DeletePlan removes a plan and all that came of it; see store.Keeping.
func (s *Store) DeletePlan(_ context.Context, id string, e store.Entry) error {
	_, err := s.deletePlan(id, e, func([]*record) bool { return true })
	return err
}

// deletePlan deletes a plan if, given its checks, it is still to go.
func (s *Store) deletePlan(id string, e store.Entry, still func([]*record) bool) (done bool, err error) {
	defer s.refill()
	remains, done, err := s.unregister(id, e, still)
	if err != nil || !done {
		return false, err
	}
	for _, dir := range remains { // the plan's comes last: it names the others
		if err := outfile.RemoveAll(dir); err != nil {
			s.o.Log.Error("deleted plan is not off the disk; the next start tries again", "plan", id, "error", err)
			break
		}
	}
	return true, nil
}

// unregister takes a plan and its checks out of sight for good, and names the
// directories that are left; not done where the plan is to stay.
func (s *Store) unregister(id string, e store.Entry, still func([]*record) bool) (remains []string, done bool, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return nil, false, err
	}
	p, ok := s.plans[id]
	if !ok {
		return nil, false, store.ErrNotFound
	}
	checks := s.checksOf(id)
	if !still(checks) {
		return nil, false, nil
	}
	d := deletion{Entry: e}
	d.Entry.Object, d.Entry.County, d.Entry.Digest = id, p.County, p.Digest
	if d.Entry.Time.IsZero() {
		d.Entry.Time = s.now()
	}
	for _, r := range checks {
		d.Checks = append(d.Checks, r.check.ID)
	}
	if err := s.note(s.recordDeletion(&d)); err != nil {
		return nil, false, err
	}
	s.forget(p, checks)
	remains, err = s.unlink(id, d)
	return remains, err == nil, err
}

// recordDeletion writes down that a plan is deleted, first beside it, then in the audit
// trail, or neither.
func (s *Store) recordDeletion(d *deletion) error {
	s.audit.mutex.Lock() // ids are in the order of the trail
	defer s.audit.mutex.Unlock()
	entryID, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	d.Entry.ID = entryID.String()
	mark := s.path(plansDir, d.Entry.Object, deletedFile)
	if err := s.reserve.forDeletion(func() error { return writeJSON(mark, d) }); err != nil {
		return err
	}
	if err := s.reserve.forDeletion(func() error { return s.audit.add(d.Entry) }); err != nil {
		if undo := errors.Join(os.Remove(mark), syncDir(filepath.Dir(mark))); undo != nil {
			s.o.Log.Error("the next start deletes a plan whose deletion failed", "plan", d.Entry.Object, "error", undo)
		}
		return err
	}
	return nil
}

// checksOf are a plan's checks, oldest first. The caller holds the mutex.
func (s *Store) checksOf(plan string) (of []*record) {
	for _, id := range s.order {
		if r := s.checks[id]; r.check.Plan == plan {
			of = append(of, r)
		}
	}
	return of
}

// forget ends a plan and its checks in memory. The caller holds the mutex.
func (s *Store) forget(p store.Plan, checks []*record) {
	delete(s.plans, p.ID)
	s.planOrder = slices.DeleteFunc(s.planOrder, func(id string) bool { return id == p.ID })
	s.used[p.County] -= p.Size
	for _, r := range checks {
		s.forgetCheck(r)
	}
}

// forgetCheck ends a check in memory: who watches hears that it was cancelled,
// and what its run leaves counts for nothing. The caller holds the mutex.
func (s *Store) forgetCheck(r *record) {
	c := r.check
	delete(s.checks, c.ID)
	s.order = slices.DeleteFunc(s.order, func(id string) bool { return id == c.ID })
	if r.key != (store.Key{}) {
		delete(s.keys, callerKey{r.key.Caller, r.key.Value})
	}
	s.used[c.County] -= r.bytes
	if c.State.Ended() {
		return
	}
	s.queue.remove(c)
	now := s.now()
	c.State, c.Finished = store.Cancelled, &now
	r.show(c)
	if r.cancel != nil {
		r.cancel(errCancelled)
	}
}

// unlink gives the directories of a deleted plan names that nothing looks for.
// Where one cannot be renamed, the plan's stays, which names it to the next start.
func (s *Store) unlink(id string, d deletion) (remains []string, err error) {
	last := s.path(plansDir, deleted+d.Entry.ID)
	if err := s.reserve.forDeletion(func() error { return publish(s.path(plansDir, id), last) }); err != nil {
		return nil, fmt.Errorf("store: deleted plan %s: %w", id, transient.Mark(err))
	}
	for _, check := range d.Checks {
		dir, err := s.unlinkCheck(check)
		if err != nil {
			s.o.Log.Error("deleted check is still on disk; the next start tries again", "plan", id, "check", check, "error", err)
			return remains, nil
		}
		remains = append(remains, dir)
	}
	return append(remains, last), nil
}

// unlinkCheck renames the directory of a check, if it is there.
func (s *Store) unlinkCheck(id string) (dir string, err error) {
	dir = s.path(checksDir, deleted+id)
	err = s.reserve.forDeletion(func() error { return os.Rename(s.path(checksDir, id), dir) })
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return dir, transient.Mark(err)
}
