package storetest

import (
	"fmt"
	"strings"
	"time"

	"landcheck/api/store"
)

// keepingPruned: what is older than it is kept goes, with what came of it and
// an entry; what is in use or younger stays. A dry run says the same and does
// nothing.
func keepingPruned(r *fixture) {
	old := func(county, text string) store.Plan {
		p := planOf(county, text)
		p.Created = time.Now().Add(-time.Hour).UTC().Truncate(time.Microsecond)
		p, _, err := r.AddPlan(r.Context(), p, r.upload(text))
		r.must(err)
		return p
	}
	unused, used, waits, young := old("150124", "unused"), old("150123", "used"), old("150123", "waits"), r.plan("150123", "young")
	usedCheck, waitsCheck := r.done(used), r.done(waits)
	queued := r.check(waits)
	prune := func(keep time.Duration, dry bool, want ...store.PrunedCounty) {
		r.Helper()
		got, err := r.Prune(r.Context(), store.Retention{Keep: keep, DryRun: dry, By: "prune"})
		r.must(err)
		r.same(got.Counties, want)
	}
	size := func(p store.Plan, checks int) int64 { return p.Size + int64(checks*len("all of "+p.ID)) }
	first := store.PrunedCounty{County: "150124", Plans: 1, Bytes: size(unused, 0)}
	for _, dry := range []bool{true, false} {
		prune(time.Minute, dry, first)
	}
	prune(time.Minute, false)
	if r.whole(unused, nil) || !r.whole(used, []store.Check{usedCheck}) || !r.whole(young, nil) {
		r.Error("what is used or young went, or what is not did not")
	}
	if e := r.deletions("prune", unused.ID); len(e) != 1 || e[0].Who != "prune" || e[0].Digest != unused.Digest || !strings.Contains(e[0].Reason, "1m") {
		r.Errorf("entries %+v", e)
	}
	all := store.PrunedCounty{County: "150123", Plans: 2, Checks: 2, Bytes: size(used, 1) + size(young, 0) + int64(len("all of "+waits.ID))}
	for _, dry := range []bool{true, false} {
		prune(time.Nanosecond, dry, all)
	}
	r.reopen()
	if r.whole(used, []store.Check{usedCheck}) || r.whole(young, nil) || !r.whole(waits, nil) {
		r.Error("plans were pruned that wait, or others not")
	}
	_, err := r.Check(r.Context(), waitsCheck.ID)
	r.is(err, store.ErrNotFound)
	r.counts(store.QueueCount{County: "150123", Queued: 1})
	stop := r.work(1, 0, whole)
	r.ended(queued.ID)
	stop()
	keepingPrunedAudit(r)
}

// keepingPrunedAudit: a trail that is kept for long stays; entries never change.
func keepingPrunedAudit(r *fixture) {
	before, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	got, err := r.Prune(r.Context(), store.Retention{Audit: 24 * time.Hour})
	r.must(err)
	after, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	if r.same(after, before); got.Audit != 0 || len(before) == 0 {
		r.Errorf("%d entries went", got.Audit)
	}
	for i := range 3 { // of last year, then of today
		r.must(r.Record(r.Context(), store.Entry{What: fmt.Sprint("old ", i), Time: time.Now().AddDate(-1, 0, 0)}))
	}
	r.must(r.Record(r.Context(), store.Entry{What: "new"}))
	for _, dry := range []bool{true, false} {
		got, err := r.Prune(r.Context(), store.Retention{Audit: 24 * time.Hour, DryRun: dry, By: "prune"})
		r.must(err)
		if got.Audit != 3 {
			r.Errorf("dry %t: %d entries", dry, got.Audit)
		}
	}
	after, err = r.Entries(r.Context(), store.Query{})
	r.must(err)
	for _, e := range after {
		if strings.HasPrefix(e.What, "old ") {
			r.Errorf("%+v is still there", e)
		}
	}
	if len(after) != len(before)+2 || after[0].What != "audit-prune" || after[1].What != "new" {
		r.Errorf("%d entries, before %d; the last %+v", len(after), len(before), after[0])
	}
}
