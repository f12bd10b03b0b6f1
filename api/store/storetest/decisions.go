package storetest

import (
	"errors"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

func decisionTests() []test {
	return []test{
		{name: "decide and withdraw", run: decisionsStand},
		{name: "ledger", run: decisionsEnterLedger},
		{name: "at once", run: decisionsAtOnce},
		{name: "project", run: listsOfProject},
		{name: "stay", run: decidedStay},
	}
}

func decisionOn(k store.Check, kind domain.Decision) store.Decision {
	return store.Decision{Check: k.ID, By: "王五", Passport: []byte(`{"schema": "x"}`), Decision: result.Decision{
		Kind: kind, Opinion: "同意", Name: "王五", Date: "2026-12-01",
		Exceptions: []result.Exception{{Finding: "0a1b2c3d4e5f", Area: 0.1 + 0.2, State: "accepted", Reason: "r"}}, Open: map[domain.Status]int{domain.Warn: 2}}}
}

// decisionsStand: one decision stands on a check until it is withdrawn, nothing of it
// changes, and it goes with the check.
func decisionsStand(r *fixture) {
	p := r.plan("150123", "a")
	queued := r.check(p)
	_, _, err := r.Decide(r.Context(), decisionOn(queued, domain.SendBack))
	r.is(err, store.ErrNotFound)
	_, err = r.Cancel(r.Context(), queued.ID)
	r.must(err)
	k := r.done(p)
	_, err = r.Withdraw(r.Context(), k.ID, store.Withdrawal{By: "王五", Reason: "x"})
	r.is(err, store.ErrNotFound)
	first, created, err := r.Decide(r.Context(), decisionOn(k, domain.SendBack), store.Entry{What: "decide"})
	r.must(err)
	if !created || first.Plan != p.ID || first.County != p.County || first.Project != p.Code || time.Since(first.Made) > time.Minute || first.ID == "" {
		r.Errorf("%v, %+v", created, first)
	}
	again, created, err := r.Decide(r.Context(), decisionOn(k, domain.SendBack), store.Entry{What: "decide"})
	r.must(err)
	r.same(again, first)
	stands, _, err := r.Decide(r.Context(), decisionOn(k, domain.Approve), store.Entry{What: "decide"})
	r.is(err, store.ErrDecided)
	r.same(stands, first)
	if shown, err := r.Check(r.Context(), k.ID); err != nil || created || shown.Decision != domain.SendBack {
		r.Errorf("%v, %v, %+v", created, err, shown)
	}
	gone, err := r.Withdraw(r.Context(), k.ID, store.Withdrawal{By: "赵六", Reason: "有误"}, store.Entry{What: "withdraw"})
	r.must(err)
	if gone.ID != first.ID || gone.Withdrawn == nil || gone.Withdrawn.By != "赵六" || gone.Withdrawn.Reason != "有误" || gone.Opinion != first.Opinion {
		r.Errorf("%+v", gone)
	}
	second, created, err := r.Decide(r.Context(), decisionOn(k, domain.Conditional), store.Entry{What: "decide"})
	r.must(err)
	r.reopen()
	if shown, err := r.Check(r.Context(), k.ID); err != nil || !created || shown.Decision != domain.Conditional {
		r.Errorf("%v, %v, %+v", created, err, shown)
	}
	all, err := r.Decisions(r.Context(), k.ID)
	r.must(err)
	r.same(all, []store.Decision{gone, second})
	trail, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	if len(trail) != 3 {
		r.Errorf("%d entries", len(trail))
	}
	r.must(r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"}))
	_, err = r.Decisions(r.Context(), k.ID)
	r.is(err, store.ErrNotFound)
	of, err := r.ProjectDecisions(r.Context(), p.County, p.Code)
	r.must(err)
	r.same(of, []store.Decision{})
}

// decisionsEnterLedger: what a decision enters is in the ledger until it is withdrawn;
// then that of an earlier version is in again.
func decisionsEnterLedger(r *fixture) {
	one, two := planOf("150123", "a"), planOf("150123", "b")
	two.Code = one.Code
	var kept []store.LedgerEntry
	var checks []store.Check
	for _, p := range []store.Plan{one, two} {
		_, _, err := r.AddPlan(r.Context(), p, r.upload("x"))
		r.must(err)
		k := r.done(p)
		d := decisionOn(k, domain.Approve)
		entered := moved("150123", one.Code, float64(len(checks)+1))
		entered.Check = k.ID
		d.Entered = &entered
		made, _, err := r.Decide(r.Context(), d)
		r.must(err)
		checks, kept = append(checks, k), append(kept, *made.Entered)
	}
	ledger := func(want ...store.LedgerEntry) {
		r.Helper()
		all, err := r.LedgerEntries(r.Context(), "150123")
		r.must(err)
		r.same(all, append([]store.LedgerEntry{}, want...))
	}
	ledger(kept[1])
	_, err := r.Withdraw(r.Context(), checks[1].ID, store.Withdrawal{Reason: "x"})
	r.must(err)
	ledger(kept[0])
	_, err = r.Withdraw(r.Context(), checks[0].ID, store.Withdrawal{Reason: "x"})
	r.must(err)
	ledger()
	all, err := r.ProjectDecisions(r.Context(), one.County, one.Code)
	r.must(err)
	if len(all) != 2 || all[0].Check != checks[0].ID || all[0].Stands() || all[1].Stands() {
		r.Errorf("%+v", all)
	}
}

// decisionsAtOnce: of many who decide at one time one does.
func decisionsAtOnce(r *fixture) {
	k := r.done(r.plan("150123", "a"))
	var group sync.WaitGroup
	made := make(chan bool, 12)
	for i := range cap(made) {
		group.Go(func() {
			d := decisionOn(k, domain.Decisions()[i%3])
			_, created, err := r.Decide(r.Context(), d, store.Entry{What: "decide"})
			if err != nil && !errors.Is(err, store.ErrDecided) {
				r.Error(err)
			}
			made <- created
		})
	}
	group.Wait()
	close(made)
	n := 0
	for created := range made {
		if created {
			n++
		}
	}
	all, err := r.Decisions(r.Context(), k.ID)
	r.must(err)
	trail, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	if n != 1 || len(all) != 1 || len(trail) != 1 {
		r.Error(n, "decided,", len(all), "are there,", len(trail), "entries")
	}
}

// listsOfProject: plans and checks are found by their project, that of a plan without
// a code by the plan.
func listsOfProject(r *fixture) {
	one, two, none := planOf("150123", "a"), planOf("150123", "b"), planOf("150123", "c")
	two.Code, none.Code = one.Code, ""
	var checks []store.Check
	for _, p := range []store.Plan{one, two, none} {
		_, _, err := r.AddPlan(r.Context(), p, r.upload("x"))
		r.must(err)
		checks = append(checks, r.check(p))
	}
	for project, want := range map[string][]int{one.Code: {1, 0}, none.ID: {2}, "nothing": {}} {
		q := store.Query{County: "150123", Project: project}
		found, err := r.ListChecks(r.Context(), q)
		r.must(err)
		plans, err := r.ListPlans(r.Context(), q)
		r.must(err)
		if len(found) != len(want) || len(plans) != len(want) {
			r.Errorf("%s: %d checks, %d plans", project, len(found), len(plans))
			continue
		}
		for i, k := range found {
			r.same(k, checks[want[i]])
		}
	}
}

// decidedStay: what is decided is not pruned while the decision stands.
func decidedStay(r *fixture) {
	p := planOf("150123", "a")
	p.Created = time.Now().Add(-time.Hour)
	_, _, err := r.AddPlan(r.Context(), p, r.upload("a"))
	r.must(err)
	other, k := r.done(p), r.done(p)
	_, _, err = r.Decide(r.Context(), decisionOn(k, domain.SendBack))
	r.must(err)
	prune := func(plans, checks int) {
		r.Helper()
		got, err := r.Prune(r.Context(), store.Retention{Keep: time.Nanosecond, By: "prune"})
		r.must(err)
		if c := got.Of("150123"); c.Plans != plans || c.Checks != checks {
			r.Errorf("%+v", c)
		}
	}
	prune(0, 1)
	_, err = r.Check(r.Context(), other.ID)
	r.is(err, store.ErrNotFound)
	_, err = r.Decisions(r.Context(), k.ID)
	r.must(err)
	_, err = r.Withdraw(r.Context(), k.ID, store.Withdrawal{Reason: "x"})
	r.must(err)
	prune(1, 1)
}
