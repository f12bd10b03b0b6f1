package embedded

import (
	"slices"

	"landcheck/api/store"
)

// queue is the checks that wait, by county and caller. The next one is of the
// county that has the fewest running, and of those the one that was served
// longest ago; within the county the same holds for its callers. Who brings one
// check waits for a free worker, not for the backlog of another.
type queue struct {
	waiting  map[string]map[string][]string // county → caller → ids, first come first
	paused   map[string]line                // id → whose: those that wait for what was unavailable
	turns    int                            // so far
	ofCounty map[string]share
	ofCaller map[line]share
}

// line is whose checks come first come, first served.
type line struct{ county, caller string }

func lineOf(c store.Check) line { return line{c.County, c.Caller} }

func newQueue() *queue {
	return &queue{waiting: map[string]map[string][]string{}, paused: map[string]line{},
		ofCounty: map[string]share{}, ofCaller: map[line]share{}}
}

func (q *queue) push(c store.Check) { q.insert(lineOf(c), -1, c.ID) }

// pushBack is for a check that was begun in vain.
func (q *queue) pushBack(c store.Check) { q.insert(lineOf(c), 0, c.ID) }

// insert puts a check into a line, at the end with -1.
func (q *queue) insert(l line, at int, id string) {
	callers := q.waiting[l.county]
	if callers == nil {
		callers = map[string][]string{}
		q.waiting[l.county] = callers
	}
	if at < 0 {
		at = len(callers[l.caller])
	}
	callers[l.caller] = slices.Insert(callers[l.caller], at, id)
}

// pause keeps a check from running until resume, unless it is removed before.
func (q *queue) pause(c store.Check) { q.paused[c.ID] = lineOf(c) }

// resume is for a check that was paused; it waits again, ahead of its caller's
// others. False where it no longer waits.
func (q *queue) resume(id string) bool {
	l, ok := q.paused[id]
	if ok {
		delete(q.paused, id)
		q.insert(l, 0, id)
	}
	return ok
}

// remove takes a check out that waits.
func (q *queue) remove(c store.Check) {
	delete(q.paused, c.ID)
	l := lineOf(c)
	if i := slices.Index(q.waiting[l.county][l.caller], c.ID); i >= 0 {
		q.drop(l, i)
	}
}

func (q *queue) drop(l line, i int) {
	callers := q.waiting[l.county]
	if callers[l.caller] = slices.Delete(callers[l.caller], i, i+1); len(callers[l.caller]) == 0 {
		delete(callers, l.caller)
	}
	if len(callers) == 0 {
		delete(q.waiting, l.county)
	}
}

// waits counts the checks that wait of some lines, those that are paused as well.
func (q *queue) waits(of func(line) bool) (n int) {
	for county, callers := range q.waiting {
		for caller, ids := range callers {
			if of(line{county, caller}) {
				n += len(ids)
			}
		}
	}
	for _, l := range q.paused {
		if of(l) {
			n++
		}
	}
	return n
}

// counts are the checks that wait and run, by county.
func (q *queue) counts() map[string]store.QueueCount {
	counts := map[string]store.QueueCount{}
	add := func(county string, queued, running int) {
		n := counts[county]
		counts[county] = store.QueueCount{County: county, Queued: n.Queued + queued, Running: n.Running + running}
	}
	for county, callers := range q.waiting {
		for _, ids := range callers {
			add(county, len(ids), 0)
		}
	}
	for _, l := range q.paused {
		add(l.county, 1, 0)
	}
	for county, s := range q.ofCounty {
		if s.running > 0 {
			add(county, 0, s.running)
		}
	}
	return counts
}
