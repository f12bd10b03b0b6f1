package embedded

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"landcheck/api/store"

	"github.com/google/uuid"
)

// loadDecisions reads what was decided on a check.
func (s *Store) loadDecisions(r *record) error {
	path := s.path(checksDir, r.check.ID, decisionsFile)
	if !exists(path) {
		return nil
	}
	if err := readJSON(path, &r.decisions); err != nil {
		return err
	}
	r.decided()
	return nil
}

// decided shows the decision that stands with the check.
func (r *record) decided() {
	r.check.Decision = ""
	if d := store.StandingOf(r.decisions); d != nil {
		r.check.Decision = d.Kind
	}
}

// saveDecisions writes the decisions on a check down, after what is said of them in
// the trail, then goes by them. The caller holds the mutex.
func (s *Store) saveDecisions(r *record, all []store.Decision, trail []store.Entry) error {
	if err := s.note(s.audit.addAll(trail, s.now())); err != nil {
		return err
	}
	if err := s.note(writeJSON(s.path(checksDir, r.check.ID, decisionsFile), all)); err != nil {
		return err
	}
	r.decisions = all
	r.decided()
	return nil
}

// Decide keeps a decision. Where the ledger could not be written the same request
// again writes it.
func (s *Store) Decide(_ context.Context, d store.Decision, trail ...store.Entry) (store.Decision, bool, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r, ok := s.checks[d.Check]
	if !ok || r.check.State != store.Done {
		return store.Decision{}, false, store.ErrNotFound
	}
	if err := s.open(); err != nil {
		return store.Decision{}, false, err
	}
	if stands := store.StandingOf(r.decisions); stands != nil {
		if !stands.Says(d.Decision) {
			return *stands, false, store.ErrDecided
		}
		return *stands, false, s.putLedger(stands.Entered)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return store.Decision{}, false, fmt.Errorf("store: %w", err)
	}
	d.ID, d.Plan, d.County, d.Project, d.Withdrawn = id.String(), r.check.Plan, r.check.County, store.ProjectOf(s.plans[r.check.Plan]), nil
	if d.Made.IsZero() {
		d.Made = s.now()
	}
	if d.Entered != nil {
		entered := *d.Entered
		if entered.Entered.IsZero() {
			entered.Entered = d.Made
		}
		d.Entered = &entered
	}
	if err := s.saveDecisions(r, append(slices.Clone(r.decisions), d), trail); err != nil {
		return store.Decision{}, false, err
	}
	return d, true, s.putLedger(d.Entered)
}

// putLedger has an entry in its county's ledger; nil changes nothing. The caller
// holds the mutex.
func (s *Store) putLedger(p *store.LedgerEntry) error {
	if p == nil {
		return nil
	}
	all := slices.Clone(s.ledgers)
	i, there := s.place(p.County, p.Code)
	switch {
	case there && all[i].Says(*p):
		return nil
	case there:
		all[i] = *p
	default:
		all = slices.Insert(all, i, *p)
	}
	return s.setLedgers(all, nil)
}

// Withdraw ends the decision that stands.
func (s *Store) Withdraw(_ context.Context, check string, w store.Withdrawal, trail ...store.Entry) (store.Decision, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r, ok := s.checks[check]
	if !ok {
		return store.Decision{}, store.ErrNotFound
	}
	if err := s.open(); err != nil {
		return store.Decision{}, err
	}
	all := slices.Clone(r.decisions)
	d := store.StandingOf(all)
	if d == nil {
		return store.Decision{}, store.ErrNotFound
	}
	if w.Time.IsZero() {
		w.Time = s.now()
	}
	// The ledger first: what is out of it and still stands can be withdrawn again.
	if err := s.takeOut(*d); err != nil {
		return store.Decision{}, err
	}
	d.Withdrawn = &w
	return *d, s.saveDecisions(r, all, trail)
}

// takeOut has the ledger without what a decision entered. The caller holds the mutex.
func (s *Store) takeOut(d store.Decision) error {
	if d.Entered == nil {
		return nil
	}
	i, there := s.place(d.County, d.Entered.Code)
	if !there || s.ledgers[i].Check != d.Check {
		return nil // another version's, or an officer's own figures
	}
	if before := store.EnteredBefore(s.projectDecisions(d.County, d.Project), d.ID); before != nil {
		return s.putLedger(before)
	}
	return s.setLedgers(slices.Delete(slices.Clone(s.ledgers), i, i+1), nil)
}

// Decisions on a check.
func (s *Store) Decisions(_ context.Context, check string) ([]store.Decision, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r, ok := s.checks[check]
	if !ok {
		return nil, store.ErrNotFound
	}
	return append([]store.Decision{}, r.decisions...), s.open()
}

// ProjectDecisions are those on all checks of a project.
func (s *Store) ProjectDecisions(_ context.Context, county, project string) ([]store.Decision, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.projectDecisions(county, project), s.open()
}

func (s *Store) projectDecisions(county, project string) []store.Decision {
	all := []store.Decision{}
	for _, r := range s.checks {
		for _, d := range r.decisions {
			if d.County == county && d.Project == project {
				all = append(all, d)
			}
		}
	}
	slices.SortFunc(all, func(a, b store.Decision) int { return strings.Compare(a.ID, b.ID) })
	return all
}
