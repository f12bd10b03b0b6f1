package embedded

import (
	"errors"

	"landcheck/api/store"
)

// crashed counts a run that ended its process against its plan and gives what it
// comes to; other ends come back as they are. The caller holds the mutex.
func (s *Store) crashed(plan string, err error) error {
	p, there := s.plans[plan]
	if !errors.Is(err, store.ErrCrashed) || !there {
		return err
	}
	p.Crashes++
	if failed := s.savePlan(p); failed != nil {
		s.o.Log.Error("the block of a plan is not on disk", "plan", plan, "error", failed)
		s.plans[plan] = p
	}
	return store.Crashed(err, p.Crashes)
}

// cleared forgets what a plan did before a run of it was done. The caller holds
// the mutex.
func (s *Store) cleared(plan string) {
	p := s.plans[plan]
	if p.Crashes == 0 || p.Blocked() {
		return
	}
	p.Crashes = 0
	if err := s.savePlan(p); err != nil {
		s.o.Log.Error("a plan's crashes are not forgotten", "plan", plan, "error", err)
	}
}

// savePlan writes a plan that changed down, then shows it. The caller holds the
// mutex.
func (s *Store) savePlan(p store.Plan) error {
	if err := s.note(writeJSON(s.path(plansDir, p.ID, planFile), p)); err != nil {
		return err
	}
	s.plans[p.ID] = p
	return nil
}
