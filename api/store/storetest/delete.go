package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"landcheck/api/store"
)

// keepingDeleted: a plan goes with everything but its entry, also after a
// restart; other plans stay, and it may come again.
func keepingDeleted(r *fixture) {
	p, other := r.plan("150123", "a"), r.plan("150124", "a")
	checks := []store.Check{r.done(p), r.done(p)}
	others := []store.Check{r.done(other)}
	key := store.Key{Caller: "token:1", Value: "k", Request: "r"}
	keyed, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, key)
	r.must(err)
	news, err := r.Watch(r.Context(), keyed.ID)
	r.must(err)
	last := <-news // what is deleted before it was read is never seen
	r.must(r.DeletePlan(r.Context(), p.ID, store.Entry{Who: "王工", What: "delete", Reason: "重复上传", Request: "r1"}))
	for c := range news {
		last = c
	}
	if last.ID != keyed.ID {
		r.Errorf("the watcher saw %+v", last)
	}
	gone := append(checks, keyed)
	for range 2 {
		if r.whole(p, gone) || !r.whole(other, others) {
			r.Error("the other plan went, or this one did not")
		}
		entries := r.deletions("delete", p.ID)
		if len(entries) != 1 || entries[0].Who != "王工" || entries[0].Reason != "重复上传" || entries[0].Digest != p.Digest || entries[0].County != p.County || entries[0].Request != "r1" {
			r.Errorf("entries %+v", entries)
		}
		plans, err := r.ListPlans(r.Context(), store.Query{})
		r.must(err)
		list, err := r.ListChecks(r.Context(), store.Query{})
		r.must(err)
		if len(plans) != 1 || len(list) != 1 {
			r.Errorf("%d plans, %d checks", len(plans), len(list))
		}
		r.counts()
		r.is(r.DeletePlan(r.Context(), p.ID, store.Entry{}), store.ErrNotFound)
		r.reopen()
	}
	again := r.plan("150123", "a")
	c, created, err := r.AddCheck(r.Context(), store.Check{Plan: again.ID}, key)
	if err != nil || !created || c.ID == keyed.ID {
		r.Errorf("the key of a deleted check gives %+v, %t, %v", c, created, err)
	}
}

// keepingDeletedRunning: a run of a deleted plan is told to stop, who watches is
// told that it was cancelled, and nothing that the run leaves is kept.
func keepingDeletedRunning(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	began, told := make(chan struct{}), make(chan struct{})
	r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID != c.ID {
			return fine(ctx, t)
		}
		close(began)
		<-ctx.Done()
		close(told)
		return store.Outcome{Verdict: "late"}, nil
	})
	r.wait("the run", began)
	news, err := r.Watch(r.Context(), c.ID)
	r.must(err)
	last := <-news // it is being watched
	r.must(r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"}))
	r.wait("the run's end", told)
	for now := range news {
		last = now
	}
	if last.State != store.Cancelled {
		r.Errorf("the watcher was last told of %+v", last)
	}
	next := r.plan("150123", "b") // the worker goes on
	r.ended(r.check(next).ID)
	r.whole(p, []store.Check{c})
	r.counts()
}

// keepingDeletedWaiting: a check that waits for what is unavailable goes with its
// plan; nothing of it comes back when its time is over, nor with the same bytes.
func keepingDeletedWaiting(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	stop := r.work(1, 0, func(context.Context, store.Task) (store.Outcome, error) { return store.Outcome{}, state("57P03") })
	r.postponed(c, 1)
	r.must(r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"}))
	stop()
	r.whole(p, []store.Check{c})
	r.counts()
	next := r.check(r.plan("150123", "a"))
	var mutex sync.Mutex
	var ran []string
	stop = r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		mutex.Lock()
		defer mutex.Unlock()
		ran = append(ran, t.Check.ID)
		return store.Outcome{Verdict: "compliant"}, nil
	})
	if got := r.ended(next.ID); got.State != store.Done || got.Attempt != 1 {
		r.Errorf("the next check is %+v", got)
	}
	stop()
	r.same(ran, []string{next.ID})
	r.counts()
}

// keepingAtOnce: uploads, checks, downloads and deletions of one plan at a time
// get along: each either has the plan or not.
func keepingAtOnce(r *fixture) {
	p := planOf("150123", "a")
	r.work(2, 0, whole)
	var group sync.WaitGroup
	var mutex sync.Mutex
	deleted := 0
	fair := func(err error) bool {
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			r.Error(err)
		}
		return err == nil
	}
	for i := range 6 {
		paths := make([]string, 15)
		for k := range paths {
			paths[k] = r.upload("a")
		}
		group.Go(func() {
			for k, path := range paths {
				if _, _, err := r.AddPlan(r.Context(), p, path); err != nil {
					r.Error(err)
				}
				c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, store.Key{Caller: "c", Value: fmt.Sprint(k % 3), Request: "r"})
				if fair(err) && i%2 == 0 {
					_, err := r.Cancel(r.Context(), c.ID)
					if !errors.Is(err, store.ErrFinished) {
						fair(err)
					}
				}
				if path, release, err := r.Package(r.Context(), p.ID); fair(err) {
					if _, err := os.ReadFile(path); err != nil && !errors.Is(err, os.ErrNotExist) {
						r.Error(err)
					}
					release()
				}
				if i%2 == 1 && fair(r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"})) {
					mutex.Lock()
					deleted++
					mutex.Unlock()
				}
			}
		})
	}
	group.Wait()
	if n := len(r.deletions("delete", p.ID)); n != deleted || n == 0 {
		r.Errorf("%d deletions, %d entries", deleted, n)
	}
	err := r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"})
	fair(err)
	list, err := r.ListChecks(r.Context(), store.Query{})
	r.must(err)
	if r.counts(); len(list) > 0 {
		r.Errorf("without their plan there are %+v", list)
	}
}
