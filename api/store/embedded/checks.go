package embedded

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"landcheck/api/store"

	"github.com/google/uuid"
)

// record is a check in memory.
type record struct {
	check  store.Check
	key    store.Key
	bytes  int64                   // of its artifacts
	cancel context.CancelCauseFunc // of its run, while there is one
	watch  watchers
	// violations are the ids of what a done check found; nil of one that an
	// earlier landcheck made.
	violations []string
	decisions  []store.Decision // on it, the oldest first
}

type callerKey struct{ caller, value string }

// AddCheck writes the check down before it says so.
func (s *Store) AddCheck(_ context.Context, c store.Check, key store.Key, trail ...store.Entry) (store.Check, bool, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return store.Check{}, false, err
	}
	if key != (store.Key{}) {
		if id, ok := s.keys[callerKey{key.Caller, key.Value}]; ok {
			r := s.checks[id]
			if r.key.Request != key.Request {
				return store.Check{}, false, store.ErrConflict
			}
			return r.check, false, nil
		}
	}
	p, ok := s.plans[c.Plan]
	if !ok {
		return store.Check{}, false, store.ErrNotFound
	}
	if p.Blocked() {
		return store.Check{}, false, store.ErrBlocked
	}
	if err := s.o.Quota.Fits(p.County, s.used[p.County], 0); err != nil {
		return store.Check{}, false, err
	}
	if n := s.o.QueueLimit; n > 0 && s.queue.waits(func(l line) bool { return l.county == p.County }) >= n {
		return store.Check{}, false, store.ErrFull
	}
	if n := s.o.CallerLimit; n > 0 && s.queue.waits(func(l line) bool { return l.caller == c.Caller }) >= n {
		return store.Check{}, false, store.ErrNotOwner
	}
	if err := s.note(s.reserve.fill()); err != nil {
		return store.Check{}, false, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return store.Check{}, false, fmt.Errorf("store: %w", err)
	}
	r := &record{key: key, check: store.Check{
		ID: id.String(), Plan: c.Plan, County: p.County, Neighbours: c.Neighbours, State: store.Queued,
		Rulebook: c.Rulebook, Stage: c.Stage, BaseVersion: c.BaseVersion, Strict: c.Strict, SubProjects: c.SubProjects, Created: s.now(), By: c.By, Caller: c.Caller,
	}}
	trail = slices.Clone(trail)
	for i := range trail {
		trail[i].Object = r.check.ID
	}
	if err := s.note(s.create(r, func() error { return s.audit.addAll(trail, s.now()) })); err != nil {
		return store.Check{}, false, err
	}
	s.list(r)
	s.queue.push(r.check)
	s.wake.Broadcast()
	return r.check, true, nil
}

// list keeps a check in order. The caller holds the mutex.
func (s *Store) list(r *record) {
	s.checks[r.check.ID] = r
	at, _ := slices.BinarySearch(s.order, r.check.ID)
	s.order = slices.Insert(s.order, at, r.check.ID)
	if r.key != (store.Key{}) {
		s.keys[callerKey{r.key.Caller, r.key.Value}] = r.check.ID
	}
}

func (r *record) show(c store.Check) {
	r.check = c
	r.watch.send(c)
}

// Check by id.
func (s *Store) Check(_ context.Context, id string) (store.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r, ok := s.checks[id]
	if !ok {
		return store.Check{}, store.ErrNotFound
	}
	return r.check, s.open()
}

// ListChecks by prefix, county, plan and state.
func (s *Store) ListChecks(_ context.Context, q store.Query) ([]store.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	end := len(s.order)
	if q.After != "" {
		end, _ = slices.BinarySearch(s.order, q.After)
	}
	page := []store.Check{}
	for _, id := range slices.Backward(s.order[:end]) {
		if q.Limit > 0 && len(page) == q.Limit {
			break
		}
		c := s.checks[id].check
		if c.SeenBy(q.Prefix) && (q.County == "" || q.County == c.County) &&
			(q.Plan == "" || q.Plan == c.Plan) && (q.Project == "" || q.Project == store.ProjectOf(s.plans[c.Plan])) && (q.State == "" || q.State == c.State) {
			page = append(page, c)
		}
	}
	return page, s.open()
}

// LatestChecks of some plans.
func (s *Store) LatestChecks(_ context.Context, prefix string, plans []string) (map[string]store.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	wanted := map[string]bool{}
	for _, id := range plans {
		wanted[id] = true
	}
	latest := map[string]store.Check{}
	for _, id := range slices.Backward(s.order) {
		if len(wanted) == 0 {
			break
		}
		if c := s.checks[id].check; wanted[c.Plan] && c.SeenBy(prefix) {
			latest[c.Plan] = c
			delete(wanted, c.Plan)
		}
	}
	return latest, s.open()
}

// Watch a check.
func (s *Store) Watch(ctx context.Context, id string) (<-chan store.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	r, ok := s.checks[id]
	if !ok {
		return nil, store.ErrNotFound
	}
	if err := s.open(); err != nil {
		return nil, err
	}
	return r.watch.add(ctx, r.check), nil
}

// Queue counts, by county.
func (s *Store) Queue(context.Context) ([]store.QueueCount, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	counts := slices.Collect(maps.Values(s.queue.counts()))
	slices.SortFunc(counts, func(a, b store.QueueCount) int { return strings.Compare(a.County, b.County) })
	return counts, s.open()
}
