package storetest

import (
	"context"
	"os"
	"path/filepath"

	"landcheck/api/store"
)

func cancelTests() []test {
	return []test{
		{name: "waiting", run: cancelWaiting},
		{name: "running", run: cancelRunning},
		{name: "deaf run", run: cancelIgnored},
		{name: "done", run: cancelDone},
	}
}

func cancelWaiting(r *fixture) {
	p := r.plan("150123", "a")
	never, other := r.check(p), r.check(p)
	got, err := r.Cancel(r.Context(), never.ID)
	r.must(err)
	if got.State != store.Cancelled || got.Finished == nil || got.Started != nil || got.Attempt != 0 {
		r.Errorf("cancelled %+v", got)
	}
	r.same(r.ended(never.ID), got)
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID == never.ID {
			r.Error("a cancelled check runs")
		}
		return store.Outcome{}, nil
	})
	r.ended(other.ID)
	again, err := r.Cancel(r.Context(), never.ID)
	r.is(err, store.ErrFinished)
	r.same(again, got)
	_, err = r.Cancel(r.Context(), "00000000-0000-7000-8000-000000000000")
	r.is(err, store.ErrNotFound)
	r.reopen()
	kept, err := r.Check(r.Context(), never.ID)
	r.must(err)
	r.same(kept, got)
}

// cancelRunning: the run hears of it, and nothing that it leaves counts.
func cancelRunning(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	began, heard := make(chan struct{}), make(chan struct{})
	r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID != c.ID {
			return store.Outcome{}, nil
		}
		t.Progress(1, 2)
		close(began)
		<-ctx.Done()
		close(heard)
		return store.Outcome{Verdict: "compliant", Faces: 3}, os.WriteFile(filepath.Join(t.Dir, "late"), []byte("late"), 0o600)
	})
	r.wait("the run", began)
	got, err := r.Cancel(r.Context(), c.ID)
	r.must(err)
	if got.State != store.Cancelled || got.Finished == nil {
		r.Errorf("cancelled %+v", got)
	}
	r.wait("the run hears of it", heard)
	next := r.check(p) // the worker is free again, so the first run is over
	r.ended(next.ID)
	kept, err := r.Check(r.Context(), c.ID)
	r.must(err)
	r.same(kept, got)
	if kept.Verdict != "" || kept.Faces != 0 {
		r.Errorf("what the run left counts: %+v", kept)
	}
	_, err = r.Artifact(r.Context(), c.ID, "late")
	r.is(err, store.ErrNotFound)
	r.counts()
}

// cancelIgnored: a run that does not listen is over for everybody else at once.
func cancelIgnored(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	began, release := make(chan struct{}), make(chan struct{})
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID == c.ID {
			close(began)
			<-release
			t.Progress(7, 7)
		}
		return store.Outcome{Verdict: "compliant"}, nil
	})
	r.wait("the run", began)
	got, err := r.Cancel(r.Context(), c.ID)
	r.must(err)
	r.same(r.ended(c.ID), got)
	close(release)
	r.ended(r.check(p).ID)
	kept, err := r.Check(r.Context(), c.ID)
	r.must(err)
	r.same(kept, got)
}

func cancelDone(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		return store.Outcome{Verdict: "compliant"}, os.WriteFile(filepath.Join(t.Dir, "x"), []byte("x"), 0o600)
	})
	done := r.ended(c.ID)
	got, err := r.Cancel(r.Context(), c.ID)
	r.is(err, store.ErrFinished)
	r.same(got, done)
	r.artifact(c.ID, "x", "x")
}
