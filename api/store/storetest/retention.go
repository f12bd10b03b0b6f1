package storetest

import (
	"os"

	"landcheck/api/store"
)

func keepingTests() []test {
	return []test{
		{name: "deleted", run: keepingDeleted},
		{name: "deleted while it runs", run: keepingDeletedRunning},
		{name: "deleted while it waits again", run: keepingDeletedWaiting},
		{name: "deleted at once", run: keepingAtOnce},
		{name: "deleted and killed", run: keepingKilled, slow: true},
		{name: "pruned", run: keepingPruned},
		{name: "quota", config: Config{Quota: store.Quota{"": 1 << 30, "15": 10, "150124": 0}}, run: keepingQuota},
		{name: "quota of results", config: Config{Quota: store.Quota{"150123": 100}}, run: keepingQuotaOfResults},
	}
}

// done runs a check of a plan to its end.
func (r *fixture) done(p store.Plan) store.Check {
	r.Helper()
	c := r.check(p)
	stop := r.work(1, 0, whole)
	c = r.ended(c.ID)
	stop()
	return c
}

// whole says that a plan is there with all that came of it, or nothing of it.
func (r *fixture) whole(p store.Plan, checks []store.Check) (there bool) {
	r.Helper()
	_, err := r.Plan(r.Context(), p.ID)
	there = err == nil
	if !there {
		r.is(err, store.ErrNotFound)
	}
	path, release, err := r.Package(r.Context(), p.ID)
	if there {
		r.must(err)
		_, err := os.Stat(path)
		r.must(err)
		release()
	} else {
		r.is(err, store.ErrNotFound)
	}
	for _, c := range checks {
		got, err := r.Check(r.Context(), c.ID)
		if there {
			r.must(err)
			r.same(got, c)
			r.artifact(c.ID, "report.json", "all of "+p.ID)
			continue
		}
		r.is(err, store.ErrNotFound)
		_, err = r.Artifact(r.Context(), c.ID, "report.json")
		r.is(err, store.ErrNotFound)
		_, err = r.Watch(r.Context(), c.ID)
		r.is(err, store.ErrNotFound)
		_, err = r.Cancel(r.Context(), c.ID)
		r.is(err, store.ErrNotFound)
	}
	return there
}

// deletions are the entries of the audit trail that say so of an object.
func (r *fixture) deletions(what, object string) (found []store.Entry) {
	r.Helper()
	all, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	for _, e := range all {
		if e.What == what && e.Object == object {
			found = append(found, e)
		}
	}
	return found
}
