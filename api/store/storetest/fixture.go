package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landcheck/api/store"
)

// patience with anything that should happen by itself.
const patience = 2 * time.Minute

// fixture is a store under test.
type fixture struct {
	*testing.T
	store.Store
	place Location
}

func newFixture(t *testing.T, p Location) *fixture {
	r := &fixture{T: t, place: p}
	r.use(p.Open(t))
	return r
}

// use takes a store, which is closed at the end.
func (r *fixture) use(s store.Store) {
	r.Store = s
	r.Cleanup(func() {
		if err := s.Close(); err != nil {
			r.Errorf("close: %v", err)
		}
	})
}

// reopen closes the store and opens it again.
func (r *fixture) reopen() {
	r.Helper()
	r.must(r.Store.Close())
	r.use(r.place.Open(r.T))
}

func (r *fixture) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *fixture) is(err, want error) {
	r.Helper()
	if !errors.Is(err, want) {
		r.Errorf("error %v, want %v", err, want)
	}
}

// same compares as users see things.
func (r *fixture) same(got, want any) {
	r.Helper()
	g, err := json.Marshal(got)
	r.must(err)
	w, err := json.Marshal(want)
	r.must(err)
	if string(g) != string(w) {
		r.Errorf("got  %s\nwant %s", g, w)
	}
}

// upload writes a package as the service receives it.
func (r *fixture) upload(text string) string {
	r.Helper()
	path := filepath.Join(r.TempDir(), "upload")
	r.must(os.WriteFile(path, []byte(text), 0o600))
	return path
}

// planOf describes a package, without adding it.
func planOf(county, text string) store.Plan {
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(county+text)))
	return store.Plan{
		ID: sum[:20], Digest: "sha256:" + sum, File: text + ".zip", Size: int64(len(text)), County: county,
		Code: county + "-" + text, Name: "示例镇全域土地综合整治（" + text + "）", Stage: "filing", Rulebook: "nmg-2025", By: "张三",
	}
}

// plan adds a package.
func (r *fixture) plan(county, text string) store.Plan {
	r.Helper()
	p, created, err := r.AddPlan(r.Context(), planOf(county, text), r.upload(text))
	r.must(err)
	if !created {
		r.Fatalf("plan %s was there", text)
	}
	return p
}

// check queues a check of a plan.
func (r *fixture) check(p store.Plan) store.Check {
	r.Helper()
	c, created, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID, County: p.County, By: "李四", Caller: "token:李四"}, store.Key{})
	r.must(err)
	if !created {
		r.Fatal("a check without a key is always new")
	}
	return c
}

// work runs checks until stop is called, which tells how Work ended.
func (r *fixture) work(n int, drain time.Duration, run store.Run) (stop func()) {
	ctx, cancel := context.WithCancel(r.Context())
	ended := make(chan error, 1)
	s := r.Store
	go func() { ended <- s.Work(ctx, n, drain, run) }()
	stopped := false
	stop = func() {
		r.Helper()
		cancel()
		if stopped {
			return
		}
		stopped = true
		select {
		case err := <-ended:
			if err != nil {
				r.Errorf("Work: %v", err)
			}
		case <-time.After(patience):
			r.Fatal("Work does not end")
		}
	}
	r.Cleanup(stop)
	return stop
}

// ended waits for a check's end.
func (r *fixture) ended(id string) store.Check {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	ch, err := r.Watch(ctx, id)
	r.must(err)
	var last store.Check
	for c := range ch {
		last = c
	}
	if !last.State.Ended() {
		r.Fatalf("check has not ended: %+v", last)
	}
	kept, err := r.Check(r.Context(), id)
	r.must(err)
	r.same(kept, last)
	return last
}

// until waits for something to come true.
func (r *fixture) until(what string, true func() bool) {
	r.Helper()
	for end := time.Now().Add(patience); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			r.Fatalf("never: %s", what)
		}
	}
}

// wait for a signal.
func (r *fixture) wait(what string, ch <-chan struct{}) {
	r.Helper()
	select {
	case <-ch:
	case <-time.After(patience):
		r.Fatalf("never: %s", what)
	}
}

// fine is a run without trouble.
func fine(context.Context, store.Task) (store.Outcome, error) {
	return store.Outcome{Verdict: "pass", BaseVersion: 1, Faces: 7, Findings: 2}, nil
}
