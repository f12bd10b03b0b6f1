package storetest

import (
	"fmt"

	"landcheck/api/store"
)

func callerTests() []test {
	return []test{
		{name: "flood", run: callerFlood},
		{name: "of several", run: callersOfCounty},
		{name: "counties first", run: callersOfCounties},
		{name: "after a restart", run: callersRestarted},
		{name: "one name", config: Config{CallerLimit: 2}, run: callersOfOneName},
	}
}

// of queues a check of a plan for a caller.
func (r *fixture) of(p store.Plan, caller string) store.Check {
	r.Helper()
	c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, By: "李四", Caller: caller}, store.Key{})
	r.must(err)
	return c
}

// many queues so many.
func (r *fixture) many(n int, p store.Plan, caller string) (checks []store.Check) {
	r.Helper()
	for range n {
		checks = append(checks, r.of(p, caller))
	}
	return checks
}

// callerFlood: one caller's 64 checks delay another's of the same county until
// the next one ends, whenever he comes.
func callerFlood(r *fixture) {
	d := newBarrier(r)
	p := r.plan("150123", "a")
	flood := r.many(64, p, "flood")
	r.work(1, 0, d.run)
	for i := range 3 {
		d.begun(flood[i])
		c := r.of(p, "another")
		d.let(flood[i])
		d.begun(c)
		d.let(c)
	}
	d.begun(flood[3]) // first come, first served
	d.held("150123", 1)
}

// callersOfCounty: callers take turns, whoever was served longest ago first.
func callersOfCounty(r *fixture) {
	d := newBarrier(r)
	p := r.plan("150123", "a")
	a, b, c := r.many(3, p, "甲"), r.many(2, p, "乙"), r.many(1, p, "丙")
	r.work(1, 0, d.run)
	for _, next := range []store.Check{a[0], b[0], c[0], a[1], b[1], a[2]} {
		d.begun(next)
		d.let(next)
	}
}

// callersOfCounties: a county of many callers has one turn among the others.
func callersOfCounties(r *fixture) {
	d := newBarrier(r)
	big, small := r.plan("150123", "big"), r.plan("150124", "small")
	var crowd []store.Check
	for i := range 4 {
		crowd = append(crowd, r.of(big, fmt.Sprint("caller ", i)))
	}
	alone := r.many(3, small, "another")
	r.work(1, 0, d.run)
	for i := range alone {
		d.begun(crowd[i])
		d.begun(alone[i]) // in a place of a county of which none is running
		d.let(alone[i])
		d.let(crowd[i])
	}
	d.begun(crowd[3])
	d.held("150123", 1)
}

// callersRestarted: whose a check is stays known.
func callersRestarted(r *fixture) {
	p := r.plan("150123", "a")
	a, b := r.many(2, p, "甲"), r.many(1, p, "乙")
	r.reopen()
	d := newBarrier(r)
	r.work(1, 0, d.run)
	for _, next := range []store.Check{a[0], b[0], a[1]} {
		d.begun(next)
		d.let(next)
	}
}

// callersOfOneName: names are given by people; two callers of one name do not
// use up each other's room.
func callersOfOneName(r *fixture) {
	p := r.plan("150123", "a")
	r.many(2, p, "甲")
	_, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, By: "李四", Caller: "甲"}, store.Key{})
	r.is(err, store.ErrNotOwner)
	r.many(2, p, "乙")
}
