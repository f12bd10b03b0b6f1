package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

func projectTests() []test {
	return []test{
		{name: "versions", run: projectVersions},
		{name: "chosen", run: projectsChosen},
		{name: "places", run: projectPlaces},
		{name: "seen", run: projectsSeen},
		{name: "reviewed", run: projectsReviewed},
	}
}

// workshop makes checks end as it is told.
type workshop struct {
	*fixture
	mutex sync.Mutex
	ends  map[string]store.Outcome // by check; others fail
	clock time.Time                // of the next upload
}

func newWorkshop(r *fixture) *workshop {
	w := &workshop{fixture: r, ends: map[string]store.Outcome{}, clock: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	return w
}

// version uploads a version of a project, a minute after the one before.
func (w *workshop) version(county, code, text string) store.Plan {
	w.Helper()
	p := planOf(county, text)
	p.Code, p.Created = code, w.clock
	w.clock = w.clock.Add(time.Minute)
	kept, created, err := w.AddPlan(w.Context(), p, w.upload(text))
	w.must(err)
	if !created {
		w.Fatalf("%s was there", text)
	}
	return kept
}

// checked ends a check of a plan with violations.
func (w *workshop) checked(p store.Plan, o store.Outcome, neighbours ...string) store.Check {
	w.Helper()
	c, _, err := w.AddCheck(w.Context(), store.Check{Plan: p.ID, Neighbours: neighbours, By: "李四"}, store.Key{})
	w.must(err)
	w.mutex.Lock()
	w.ends[c.ID] = o
	w.mutex.Unlock()
	stop := w.work(1, 0, w.run)
	defer stop()
	return w.ended(c.ID)
}

func (w *workshop) run(_ context.Context, t store.Task) (store.Outcome, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	o := w.ends[t.Check.ID]
	if o.Verdict == "" {
		return o, &geo.InputError{Message: geo.Textf("坏", "broken"), Err: errors.New("broken")}
	}
	return o, nil
}

func violations(ids ...string) store.Outcome {
	verdict := "violations"
	if len(ids) == 0 {
		verdict = "compliant"
	}
	return store.Outcome{Verdict: verdict, Findings: len(ids) + 1, Violations: ids}
}

func (w *workshop) list(q store.ProjectQuery) ([]store.Project, int) {
	w.Helper()
	if q.Sort == "" {
		q.Sort = store.ByNewest
	}
	page, total, err := w.ListProjects(w.Context(), q)
	w.must(err)
	return page, total
}

// names are the codes of a list, or files of plans without one.
func names(page []store.Project) (all []string) {
	for _, p := range page {
		if p.Plan.Code == "" {
			all = append(all, p.Plan.File)
		} else {
			all = append(all, p.Plan.Code)
		}
	}
	return all
}

func counts(open int, against string, added, fixed int) *store.FindingCounts {
	if against == "" {
		return &store.FindingCounts{Open: open}
	}
	return &store.FindingCounts{Open: open, Against: against, New: &added, Fixed: &fixed}
}

// projectVersions: plans of a county with one code are a project, newest version
// first; each is counted against the nearest earlier version that was checked.
func projectVersions(r *fixture) {
	w := newWorkshop(r)
	first := w.version("150123", "A", "a1")
	k1 := w.checked(first, violations("f1", "f2", "f3"))
	w.version("150123", "A", "a2") // nobody checked it
	third := w.version("150123", "A", "a3")
	k3 := w.checked(third, violations("f2", "f4", "f5", "f6"))
	failed := w.checked(third, store.Outcome{})
	other := w.version("150124", "A", "a1 of another county")
	single := w.version("150123", "", "nameless")

	for range 2 {
		page, total := w.list(store.ProjectQuery{})
		w.same([]any{names(page), total}, []any{[]string{"nameless.zip", "A", "A"}, 3})
		w.same([]any{page[0].Plan, page[0].Versions, page[0].Latest, page[0].Done, page[0].Findings}, []any{single, 1, nil, nil, nil})
		w.same([]any{page[1].Plan, page[1].Versions}, []any{other, 1})
		w.same([]any{page[2].Plan, page[2].Versions, page[2].Latest, page[2].Done}, []any{third, 3, failed, k3})
		w.same(page[2].Findings, counts(4, k1.ID, 3, 2))

		versions, err := w.ListVersions(w.Context(), "", "150123", "A", 10)
		w.must(err)
		w.same(len(versions), 3)
		w.same([]any{versions[0].Plan, versions[0].Latest, versions[0].Done, versions[0].Findings}, []any{third, failed, k3, counts(4, k1.ID, 3, 2)})
		w.same([]any{versions[1].Latest, versions[1].Done, versions[1].Findings}, []any{nil, nil, nil})
		w.same([]any{versions[2].Plan, versions[2].Done, versions[2].Findings}, []any{first, k1, counts(3, "", 0, 0)})
		two, err := w.ListVersions(w.Context(), "", "150123", "A", 2)
		w.must(err)
		w.same(two, versions[:2])
		own, err := w.ListVersions(w.Context(), "1501", "150123", single.ID, 10)
		w.must(err)
		w.same(own, []store.Version{{Plan: single}})
		for _, none := range [][3]string{{"", "150123", "B"}, {"150124", "150123", "A"}, {"", "150125", "A"}} {
			versions, err := w.ListVersions(w.Context(), none[0], none[1], none[2], 10)
			w.must(err)
			w.same(versions, []store.Version{})
		}
		w.reopen()
	}

	// The version that others were counted against goes.
	w.must(w.DeletePlan(w.Context(), first.ID, store.Entry{What: "delete"}))
	page, _ := w.list(store.ProjectQuery{Project: "A", County: "150123"})
	w.same([]any{page[0].Versions, page[0].Findings}, []any{2, counts(4, "", 0, 0)})
}

// projectsChosen: what a query leaves out.
func projectsChosen(r *fixture) {
	w := newWorkshop(r)
	a := w.version("150123", "A-1", "alpha")
	w.checked(a, violations("f1"))
	b := w.version("150123", "B-2", "beta")
	w.checked(b, violations())
	w.version("150124", "C-3", "gamma")
	w.version("150124", "C-3", "delta") // a later version under another name
	d := w.version("150124", "D-4", "epsilon")
	w.checked(d, store.Outcome{})

	for _, c := range []struct {
		name string
		q    store.ProjectQuery
		want []string
	}{
		{"all", store.ProjectQuery{}, []string{"D-4", "C-3", "B-2", "A-1"}},
		{"county", store.ProjectQuery{County: "150123"}, []string{"B-2", "A-1"}},
		{"prefix", store.ProjectQuery{Prefix: "150124"}, []string{"D-4", "C-3"}},
		{"prefix and county", store.ProjectQuery{Prefix: "150124", County: "150123"}, nil},
		{"project", store.ProjectQuery{Project: "C-3"}, []string{"C-3"}},
		{"word of the code", store.ProjectQuery{Words: []string{"b-2"}}, []string{"B-2"}},
		{"word of the name", store.ProjectQuery{Words: []string{"示例镇", "alpha"}}, []string{"A-1"}},
		{"word of an earlier version's file", store.ProjectQuery{Words: []string{"gamma.zip"}}, []string{"C-3"}},
		{"words of two versions", store.ProjectQuery{Words: []string{"gamma", "delta"}}, nil},
		{"word of who uploaded", store.ProjectQuery{Words: []string{"张三"}}, []string{"D-4", "C-3", "B-2", "A-1"}},
		{"signs of patterns", store.ProjectQuery{Words: []string{"%"}}, nil},
		{"verdict", store.ProjectQuery{Verdict: "violations"}, []string{"A-1"}},
		{"state", store.ProjectQuery{State: store.Failed}, []string{"D-4"}},
		{"unchecked", store.ProjectQuery{State: store.Unchecked}, []string{"C-3"}},
		{"done", store.ProjectQuery{State: store.Done}, []string{"B-2", "A-1"}},
		{"verdict and state", store.ProjectQuery{State: store.Done, Verdict: "compliant"}, []string{"B-2"}},
		{"stage", store.ProjectQuery{Stage: "filing"}, []string{"D-4", "C-3", "B-2", "A-1"}},
		{"another stage", store.ProjectQuery{Stage: "annual"}, nil},
		{"to be reviewed", store.ProjectQuery{Decision: store.Awaited}, []string{"B-2", "A-1"}},
	} {
		page, total := w.list(c.q)
		if !slices.Equal(names(page), c.want) || total != len(c.want) {
			w.Errorf("%s: %v of %d, want %v", c.name, names(page), total, c.want)
		}
	}
}

// projectPlaces: each order, and pages of it, whatever is between them.
func projectPlaces(r *fixture) {
	w := newWorkshop(r)
	for _, p := range []struct {
		code string
		o    *store.Outcome
	}{
		{"E", nil}, {"B", &store.Outcome{Verdict: "incomplete", Violations: []string{"1", "2", "3"}}}, {"D", &store.Outcome{Verdict: "violations", Violations: []string{"1"}}},
		{"A", &store.Outcome{Verdict: "compliant", Reservations: 2}}, {"C", &store.Outcome{Verdict: "compliant"}}, {"F", &store.Outcome{Verdict: "violations", Violations: []string{"1"}}},
	} {
		if kept := w.version("150123", p.code, p.code); p.o != nil {
			w.checked(kept, *p.o)
		}
	}
	for sort, want := range map[store.ProjectSort][]string{
		store.ByNewest:  {"F", "C", "A", "D", "B", "E"},
		store.ByName:    {"A", "B", "C", "D", "E", "F"},
		store.ByVerdict: {"F", "D", "B", "A", "C", "E"},
		store.ByOpen:    {"B", "F", "D", "C", "A", "E"},
	} {
		var all []string
		q := store.ProjectQuery{Sort: sort, Limit: 2}
		for range 10 {
			page, total := w.list(q)
			w.same(total, len(want))
			if all = append(all, names(page)...); len(page) == 0 {
				break
			}
			w.same(page[0].Place, page[0].PlaceOf(sort))
			q.After = &page[len(page)-1].Place
		}
		if !slices.Equal(all, want) {
			w.Errorf("by %s: %v, want %v", sort, all, want)
		}
	}
}

// projectsSeen: what a neighbour's land came into is not there for a caller who does
// not see the neighbour; not in counts, filters or orders either.
func projectsSeen(r *fixture) {
	w := newWorkshop(r)
	first := w.version("150123", "A", "a1")
	own := w.checked(first, violations("f1", "f2"))
	w.checked(first, violations("f1", "f2", "f3"), "150124")
	second := w.version("150123", "A", "a2")
	joined := w.checked(second, violations("f1"), "150124")
	w.version("150124", "B", "b")

	page, _ := w.list(store.ProjectQuery{Prefix: "150123"})
	w.same(names(page), []string{"A"})
	w.same([]any{page[0].Latest, page[0].Done, page[0].Findings}, []any{nil, nil, nil})
	versions, err := w.ListVersions(w.Context(), "150123", "150123", "A", 10)
	w.must(err)
	w.same([]any{versions[1].Latest, versions[1].Done, versions[1].Findings}, []any{own, own, counts(2, "", 0, 0)})
	for _, q := range []store.ProjectQuery{{Verdict: "violations"}, {State: store.Done}} {
		q.Prefix = "150123"
		none, total := w.list(q)
		w.same([]any{len(none), total}, []any{0, 0})
	}
	page, _ = w.list(store.ProjectQuery{Prefix: "1501", Project: "A"})
	w.same([]any{page[0].Done, page[0].Findings.Open, *page[0].Findings.New, *page[0].Findings.Fixed}, []any{joined, 1, 0, 2})
}

// projectsReviewed: accepted findings and false alarms are not open, whatever the
// version; what was decided on a version stays with it when it is checked again.
func projectsReviewed(r *fixture) {
	w := newWorkshop(r)
	first := w.version("150123", "A", "a1")
	w.checked(first, violations("f1", "f2", "f3"))
	for finding, state := range map[string]store.FindingState{"f1": store.AcceptedFinding, "f2": store.FalseAlarm, "f3": store.OpenFinding, "f9": store.AcceptedFinding} {
		of := store.Subject{County: "150123", Project: "A", Finding: finding}
		_, _, err := w.Remark(w.Context(), of, 0, store.Remark{By: "王五", Standing: &store.Standing{State: state, Reason: "x"}}, "")
		w.must(err)
	}
	second := w.version("150123", "A", "a2")
	k := w.checked(second, violations("f2", "f3", "f4"))
	other := w.version("150124", "A", "of another county")
	w.checked(other, violations("f1", "f2"))
	open := func() []int {
		page, _ := w.list(store.ProjectQuery{Sort: store.ByOpen})
		return []int{page[0].Findings.Open, page[1].Findings.Open}
	}
	w.same(open(), []int{2, 2})
	versions, err := w.ListVersions(w.Context(), "", "150123", "A", 9)
	w.must(err)
	w.same([]any{*versions[0].Findings.New, *versions[0].Findings.Fixed, versions[1].Findings.Open}, []any{1, 1, 1})

	awaited := func(want ...string) {
		w.Helper()
		page, _ := w.list(store.ProjectQuery{Decision: store.Awaited, County: "150123"})
		w.same(len(page), len(want))
	}
	awaited("A")
	_, _, err = w.Decide(w.Context(), store.Decision{Check: k.ID, Decision: result.Decision{Kind: domain.SendBack, Opinion: "请修改", Name: "王五"}})
	w.must(err)
	again := w.checked(second, violations("f2"))
	for range 2 {
		awaited()
		page, _ := w.list(store.ProjectQuery{Decision: domain.SendBack})
		w.same([]any{names(page), page[0].Done.ID, page[0].Decided.ID, page[0].Decided.Decision}, []any{[]string{"A"}, again.ID, k.ID, domain.SendBack})
		w.reopen()
	}
	_, err = w.Withdraw(w.Context(), k.ID, store.Withdrawal{By: "王五", Reason: "误"})
	w.must(err)
	awaited("A")
}
