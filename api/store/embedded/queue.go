package embedded

import "slices"

// queue is the checks that wait, by county. The next one is of the county that
// has the fewest running, and of those the one that was served longest ago: a
// county that brings one check waits for a free worker, not for the backlog of
// another.
type queue struct {
	waiting map[string][]string // county → ids, first come first
	running map[string]int
	served  map[string]int // turn of the last check that began
	turn    int
	paused  map[string]string // id → county: those that wait for what was unavailable
}

func newQueue() *queue {
	return &queue{waiting: map[string][]string{}, running: map[string]int{}, served: map[string]int{}, paused: map[string]string{}}
}

func (q *queue) push(county, id string) {
	q.waiting[county] = append(q.waiting[county], id)
}

// pushBack is for a check that was begun in vain.
func (q *queue) pushBack(county, id string) {
	q.waiting[county] = slices.Insert(q.waiting[county], 0, id)
}

// pause keeps a check from running until resume, unless it is removed before.
func (q *queue) pause(county, id string) { q.paused[id] = county }

// resume is for a check that was paused; it waits again, ahead of its county's
// others. False where it no longer waits.
func (q *queue) resume(id string) bool {
	county, ok := q.paused[id]
	if ok {
		delete(q.paused, id)
		q.pushBack(county, id)
	}
	return ok
}

// waits counts the checks of a county that wait, those that are paused as well.
func (q *queue) waits(county string) int {
	n := len(q.waiting[county])
	for _, c := range q.paused {
		if c == county {
			n++
		}
	}
	return n
}

// pop takes the next check and counts it as running until done. For the last
// place it is of a county of which none is running.
func (q *queue) pop(last bool) (id string, ok bool) {
	var next string
	for county := range q.waiting {
		if last && q.running[county] > 0 {
			continue
		}
		if !ok || q.before(county, next) {
			next, ok = county, true
		}
	}
	if !ok {
		return "", false
	}
	id = q.waiting[next][0]
	q.drop(next, 0)
	q.turn++
	q.served[next] = q.turn
	q.running[next]++
	return id, true
}

func (q *queue) before(a, b string) bool {
	if x, y := q.running[a], q.running[b]; x != y {
		return x < y
	}
	if x, y := q.served[a], q.served[b]; x != y {
		return x < y
	}
	return a < b
}

// done ends what pop began.
func (q *queue) done(county string) {
	if q.running[county]--; q.running[county] == 0 {
		delete(q.running, county)
	}
}

// remove takes a check out that waits.
func (q *queue) remove(county, id string) {
	delete(q.paused, id)
	if i := slices.Index(q.waiting[county], id); i >= 0 {
		q.drop(county, i)
	}
}

func (q *queue) drop(county string, i int) {
	q.waiting[county] = slices.Delete(q.waiting[county], i, i+1)
	if len(q.waiting[county]) == 0 {
		delete(q.waiting, county)
	}
}
