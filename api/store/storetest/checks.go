package storetest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"landcheck/api/store"
)

func checkTests() []test {
	return []test{
		{name: "queued", run: checkQueued},
		{name: "keys", run: checkKeys},
		{name: "lists", run: checkLists},
		{name: "neighbours", run: checkNeighbours},
		{name: "latest", run: checkLatest},
	}
}

func queueTests() []test {
	return []test{
		{name: "full", config: Config{QueueLimit: 3}, run: queueFull},
		{name: "fair", run: queueFair},
		{name: "shared", run: queueShared},
	}
}

func checkQueued(r *fixture) {
	p := r.plan("150123", "a")
	asked := store.Check{
		ID: "mine", Plan: p.ID, County: "999999", State: store.Done, Rulebook: "nmg-2025", Stage: "acceptance", BaseVersion: 1,
		Verdict: "pass", Attempt: 2, By: "李四",
	}
	c, created, err := r.AddCheck(r.Context(), asked, store.Key{})
	r.must(err)
	if !created || c.ID == "" || c.ID == "mine" || time.Since(c.Created) > time.Hour || c.Created.Location() != time.UTC {
		r.Errorf("check %+v", c)
	}
	want := store.Check{
		ID: c.ID, Plan: p.ID, County: "150123", State: store.Queued, Rulebook: "nmg-2025", Stage: "acceptance", BaseVersion: 1,
		Created: c.Created, By: "李四",
	}
	r.same(c, want)
	got, err := r.Check(r.Context(), c.ID)
	r.must(err)
	r.same(got, want)

	_, err = r.Check(r.Context(), "00000000-0000-7000-8000-000000000000")
	r.is(err, store.ErrNotFound)
	_, err = r.Check(r.Context(), "not even an id")
	r.is(err, store.ErrNotFound)
	_, _, err = r.AddCheck(r.Context(), store.Check{Plan: "nothing", County: "150123"}, store.Key{})
	r.is(err, store.ErrNotFound)

	r.reopen()
	got, err = r.Check(r.Context(), c.ID)
	r.must(err)
	r.same(got, want)
}

// checkNeighbours: a check exists for those who see every county that may join.
func checkNeighbours(r *fixture) {
	p := r.plan("150123", "a")
	all := []store.Check{r.check(p)} // newest first
	for _, codes := range [][]string{{"150124"}, {"150221", "150124"}, {"320102"}, {store.Anywhere}} {
		c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, Neighbours: codes}, store.Key{})
		r.must(err)
		r.same(c.Neighbours, codes)
		all = slices.Insert(all, 0, c)
	}
	r.reopen()
	for prefix, want := range map[string]int{"": 5, "1": 3, "15": 3, "1501": 2, "150123": 1, "150124": 0, "32": 0, "1501231": 0} {
		var seen []store.Check
		for _, c := range all {
			kept, err := r.Check(r.Context(), c.ID)
			r.must(err)
			r.same(kept, c)
			if kept.SeenBy(prefix) {
				seen = append(seen, c)
			}
		}
		if len(seen) != want {
			r.Errorf("prefix %q sees %d of the checks, want %d", prefix, len(seen), want)
		}
		for limit := range 3 { // 0: all at once
			var listed []store.Check
			for q := (store.Query{Prefix: prefix, Limit: limit}); ; {
				page, err := r.ListChecks(r.Context(), q)
				r.must(err)
				listed = append(listed, page...)
				if limit == 0 || len(page) < limit {
					break
				}
				q.After = page[len(page)-1].ID
			}
			r.same(listed, seen)
		}
	}
}

// checkLatest: the newest check of each plan, of those that its caller sees,
// however many came after it.
func checkLatest(r *fixture) {
	a, b, none := r.plan("150123", "a"), r.plan("150221", "b"), r.plan("150123", "none")
	r.check(a)
	own := r.check(a)
	shared, _, err := r.AddCheck(r.Context(), store.Check{Plan: a.ID, Neighbours: []string{"150124"}}, store.Key{})
	r.must(err)
	var last store.Check
	for range 5 {
		last = r.check(b)
	}
	for range 2 {
		for _, c := range []struct {
			prefix string
			plans  []string
			want   map[string]store.Check
		}{
			{"", []string{a.ID, b.ID, none.ID, "nothing"}, map[string]store.Check{a.ID: shared, b.ID: last}},
			{"1501", []string{b.ID, a.ID}, map[string]store.Check{a.ID: shared}},
			{"150123", []string{a.ID, a.ID}, map[string]store.Check{a.ID: own}},
			{"", []string{b.ID}, map[string]store.Check{b.ID: last}},
			{"", nil, map[string]store.Check{}},
		} {
			got, err := r.LatestChecks(r.Context(), c.prefix, c.plans)
			r.must(err)
			r.same(got, c.want)
		}
		r.reopen()
	}
	ended, err := r.Cancel(r.Context(), last.ID)
	r.must(err)
	got, err := r.LatestChecks(r.Context(), "", []string{b.ID})
	r.must(err)
	r.same(got, map[string]store.Check{b.ID: ended})
}

func checkKeys(r *fixture) {
	p := r.plan("150123", "a")
	add := func(key store.Key) (store.Check, bool, error) {
		return r.AddCheck(r.Context(), store.Check{Plan: p.ID, County: p.County}, key)
	}
	key := store.Key{Caller: "甲", Value: "k1", Request: "r1"}
	first, created, err := add(key)
	r.must(err)
	if !created {
		r.Error("first use of the key")
	}
	for range 2 {
		again, created, err := add(key)
		r.must(err)
		if created || again.ID != first.ID {
			r.Errorf("the same request made %s, was %s", again.ID, first.ID)
		}
		other := key
		other.Request = "r2"
		_, _, err = add(other)
		r.is(err, store.ErrConflict)
		r.reopen()
	}
	for _, key := range []store.Key{{Caller: "乙", Value: "k1", Request: "r2"}, {Caller: "甲", Value: "k2", Request: "r1"}, {}, {}} {
		c, created, err := add(key)
		r.must(err)
		if !created || c.ID == first.ID {
			r.Errorf("%v gave the check of another", key)
		}
	}
	_, err = r.Cancel(r.Context(), first.ID)
	r.must(err)
	again, created, err := add(key)
	r.must(err)
	if created || again.State != store.Cancelled {
		r.Errorf("after its end the key gave %+v", again)
	}
}

func checkLists(r *fixture) {
	a, b, far := r.plan("150123", "a"), r.plan("150124", "b"), r.plan("320102", "far")
	var all []store.Check // newest first
	for i := range 23 {
		all = slices.Insert(all, 0, r.check([]store.Plan{a, b, a, far}[i%4]))
	}
	for i := range 5 {
		c, err := r.Cancel(r.Context(), all[4*i].ID)
		r.must(err)
		all[4*i] = c
	}
	for _, c := range []struct {
		q    store.Query
		keep func(c store.Check) bool
	}{
		{store.Query{}, func(store.Check) bool { return true }},
		{store.Query{Prefix: "1501"}, func(c store.Check) bool { return c.County != "320102" }},
		{store.Query{County: "150124"}, func(c store.Check) bool { return c.County == "150124" }},
		{store.Query{Plan: a.ID}, func(c store.Check) bool { return c.Plan == a.ID }},
		{store.Query{State: store.Cancelled, Prefix: "15"}, func(c store.Check) bool { return c.State == store.Cancelled && c.County < "16" }},
		{store.Query{Prefix: "32", Plan: a.ID}, func(store.Check) bool { return false }},
	} {
		var want, got []store.Check
		for _, x := range all {
			if c.keep(x) {
				want = append(want, x)
			}
		}
		for _, size := range []int{1, 4, 100} {
			got, c.q.Limit, c.q.After = nil, size, ""
			for {
				page, err := r.ListChecks(r.Context(), c.q)
				r.must(err)
				if got = append(got, page...); len(page) < size {
					break
				}
				c.q.After = page[len(page)-1].ID
			}
			r.same(got, want)
		}
	}
}

func queueFull(r *fixture) {
	a, b := r.plan("150123", "a"), r.plan("150124", "b")
	ask := func(p store.Plan, key string) (store.Check, error) {
		c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, County: p.County}, store.Key{Caller: "甲", Value: key, Request: key})
		return c, err
	}
	var first store.Check
	for i := range 3 {
		c, err := ask(a, fmt.Sprint(i))
		r.must(err)
		if i == 0 {
			first = c
		}
	}
	_, err := ask(a, "3")
	r.is(err, store.ErrFull)
	again, err := ask(a, "0") // nothing new
	r.must(err)
	r.same(again, first)
	_, err = ask(b, "b") // another county's queue has room
	r.must(err)
	r.counts(store.QueueCount{County: "150123", Queued: 3}, store.QueueCount{County: "150124", Queued: 1})

	_, err = r.Cancel(r.Context(), first.ID)
	r.must(err)
	last, err := ask(a, "3") // the key was not used up by a request that was refused
	r.must(err)
	r.work(2, 0, fine)
	r.ended(last.ID)
	r.until("an empty queue", func() bool {
		q, err := r.Queue(r.Context())
		r.must(err)
		for _, c := range q {
			if c.Queued != 0 || c.Running != 0 {
				return false
			}
		}
		return true
	})
}

// counts compares the counts that are not zero, by county.
func (r *fixture) counts(want ...store.QueueCount) {
	r.Helper()
	var some []store.QueueCount
	r.until(fmt.Sprint("queue ", want), func() bool {
		q, err := r.Queue(r.Context())
		r.must(err)
		some = nil
		for _, c := range q {
			if c.Queued != 0 || c.Running != 0 {
				some = append(some, c)
			}
		}
		return slices.Equal(some, want)
	})
}

// queueFair: a county that brings one check waits for a free worker, not for
// the backlog of another; one caller's are first come, first served.
func queueFair(r *fixture) {
	d := newBarrier(r)
	big, small, third := r.plan("150123", "big"), r.plan("150124", "small"), r.plan("320102", "third")
	var mine []store.Check
	for range 6 {
		mine = append(mine, r.check(big))
	}
	a, b, c := r.check(small), r.check(small), r.check(third)
	r.work(1, 0, d.run)
	for _, first := range []store.Check{mine[0], a, c} {
		d.begun(first)
	}
	r.counts(store.QueueCount{County: "150123", Queued: 5, Running: 1}, store.QueueCount{County: "150124", Queued: 1, Running: 1},
		store.QueueCount{County: "320102", Running: 1})
	d.let(c)
	d.let(a)
	d.begun(b)
	d.let(b)
	for _, next := range mine {
		d.begun(next)
		d.let(next)
	}
	d.held("150123", 1)
}

// queueShared: where one county keeps a worker busy for long, the other goes to
// the counties that have none.
func queueShared(r *fixture) {
	slow, quick := r.plan("150123", "slow"), r.plan("150124", "quick")
	release := make(chan struct{})
	defer close(release)
	for range 3 {
		r.check(slow)
	}
	var quicks []store.Check
	for range 6 {
		quicks = append(quicks, r.check(quick))
	}
	r.work(2, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.County == "150123" {
			select {
			case <-release:
			case <-ctx.Done():
				return store.Outcome{}, ctx.Err()
			}
		}
		return store.Outcome{}, nil
	})
	for _, c := range quicks {
		r.ended(c.ID)
	}
	r.counts(store.QueueCount{County: "150123", Queued: 1, Running: 2})
}
