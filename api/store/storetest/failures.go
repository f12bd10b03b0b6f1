package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
)

func failTests() []test {
	return []test{
		{name: "tried again", run: failAgain},
		{name: "given up", run: failForGood},
		{name: "fault", run: failInputError},
		{name: "panic", run: failPanic},
		{name: "others go on", run: failOthers},
	}
}

// failAgain: a failed run is tried again, and nothing of it counts.
func failAgain(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	var attempts []int
	r.work(2, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		attempts = append(attempts, t.Check.Attempt)
		if left, err := os.ReadDir(t.Dir); err != nil || len(left) > 0 {
			r.Errorf("attempt %d begins with %v, %v", t.Check.Attempt, left, err)
		}
		if t.Check.Done != 0 || t.Check.Total != 0 {
			r.Errorf("attempt %d begins at %d of %d", t.Check.Attempt, t.Check.Done, t.Check.Total)
		}
		name := fmt.Sprintf("attempt-%d", t.Check.Attempt)
		if err := os.WriteFile(filepath.Join(t.Dir, name), []byte(name), 0o600); err != nil {
			return store.Outcome{}, err
		}
		time.Sleep(20 * time.Millisecond) // the attempt before tidies up no later than this one begins
		if _, err := os.Stat(filepath.Join(t.Dir, name)); err != nil {
			r.Errorf("attempt %d loses what it wrote: %v", t.Check.Attempt, err)
		}
		if t.Check.Attempt < store.MaxAttempts {
			t.Progress(9, 10)
			return store.Outcome{Verdict: "violations", Faces: 99}, errors.New("the disk was full")
		}
		t.Progress(2, 2)
		return store.Outcome{Verdict: "compliant", Faces: 1}, nil
	})
	begun := time.Now()
	got := r.ended(c.ID)
	r.same(attempts, []int{1, 2, 3})
	if got.State != store.Done || got.Attempt != 3 || got.Verdict != "compliant" || got.Faces != 1 || got.Problem != nil || got.Done != 2 || got.Total != 2 {
		r.Errorf("check %+v", got)
	}
	if took := time.Since(begun); took > 16*time.Second { // the least that a queue's growing pauses come to
		r.Errorf("two retries took %v", took)
	}
	r.artifact(c.ID, "attempt-3", "attempt-3")
	for _, name := range []string{"attempt-1", "attempt-2"} {
		_, err := r.Artifact(r.Context(), c.ID, name)
		r.is(err, store.ErrNotFound)
	}
	r.counts()
}

// failForGood: after MaxAttempts it has failed, in words that keep our secrets.
func failForGood(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	runs := 0
	stop := r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		runs++
		return store.Outcome{Verdict: "compliant"}, errors.Join(errors.New("password=hunter2"), os.WriteFile(filepath.Join(t.Dir, "x"), nil, 0o600))
	})
	got := r.ended(c.ID)
	time.Sleep(50 * time.Millisecond)
	stop()
	if runs != store.MaxAttempts || got.State != store.Failed || got.Attempt != store.MaxAttempts || got.Verdict != "" || got.Finished == nil {
		r.Errorf("after %d runs %+v", runs, got)
	}
	r.same(got.Problem, store.ProblemOf(errors.New("anything")))
	if got.Problem == nil || got.Problem.Fault || strings.Contains(fmt.Sprintf("%+v", *got.Problem), "hunter2") {
		r.Errorf("problem %+v", got.Problem)
	}
	_, err := r.Artifact(r.Context(), c.ID, "x")
	r.is(err, store.ErrNotFound)
	_, err = r.Cancel(r.Context(), c.ID)
	r.is(err, store.ErrFinished)
	r.reopen()
	kept, err := r.Check(r.Context(), c.ID)
	r.must(err)
	r.same(kept, got)
}

// failInputError: what is wrong with the input is wrong the next time as well.
func failInputError(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	inputErr := &geo.InputError{File: "plan.zip!ZZQY.shp", Record: 7, Field: "DLBM", Message: geo.Text{ZH: "坏了", EN: "it is broken"}, Advice: geo.Text{ZH: "修", EN: "mend it"}}
	runs := 0
	r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) {
		runs++
		return store.Outcome{}, fmt.Errorf("reading: %w", inputErr)
	})
	got := r.ended(c.ID)
	if runs != 1 || got.State != store.Failed || got.Attempt != 1 {
		r.Errorf("after %d runs %+v", runs, got)
	}
	r.same(got.Problem, &store.Problem{Fault: true, File: inputErr.File, Record: 7, Field: "DLBM", Detail: inputErr.Message, Advice: inputErr.Advice})
}

// failPanic: a bug in a check takes nobody down with it.
func failPanic(r *fixture) {
	p := r.plan("150123", "a")
	bad, good := r.check(p), r.check(p)
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID == bad.ID {
			var none *store.Check
			_ = none.ID
		}
		return store.Outcome{Verdict: "compliant"}, nil
	})
	if got := r.ended(bad.ID); got.State != store.Failed || got.Attempt != store.MaxAttempts || got.Problem == nil || got.Problem.Fault {
		r.Errorf("check %+v", got)
	}
	if got := r.ended(good.ID); got.State != store.Done {
		r.Errorf("the other check %+v", got)
	}
}

// failOthers: one that fails again and again does not hold up the others.
func failOthers(r *fixture) {
	p := r.plan("150123", "a")
	bad := r.check(p)
	var ids []string
	for range 10 {
		ids = append(ids, r.check(p).ID)
	}
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID == bad.ID {
			return store.Outcome{}, errors.New("no")
		}
		return store.Outcome{}, nil
	})
	for _, id := range append(ids, bad.ID) {
		r.ended(id)
	}
	r.counts()
}
