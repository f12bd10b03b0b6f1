package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"landcheck/api/store"
	"landcheck/geo"
)

func crashTests() []test {
	return []test{
		{name: "mark", run: crashMark},
		{name: "memory", run: crashMemory},
		{name: "waiting ones", run: crashWaiting},
		{name: "once", run: crashOnce},
	}
}

// crash ends a run as one whose process ended.
func crash(context.Context, store.Task) (store.Outcome, error) {
	return store.Outcome{}, fmt.Errorf("run: %w: signal: segmentation fault", store.ErrCrashed)
}

// crashMark: a plan that ended two processes in a row is not tried a third time,
// by nobody and not after a restart, until somebody unblocks it.
func crashMark(r *fixture) {
	bad, good := r.plan("150123", "bad"), r.plan("150123", "good")
	c := r.check(bad)
	runs := 0
	stop := r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.Plan == bad.ID {
			runs++
			return crash(ctx, t)
		}
		return store.Outcome{Verdict: "compliant"}, nil
	})
	got := r.ended(c.ID)
	if runs != store.MaxCrashes || got.State != store.Failed || got.Attempt != store.MaxCrashes {
		r.Errorf("after %d runs %+v", runs, got)
	}
	r.same(got.Problem, store.ProblemOf(store.Blocked(nil)))
	blocked, err := r.Plan(r.Context(), bad.ID)
	r.must(err)
	if !blocked.Blocked() || blocked.Crashes != store.MaxCrashes {
		r.Errorf("plan %+v", blocked)
	}
	_, _, err = r.AddCheck(r.Context(), store.Check{Plan: bad.ID, County: bad.County}, store.Key{})
	r.is(err, store.ErrBlocked)
	r.ended(r.check(good).ID)
	stop()

	r.reopen()
	kept, err := r.Plan(r.Context(), bad.ID)
	r.must(err)
	r.same(kept, blocked)
	again, created, err := r.AddPlan(r.Context(), planOf("150123", "bad"), r.upload("bad"))
	r.must(err)
	if created || !again.Blocked() {
		r.Errorf("uploaded anew it is %+v", again)
	}
	_, _, err = r.AddCheck(r.Context(), store.Check{Plan: bad.ID, County: bad.County}, store.Key{})
	r.is(err, store.ErrBlocked)

	lifted, err := r.Unblock(r.Context(), bad.ID)
	r.must(err)
	if lifted.Blocked() || lifted.Crashes != 0 {
		r.Errorf("plan %+v", lifted)
	}
	_, err = r.Unblock(r.Context(), "nothing")
	r.is(err, store.ErrNotFound)
	c = r.check(bad)
	r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) {
		return store.Outcome{Verdict: "compliant"}, nil
	})
	if got := r.ended(c.ID); got.State != store.Done {
		r.Errorf("check %+v", got)
	}
	r.counts()
}

// crashMemory: too much memory is a verdict on the plan at once, and counts.
func crashMemory(r *fixture) {
	p := r.plan("150123", "a")
	inputErr := &geo.InputError{Message: geo.Text{ZH: "太大", EN: "too large"}, Advice: geo.Text{ZH: "拆分", EN: "split it"}}
	runs := 0
	r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) {
		runs++
		return store.Outcome{}, fmt.Errorf("%w: %w", store.ErrCrashed, inputErr)
	})
	for n := 1; n <= store.MaxCrashes; n++ {
		got := r.ended(r.check(p).ID)
		if runs != n || got.State != store.Failed || got.Attempt != 1 {
			r.Errorf("after %d runs %+v", runs, got)
		}
		r.same(got.Problem, store.ProblemOf(inputErr))
	}
	_, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, County: p.County}, store.Key{})
	r.is(err, store.ErrBlocked)
}

// crashWaiting: checks of a blocked plan that wait already end as well, without
// being run.
func crashWaiting(r *fixture) {
	p := r.plan("150123", "a")
	checks := []store.Check{r.check(p), r.check(p), r.check(p), r.check(p)}
	var mutex sync.Mutex
	runs := 0
	r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		mutex.Lock()
		defer mutex.Unlock()
		runs++
		return crash(ctx, t)
	})
	for _, c := range checks {
		if got := r.ended(c.ID); got.State != store.Failed || got.Problem == nil || !got.Problem.Fault {
			r.Errorf("check %+v", got)
		}
	}
	if runs != store.MaxCrashes {
		r.Errorf("%d runs", runs)
	}
	r.counts()
}

// crashOnce: a run that is done clears what was before it; other failures do not
// count.
func crashOnce(r *fixture) {
	p := r.plan("150123", "a")
	for range 2 {
		c := r.check(p)
		stop := r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
			switch t.Check.Attempt {
			case 1:
				return crash(ctx, t)
			case 2:
				return store.Outcome{}, errors.New("something else")
			}
			return store.Outcome{Verdict: "compliant"}, nil
		})
		if got := r.ended(c.ID); got.State != store.Done || got.Attempt != 3 {
			r.Errorf("check %+v", got)
		}
		stop()
		if got, err := r.Plan(r.Context(), p.ID); err != nil || got.Crashes != 0 {
			r.Errorf("plan %+v, %v", got, err)
		}
	}
}
