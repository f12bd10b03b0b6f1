package storetest

import (
	"context"
	"sync"

	"landcheck/api/store"
)

func slotTests() []test {
	return []test{
		{name: "last", run: slotLast},
		{name: "last of many floods", run: slotFloods},
		{name: "last by turns", run: slotTurns},
		{name: "last of two teams", run: slotTeams},
		{name: "end", run: slotEnd},
	}
}

// barrier holds every check that begins until it is let go.
type barrier struct {
	*fixture
	mutex sync.Mutex
	open  map[string]chan struct{} // by check that runs
	most  map[string]int           // at one time, by county
	now   map[string]int
}

func newBarrier(r *fixture) *barrier {
	return &barrier{fixture: r, open: map[string]chan struct{}{}, most: map[string]int{}, now: map[string]int{}}
}

func (d *barrier) run(ctx context.Context, t store.Task) (store.Outcome, error) {
	leave := make(chan struct{})
	county := t.Check.County
	d.mutex.Lock()
	d.open[t.Check.ID] = leave
	d.now[county]++
	d.most[county] = max(d.most[county], d.now[county])
	d.mutex.Unlock()
	defer func() {
		d.mutex.Lock()
		defer d.mutex.Unlock()
		d.now[county]--
		delete(d.open, t.Check.ID)
	}()
	select {
	case <-leave:
		return fine(ctx, t)
	case <-ctx.Done():
		return store.Outcome{}, ctx.Err()
	}
}

// begun waits until a check runs.
func (d *barrier) begun(c store.Check) {
	d.Helper()
	d.until("check "+c.ID+" of "+c.County+" begins", func() bool {
		d.mutex.Lock()
		defer d.mutex.Unlock()
		return d.open[c.ID] != nil
	})
}

// let one that runs end.
func (d *barrier) let(c store.Check) {
	d.Helper()
	d.mutex.Lock()
	close(d.open[c.ID])
	d.mutex.Unlock()
	d.ended(c.ID)
}

func (d *barrier) held(county string, most int) {
	d.Helper()
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.most[county] > most {
		d.Errorf("%s had %d at one time, want %d at most", county, d.most[county], most)
	}
}

// slotLast: one county's checks, however long, never hold the last slots; each
// other county's begins while they run, one after the other.
func slotLast(r *fixture) {
	d := newBarrier(r)
	flood, others := r.plan("150123", "flood"), []store.Plan{r.plan("150124", "a"), r.plan("320102", "b")}
	var long []store.Check
	for range 6 {
		long = append(long, r.check(flood))
	}
	r.work(2, 0, d.run)
	d.begun(long[0])
	d.begun(long[1])
	for range 2 {
		for _, p := range others {
			c := r.check(p)
			d.begun(c)
			r.counts(store.QueueCount{County: "150123", Queued: 4, Running: 2}, store.QueueCount{County: p.County, Running: 1})
			d.let(c)
		}
	}
	d.let(long[0])
	d.begun(long[2])
	d.held("150123", 2)
}

// slotFloods: counties that flood together, however many, leave a slot for one
// more, and what comes into that is never one of them.
func slotFloods(r *fixture) {
	d := newBarrier(r)
	counties := []string{"150123", "150124", "150125", "150126", "150127"}
	var floods []store.Check
	for i := range 15 {
		county := counties[i%5]
		if i < 5 {
			r.plan(county, "flood")
		}
		floods = append(floods, r.check(planOf(county, "flood")))
	}
	r.work(1, 0, d.run)
	for _, c := range floods[:3] {
		d.begun(c)
	}
	for _, county := range []string{"320102", "320103"} {
		p := r.plan(county, "other")
		for range 2 {
			c := r.check(p)
			d.begun(c)
			d.let(c)
		}
	}
	d.let(floods[0])
	d.begun(floods[3]) // they take turns among themselves
	for _, county := range counties {
		d.held(county, 1)
	}
}

// slotTurns: who came into a last slot goes on in it when the others are
// free, and then it is another slot that stays open.
func slotTurns(r *fixture) {
	d := newBarrier(r)
	first, second := r.plan("150123", "first"), r.plan("150124", "second")
	a := r.check(first)
	r.work(1, 0, d.run)
	d.begun(a)
	b, more, late := r.check(second), r.check(second), r.check(second)
	d.begun(b) // in a last slot
	d.let(a)
	again := r.check(first)
	d.begun(again) // not behind those that wait of the second county
	r.counts(store.QueueCount{County: "150123", Running: 1}, store.QueueCount{County: "150124", Queued: 2, Running: 1})
	d.let(b)
	d.begun(more) // a last slot again: none of its county is running
	d.let(again)
	d.let(more)
	d.begun(late)
	d.held("150124", 1)
}

// slotTeams: of several that work, each has last slots.
func slotTeams(r *fixture) {
	d := newBarrier(r)
	flood, other := r.plan("150123", "flood"), r.plan("150124", "other")
	for range 5 {
		r.check(flood)
	}
	r.work(1, 0, d.run)
	r.work(1, 0, d.run)
	r.counts(store.QueueCount{County: "150123", Queued: 3, Running: 2})
	c := r.check(other)
	d.begun(c)
	d.held("150123", 2)
}

// slotEnd: a check that may not have a last slot keeps its place in the
// queue when those who work stop, and is made by the next.
func slotEnd(r *fixture) {
	d := newBarrier(r)
	flood := r.plan("150123", "flood")
	first, second := r.check(flood), r.check(flood)
	stop := r.work(1, 0, d.run)
	d.begun(first)
	stop()
	r.counts(store.QueueCount{County: "150123", Queued: 2})
	r.work(1, 0, fine)
	for _, c := range []store.Check{first, second} {
		if got := r.ended(c.ID); got.State != store.Done || got.Attempt != 1 {
			r.Errorf("%s after %d attempts", got.State, got.Attempt)
		}
	}
}
