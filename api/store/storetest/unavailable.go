package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/transient"
)

func outsideTests() []test {
	return []test{
		{name: "waits", run: outsideWaits, slow: true},
		{name: "beside a failure", run: outsideBeside},
		{name: "cut short", run: outsideCut, slow: true},
		{name: "cancelled", run: outsideCancelled},
		{name: "full", config: Config{QueueLimit: 1}, run: outsideFull},
		{name: "full of one caller's", config: Config{CallerLimit: 1}, run: outsideFullOfCaller},
		{name: "while the worker stops", run: outsideStopping},
	}
}

// state is a database's answer.
type state string

func (s state) Error() string    { return "the server at 10.0.0.7 says " + string(s) }
func (s state) SQLState() string { return string(s) }

// interruptions are transient ends, as runs meet them.
func interruptions() []error {
	full := &fs.PathError{Op: "write", Path: "/srv/secret/x", Err: syscall.ENOSPC}
	return []error{
		state("57P01"), fmt.Errorf("reading: %w", state("53300")), transient.Mark(errors.New("unexpected EOF")),
		full, &geo.InputError{File: "plan.zip", Err: full, Message: geo.Text{ZH: "坏了", EN: "it is broken"}},
	}
}

// postponed waits until a check waits after more than so many interruptions.
func (r *fixture) postponed(c store.Check, interrupted int) {
	r.Helper()
	r.until("it waits", func() bool {
		got, err := r.Check(r.Context(), c.ID)
		return err == nil && got.State == store.Queued && got.Interrupted > interrupted
	})
}

// outsideWaits: however often a transient failure ends a run, the check waits, ends
// once, and none of it counts as an attempt.
func outsideWaits(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	ends, runs := interruptions(), 0
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.Attempt != 1 || t.Check.Interrupted != runs {
			r.Errorf("run %d is of %+v", runs, t.Check)
		}
		if runs++; runs <= len(ends) {
			return store.Outcome{Verdict: "violations"}, ends[runs-1]
		}
		return store.Outcome{Verdict: "compliant"}, nil
	})
	got := r.ended(c.ID)
	if got.State != store.Done || got.Attempt != 1 || got.Interrupted != len(ends) || got.Verdict != "compliant" || got.Problem != nil {
		r.Errorf("after %d runs %+v", runs, got)
	}
	r.counts()
}

// outsideBeside: the attempts that a check has are for its own failures.
func outsideBeside(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	runs := 0
	r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) {
		if runs++; runs%2 == 1 {
			return store.Outcome{}, state("08006")
		}
		return store.Outcome{}, errors.New("a bug")
	})
	got := r.ended(c.ID)
	if got.State != store.Failed || got.Attempt != store.MaxAttempts || got.Interrupted != store.MaxAttempts || runs != 2*store.MaxAttempts {
		r.Errorf("after %d runs %+v", runs, got)
	}
}

// outsideCut: a check whose queries a database ends time after time for taking
// too long does not wait for ever, whatever else interrupts it; what is told of
// it is what to do, not where the database is.
func outsideCut(r *fixture) {
	for _, limit := range []error{state("57014"), &geo.InputError{File: "postgres://clerk@10.0.0.7/land", Err: transient.MarkCut(errors.New("read"))}} {
		c := r.check(r.plan("150123", fmt.Sprint(limit)))
		runs := 0
		var began []time.Time
		stop := r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) {
			began = append(began, time.Now())
			if runs++; runs == 2 {
				return store.Outcome{}, state("57P01")
			}
			return store.Outcome{}, limit
		})
		got := r.ended(c.ID)
		stop()
		if got.State != store.Failed || got.Attempt != store.MaxAttempts || got.Interrupted != 1 || runs != store.MaxAttempts+1 || got.Problem == nil {
			r.Fatalf("after %d runs %+v", runs, got)
		}
		if gap := began[len(began)-1].Sub(began[len(began)-2]); gap < store.PauseAfterCut(2) {
			r.Errorf("the last attempt came %v after the one before", gap)
		}
		p := got.Problem
		if p.Fault || p.File != "" || !strings.Contains(p.Advice.EN, "statement_timeout") || !strings.Contains(p.Advice.ZH, "statement_timeout") || strings.Contains(p.Detail.EN, "10.0.0.7") {
			r.Errorf("it says %+v", p)
		}
	}
}

// outsideCancelled: a check that waits for what is unavailable can be cancelled.
func outsideCancelled(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) { return store.Outcome{}, state("57P03") })
	r.postponed(c, 2)
	_, err := r.Cancel(r.Context(), c.ID)
	r.must(err)
	if got := r.ended(c.ID); got.State != store.Cancelled {
		r.Errorf("check %+v", got)
	}
	r.counts()
}

// outsideFull: one that waits for what is unavailable has a place in the queue, and is
// there after a restart.
func outsideFull(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	stop := r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) { return store.Outcome{}, state("57P03") })
	r.postponed(c, 3)
	r.counts(store.QueueCount{County: "150123", Queued: 1})
	_, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, County: p.County}, store.Key{})
	r.is(err, store.ErrFull)
	stop()
	r.reopen()
	r.work(1, 0, fine)
	if got := r.ended(c.ID); got.State != store.Done || got.Attempt != 1 || got.Interrupted < 4 {
		r.Errorf("check %+v", got)
	}
}

// outsideFullOfCaller: one that waits for what is unavailable is one of its
// caller's that wait.
func outsideFullOfCaller(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) { return store.Outcome{}, state("57P03") })
	r.postponed(c, 2)
	_, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, By: c.By, Caller: c.Caller}, store.Key{})
	r.is(err, store.ErrNotOwner)
	_, created, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, By: c.By, Caller: "another"}, store.Key{})
	if err != nil || !created {
		r.Errorf("another's: %t, %v", created, err)
	}
}

// outsideStopping: a run that a transient failure ends just when its worker stops is no
// more than interrupted, whatever words it has for it.
func outsideStopping(r *fixture) {
	for _, end := range interruptions() {
		c := r.check(r.plan("150123", fmt.Sprint(end)))
		began := make(chan struct{})
		stop := r.work(1, 0, func(ctx context.Context, _ store.Task) (store.Outcome, error) {
			close(began)
			<-ctx.Done()
			return store.Outcome{}, end
		})
		r.wait("the run", began)
		stop()
		got, err := r.Check(r.Context(), c.ID)
		if err != nil || got.State != store.Queued || got.Attempt != 0 {
			r.Errorf("after %v the check is %+v, %v", end, got, err)
		}
		stop = r.work(1, 0, fine)
		if got := r.ended(c.ID); got.State != store.Done || got.Attempt != 1 {
			r.Errorf("after %v it ends as %+v", end, got)
		}
		stop()
	}
}
