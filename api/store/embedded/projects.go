package embedded

import (
	"context"
	"slices"
	"strings"

	"landcheck/api/store"
)

type projectKey struct{ county, project string }

func keyOf(p store.Plan) projectKey { return projectKey{p.County, store.ProjectOf(p)} }

// listing is what a list of projects goes by, of the checks that its caller sees.
type listing struct {
	plans                 map[string]store.Plan
	versions              map[projectKey][]string // plans, newest first
	latest, done, decided map[string]*record      // by plan
	reviews               map[reviewedProject]map[string]*review
}

// listing reads plans and checks once. The caller holds the mutex.
func (s *Store) listing(prefix string, wanted func(store.Plan) bool) *listing {
	l := &listing{plans: s.plans, versions: map[projectKey][]string{}, latest: map[string]*record{}, done: map[string]*record{}, decided: map[string]*record{}, reviews: s.reviews}
	for _, id := range slices.Backward(s.planOrder) {
		if p := s.plans[id]; store.Sees(prefix, p.County) && wanted(p) {
			l.versions[keyOf(p)] = append(l.versions[keyOf(p)], id)
		}
	}
	for _, id := range slices.Backward(s.order) {
		r := s.checks[id]
		plan := r.check.Plan
		if !r.check.SeenBy(prefix) {
			continue
		}
		newest(l.latest, plan, r, true)
		newest(l.done, plan, r, r.check.State == store.Done)
		newest(l.decided, plan, r, r.check.Decision != "")
	}
	return l
}

// newest keeps the first of a plan's checks that counts.
func newest(of map[string]*record, plan string, r *record, counts bool) {
	if counts && of[plan] == nil {
		of[plan] = r
	}
}

// excepted counts the violations of a check that stand in nobody's way.
func (l *listing) excepted(p store.Plan, r *record) (n int) {
	reviews := l.reviews[reviewedProject(keyOf(p))]
	if len(reviews) == 0 {
		return 0
	}
	for _, id := range r.violations {
		if v := reviews[id]; v != nil && v.now.State.Excepts() {
			n++
		}
	}
	return n
}

// version is a plan with its checks, and how many findings are open.
func (l *listing) version(id string) store.Version {
	v := store.Version{Plan: l.plans[id]}
	if r := l.latest[id]; r != nil {
		v.Latest = &r.check
	}
	if r := l.done[id]; r != nil {
		v.Done = &r.check
		v.Findings = store.CountFindings(r.violations, l.excepted(v.Plan, r), "", nil)
	}
	if r := l.decided[id]; r != nil {
		v.Decided = &r.check
	}
	return v
}

// counted is a project's version in place at, the newest being 0, with what is new
// and fixed. It shares nothing with the store.
func (l *listing) counted(ids []string, at int) store.Version {
	v := l.version(ids[at])
	v.Latest, v.Done, v.Decided = copied(v.Latest), copied(v.Done), copied(v.Decided)
	if v.Done == nil {
		return v
	}
	for _, id := range ids[at+1:] {
		if before := l.done[id]; before != nil {
			r := l.done[ids[at]]
			v.Findings = store.CountFindings(r.violations, l.excepted(v.Plan, r), before.check.ID, before.violations)
			break
		}
	}
	return v
}

func copied(c *store.Check) *store.Check {
	if c == nil {
		return nil
	}
	d := *c
	return &d
}

// projectRow is a project that a query chooses: its versions, newest first.
type projectRow struct {
	ids   []string
	place store.ProjectPlace
}

// ListProjects by query.
func (s *Store) ListProjects(_ context.Context, q store.ProjectQuery) ([]store.Project, int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	l := s.listing(q.Prefix, func(p store.Plan) bool {
		return (q.County == "" || q.County == p.County) && (q.Project == "" || q.Project == store.ProjectOf(p))
	})
	var found []projectRow
	for _, ids := range l.versions {
		if v := l.version(ids[0]); chosen(v, q) && slices.ContainsFunc(ids, func(id string) bool { return hasWords(s.plans[id], q.Words) }) {
			found = append(found, projectRow{ids, v.PlaceOf(q.Sort)})
		}
	}
	slices.SortFunc(found, func(a, b projectRow) int { return a.place.Compare(b.place) })
	total := len(found)
	if q.After != nil {
		found = found[firstAfter(found, *q.After):]
	}
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	page := make([]store.Project, 0, len(found))
	for _, r := range found {
		page = append(page, store.Project{Version: l.counted(r.ids, 0), Versions: len(r.ids), Place: r.place})
	}
	return page, total, s.open()
}

func firstAfter(sorted []projectRow, after store.ProjectPlace) int {
	at, there := slices.BinarySearchFunc(sorted, after, func(r projectRow, after store.ProjectPlace) int { return r.place.Compare(after) })
	if there {
		at++
	}
	return at
}

func hasWords(p store.Plan, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := store.Searched(p)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// chosen tells whether a query chooses a project by its newest version.
func chosen(v store.Version, q store.ProjectQuery) bool {
	state := store.Unchecked
	if v.Latest != nil {
		state = v.Latest.State
	}
	return (q.Stage == "" || q.Stage == v.Plan.Stage) && (q.State == "" || q.State == state) &&
		(q.Decision == "" || q.Decision == store.Awaited && v.Awaits() || v.Decided != nil && v.Decided.Decision == q.Decision) &&
		(q.Verdict == "" || v.Done != nil && q.Verdict == v.Done.Verdict)
}

// ListVersions of a project.
func (s *Store) ListVersions(_ context.Context, prefix, county, project string, limit int) ([]store.Version, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := projectKey{county, project}
	l := s.listing(prefix, func(p store.Plan) bool { return keyOf(p) == key })
	ids := l.versions[key]
	versions := make([]store.Version, 0, min(limit, len(ids)))
	for at := range min(limit, len(ids)) {
		versions = append(versions, l.counted(ids, at))
	}
	return versions, s.open()
}
