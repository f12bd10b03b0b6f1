package storetest

import (
	"context"
	"sync"
	"time"

	"landcheck/api/store"
)

func watchTests() []test {
	return []test{
		{name: "to the end", run: watchToTheEnd},
		{name: "left early", run: watchLeft},
		{name: "slow reader", run: watchSlow},
		{name: "closed", run: watchClosed},
	}
}

// next takes the next state that a watcher is told.
func (r *fixture) next(news <-chan store.Check) (c store.Check, ok bool) {
	r.Helper()
	select {
	case c, ok = <-news:
	case <-time.After(patience):
		r.Fatal("a watcher is told nothing")
	}
	return c, ok
}

func watchToTheEnd(r *fixture) {
	_, err := r.Watch(r.Context(), "00000000-0000-7000-8000-000000000000")
	r.is(err, store.ErrNotFound)
	c := r.check(r.plan("150123", "a"))
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	var all []<-chan store.Check
	for range 20 {
		news, err := r.Watch(ctx, c.ID)
		r.must(err)
		first, ok := r.next(news)
		if !ok {
			r.Fatal("closed at once")
		}
		r.same(first, c)
		all = append(all, news)
	}
	r.work(1, 0, fine)
	done := r.ended(c.ID)
	for _, news := range all {
		var last store.Check
		for c, ok := r.next(news); ok; c, ok = r.next(news) {
			last = c
		}
		r.same(last, done)
	}
	news, err := r.Watch(ctx, c.ID) // after the end: once, then closed
	r.must(err)
	only, ok := r.next(news)
	r.same(only, done)
	if _, more := r.next(news); !ok || more {
		r.Error("a check that has ended goes on")
	}
}

// watchLeft: who leaves is not told more, and holds up nobody.
func watchLeft(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	var leave []context.CancelFunc
	var all []<-chan store.Check
	for range 10 {
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		news, err := r.Watch(ctx, c.ID)
		r.must(err)
		leave, all = append(leave, cancel), append(all, news)
	}
	for i, news := range all[:9] {
		leave[i]()
		for _, ok := r.next(news); ok; _, ok = r.next(news) {
		}
	}
	r.work(1, 0, fine)
	var last store.Check
	for c, ok := r.next(all[9]); ok; c, ok = r.next(all[9]) {
		last = c
	}
	if last.State != store.Done {
		r.Errorf("who stayed heard last of %+v", last)
	}
}

// watchSlow: who does not read misses what was between, never the end.
func watchSlow(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	news, err := r.Watch(r.Context(), c.ID)
	r.must(err)
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() { t.Progress(i, 200) })
		}
		all.Wait()
		return store.Outcome{}, nil
	})
	done := r.ended(c.ID)
	time.Sleep(50 * time.Millisecond)
	n := 0
	var last store.Check
	for c, ok := r.next(news); ok; c, ok = r.next(news) {
		last, n = c, n+1
	}
	r.same(last, done)
	if n > 10 {
		r.Errorf("%d states were kept for a reader that did not read", n)
	}
}

// watchClosed: a store that closes lets its watchers go.
func watchClosed(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	news, err := r.Watch(r.Context(), c.ID)
	r.must(err)
	r.must(r.Close())
	for _, ok := r.next(news); ok; _, ok = r.next(news) {
	}
	if _, err := r.Watch(r.Context(), c.ID); err == nil {
		r.Error("a closed store can be watched")
	}
}
