package embedded

import (
	"cmp"
	"maps"

	"landcheck/api/store"
)

// share is what a county, or a caller in it, has had, and what it waits for.
type share struct {
	running int
	turn    int    // of the last check of it that began; 0: none yet
	next    string // the check that it waits for
}

// before tells whose turn it is: whoever has the fewest running, of those whoever
// was served longest ago, of those whoever came first.
func (a share) before(b share) bool {
	return cmp.Or(cmp.Compare(a.running, b.running), cmp.Compare(a.turn, b.turn), cmp.Compare(a.next, b.next)) < 0
}

func first(shares map[string]share) (name string, ok bool) {
	for n, s := range shares {
		if !ok || s.before(shares[name]) {
			name, ok = n, true
		}
	}
	return name, ok
}

// pop takes the check whose turn it is, of the counties that may have the place,
// and counts it as running until done.
func (q *queue) pop(place store.Slot) (id string, ok bool) {
	county, ok := first(q.counties(place))
	if !ok {
		return "", false
	}
	caller, _ := first(q.callers(county))
	l := line{county, caller}
	id = q.waiting[county][caller][0]
	q.drop(l, 0)
	q.turns++
	q.ofCounty[county] = share{running: q.ofCounty[county].running + 1, turn: q.turns}
	q.ofCaller[l] = share{running: q.ofCaller[l].running + 1, turn: q.turns}
	return id, true
}

// done ends what pop began.
func (q *queue) done(c store.Check) {
	county, caller := q.ofCounty[c.County], q.ofCaller[lineOf(c)]
	county.running--
	caller.running--
	q.ofCounty[c.County], q.ofCaller[lineOf(c)] = county, caller
	if county.running == 0 && len(q.waiting[c.County]) == 0 {
		q.forget(c.County)
	}
}

// forget ends the turns of an idle county's callers: there may be many in time.
func (q *queue) forget(county string) {
	maps.DeleteFunc(q.ofCaller, func(l line, _ share) bool { return l.county == county })
}

// counties are those that wait and may have a place.
func (q *queue) counties(place store.Slot) map[string]share {
	shares := map[string]share{}
	for county, callers := range q.waiting {
		s, waiting := q.ofCounty[county], 0
		for _, ids := range callers {
			if s.next == "" || ids[0] < s.next {
				s.next = ids[0]
			}
			waiting += len(ids)
		}
		if place == store.AnySlot || s.running == 0 && (place == store.IdleSlot || waiting == 1) {
			shares[county] = s
		}
	}
	return shares
}

// callers are those of a county that wait.
func (q *queue) callers(county string) map[string]share {
	shares := map[string]share{}
	for caller, ids := range q.waiting[county] {
		s := q.ofCaller[line{county, caller}]
		s.next = ids[0]
		shares[caller] = s
	}
	return shares
}
