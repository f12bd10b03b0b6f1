package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"landcheck/api/store"
)

func runTests() []test {
	return []test{
		{name: "one", run: runOne},
		{name: "progress", run: runProgress},
		{name: "side by side", run: runSideBySide},
		{name: "two Works", run: runTwoWorkers},
		{name: "none", run: runNone},
		{name: "watched", run: runWatched},
	}
}

// runOne: what a run is told, and what is told of it.
func runOne(r *fixture) {
	p := r.plan("150123", "a")
	asked, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, Rulebook: "nmg-2025", Stage: "annual", BaseVersion: 3, Strict: true, SubProjects: []string{"ZXM-01", "ZXM-02"}, By: "李四"}, store.Key{})
	r.must(err)
	before := time.Now().Add(-time.Second)
	var task store.Task
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		task = t
		left, err := os.ReadDir(t.Dir)
		if err != nil || len(left) != 0 {
			r.Errorf("the directory holds %v, %v", left, err)
		}
		running, err := r.Check(r.Context(), t.Check.ID)
		if err != nil || running.State != store.Running {
			r.Errorf("meanwhile the check is %+v, %v", running, err)
		}
		t.Progress(5, 5)
		return store.Outcome{Verdict: "violations", BaseVersion: 4, Faces: 7, Findings: 2, Reservations: 3},
			os.WriteFile(filepath.Join(t.Dir, "report.json"), []byte("{}"), 0o600)
	})
	got := r.ended(asked.ID)

	want := asked
	want.State, want.Attempt = store.Running, 1
	want.Started = task.Check.Started
	r.same(task.Check, want)
	if !task.Check.Strict || len(task.Check.SubProjects) != 2 || task.Check.SubProjects[1] != "ZXM-02" {
		r.Errorf("what was asked for is lost: %+v", task.Check)
	}
	want.State, want.Verdict, want.BaseVersion, want.Faces, want.Findings, want.Reservations = store.Done, "violations", 4, 7, 2, 3
	want.Done, want.Total, want.Finished = 5, 5, got.Finished
	r.same(got, want)
	if got.Started == nil || got.Finished == nil || got.Started.Before(before) || got.Finished.Before(*got.Started) || got.Started.Location() != time.UTC {
		r.Errorf("from %v to %v", got.Started, got.Finished)
	}
	r.counts()
	r.reopen()
	kept, err := r.Check(r.Context(), asked.ID)
	r.must(err)
	r.same(kept, want)
}

// runProgress: watchers see how far a run is; it never goes back, whatever
// order it is told in.
func runProgress(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	news, err := r.Watch(ctx, c.ID)
	r.must(err)
	first := <-news // before anybody works
	seen := make(chan struct{})
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() { t.Progress(i+1, 100) })
		}
		all.Wait()
		t.Progress(3, 100)
		r.wait("40 of 100", seen)
		t.Progress(100, 100)
		return store.Outcome{}, nil
	})
	last, states := first, []store.State{first.State}
	told := false
	for c := range news {
		if c.Done < last.Done || c.Total < last.Total {
			r.Errorf("went back from %d/%d to %d/%d", last.Done, last.Total, c.Done, c.Total)
		}
		if states[len(states)-1] != c.State {
			states = append(states, c.State)
		}
		if c.Done == 40 && c.Total == 100 && !told {
			told = true
			close(seen)
		}
		last = c
	}
	if !told {
		close(seen)
		r.Error("nobody heard of 40 of 100")
	}
	r.same(states, []store.State{store.Queued, store.Running, store.Done})
	r.same([]int{last.Done, last.Total}, []int{100, 100})
}

// runSideBySide: n at a time, no more.
func runSideBySide(r *fixture) {
	const n = 3
	p := r.plan("150123", "a")
	var ids []string
	for range 3 * n {
		ids = append(ids, r.check(p).ID)
	}
	var mutex sync.Mutex
	var now, most int
	full := make(chan struct{})
	count := func(by int) {
		mutex.Lock()
		defer mutex.Unlock()
		if now += by; now > most {
			if most = now; most == n {
				close(full)
			}
		}
	}
	r.work(n, 0, func(context.Context, store.Task) (store.Outcome, error) {
		count(1)
		defer count(-1)
		r.wait("three at once", full)
		return store.Outcome{}, nil
	})
	for _, id := range ids {
		r.ended(id)
	}
	if mutex.Lock(); most != n {
		r.Errorf("%d at a time, want %d", most, n)
	}
	mutex.Unlock()
}

// runTwoWorkers: whoever works, each check is run once.
func runTwoWorkers(r *fixture) {
	var ids []string
	for _, county := range []string{"150123", "150124"} {
		p := r.plan(county, county)
		for range 15 {
			ids = append(ids, r.check(p).ID)
		}
	}
	var mutex sync.Mutex
	runs := map[string]int{}
	run := func(_ context.Context, t store.Task) (store.Outcome, error) {
		mutex.Lock()
		defer mutex.Unlock()
		runs[t.Check.ID]++
		return store.Outcome{}, nil
	}
	r.work(2, 0, run)
	r.work(2, 0, run)
	for _, id := range ids {
		if c := r.ended(id); c.State != store.Done || c.Attempt != 1 {
			r.Errorf("check %+v", c)
		}
	}
	mutex.Lock()
	defer mutex.Unlock()
	for _, id := range ids {
		if runs[id] != 1 {
			r.Errorf("check %s ran %d times", id, runs[id])
		}
	}
}

// runNone: a server without workers leaves the queue to others.
func runNone(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	stop := r.work(0, 0, fine)
	time.Sleep(100 * time.Millisecond)
	got, err := r.Check(r.Context(), c.ID)
	r.must(err)
	r.same(got, c)
	stop()
}

// runWatched: however many look at a check while it is taken up, its one run
// goes through: nobody takes what the check was for what became of it.
func runWatched(r *fixture) {
	p := r.plan("150123", "a")
	r.work(1, 0, func(ctx context.Context, _ store.Task) (store.Outcome, error) {
		select {
		case <-ctx.Done():
			r.Errorf("a run is told to stop: %v", context.Cause(ctx))
		case <-time.After(10 * time.Millisecond):
		}
		return store.Outcome{}, nil
	})
	for range 30 {
		c := r.check(p)
		ctx, leave := context.WithCancel(r.Context())
		var watchers sync.WaitGroup
		for range 4 {
			watchers.Go(func() {
				for ctx.Err() == nil {
					once, enough := context.WithTimeout(ctx, time.Millisecond)
					if news, err := r.Watch(once, c.ID); err == nil {
						for range news {
						}
					}
					enough()
				}
			})
		}
		ended := r.ended(c.ID)
		leave()
		watchers.Wait()
		if ended.State != store.Done || ended.Attempt != 1 {
			r.Fatalf("check %+v", ended)
		}
	}
}
