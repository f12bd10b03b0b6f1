package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"landcheck/api/store"
)

func manyTests() []test {
	return []test{
		{name: "checks", run: manyChecks},
		{name: "uploads of one plan", run: manyUploads},
		{name: "requests with one key", run: manyKeys},
		{name: "requests for the last place in the queue", config: Config{QueueLimit: 5}, run: manyForOnePlace},
	}
}

// manyChecks: asked for, run, failed and cancelled by many at once, each ends
// once and as it should.
func manyChecks(r *fixture) {
	const counties, each = 6, 12
	kind := func(c store.Check) int { return int(c.ID[len(c.ID)-1]) % 4 }
	var mutex sync.Mutex
	succeeded := map[string]int{}
	run := func(ctx context.Context, t store.Task) (store.Outcome, error) {
		switch {
		case kind(t.Check) == 1 && t.Check.Attempt < 2:
			return store.Outcome{}, errors.New("once")
		case kind(t.Check) == 2:
			return store.Outcome{}, fmt.Errorf("always")
		}
		t.Progress(1, 1)
		err := os.WriteFile(filepath.Join(t.Dir, "who"), []byte(t.Check.ID), 0o600)
		mutex.Lock()
		defer mutex.Unlock()
		succeeded[t.Check.ID]++
		return store.Outcome{Verdict: "compliant"}, err
	}
	stop := []func(){r.work(3, patience, run), r.work(2, patience, run)}
	checks := make([][]store.Check, counties)
	cancelled := make([]map[string]bool, counties)
	var all sync.WaitGroup
	for i := range counties {
		p := r.plan(fmt.Sprintf("1501%02d", i), fmt.Sprint(i))
		cancelled[i] = map[string]bool{}
		all.Go(func() {
			for k := range each {
				c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, store.Key{})
				if err != nil {
					r.Error(err)
					return
				}
				checks[i] = append(checks[i], c)
				if k%5 == 4 {
					_, err := r.Cancel(r.Context(), c.ID)
					if err != nil && !errors.Is(err, store.ErrFinished) {
						r.Error(err)
					}
					cancelled[i][c.ID] = err == nil
				}
			}
		})
	}
	all.Wait()
	for i := range counties {
		for _, c := range checks[i] {
			got := r.ended(c.ID)
			want, attempts := store.Done, 1
			switch {
			case cancelled[i][c.ID]:
				want, attempts = store.Cancelled, got.Attempt
			case kind(c) == 1:
				attempts = 2
			case kind(c) == 2:
				want, attempts = store.Failed, store.MaxAttempts
			}
			if got.State != want || got.Attempt != attempts {
				r.Errorf("%s after %d attempts, want %s after %d", got.State, got.Attempt, want, attempts)
			}
			if want == store.Done {
				r.artifact(c.ID, "who", c.ID)
			}
			if mutex.Lock(); succeeded[c.ID] > 1 || want == store.Done && succeeded[c.ID] != 1 {
				r.Errorf("check %s succeeded %d times", c.ID, succeeded[c.ID])
			}
			mutex.Unlock()
		}
	}
	r.counts()
	for _, s := range stop {
		s()
	}
}

func manyUploads(r *fixture) {
	var all sync.WaitGroup
	made := make(chan bool, 8)
	for range cap(made) {
		path := r.upload("text")
		all.Go(func() {
			_, created, err := r.AddPlan(r.Context(), planOf("150123", "text"), path)
			if err != nil {
				r.Error(err)
			}
			made <- created
		})
	}
	all.Wait()
	close(made)
	n := 0
	for created := range made {
		if created {
			n++
		}
	}
	if n != 1 {
		r.Errorf("made %d times", n)
	}
	p, err := r.Plan(r.Context(), planOf("150123", "text").ID)
	r.must(err)
	r.packaged(p, "text")
}

func manyKeys(r *fixture) {
	p := r.plan("150123", "a")
	var all sync.WaitGroup
	ids := make(chan string, 8)
	for range cap(ids) {
		all.Go(func() {
			c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, store.Key{Caller: "甲", Value: "k", Request: "r"})
			if err != nil {
				r.Error(err)
			}
			ids <- c.ID
		})
	}
	all.Wait()
	close(ids)
	first := <-ids
	for id := range ids {
		if id != first {
			r.Errorf("one key gave %s and %s", first, id)
		}
	}
	r.counts(store.QueueCount{County: "150123", Queued: 1})
}

func manyForOnePlace(r *fixture) {
	p := r.plan("150123", "a")
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			if _, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, store.Key{}); err != nil && !errors.Is(err, store.ErrFull) {
				r.Error(err)
			}
		})
	}
	all.Wait()
	r.counts(store.QueueCount{County: "150123", Queued: 5})
}
