package storetest

import (
	"slices"

	"landcheck/api/store"

	"pgregory.net/rapid"
)

// Turns is what a store makes its checks by, without running them.
type Turns interface {
	Add(county, caller string) (id string)
	Take(place store.Slot) (id string, ok bool)
	End(id string)
}

// line is whose checks come first come, first served; caller "" stands for all of
// the county.
type line struct{ county, caller string }

// TurnsAreFair: with random arrivals and ends, for a worker of any size,
//
//   - no caller of whom none is running waits for more than one check of each
//     other caller of the county;
//   - no county of which none is running waits for more than one check of each
//     other county;
//   - one caller's checks of a county come first come, first served;
//   - no place stays free that one who waits may have, and the additional places are
//     of counties of which none is running, the last of one that has one waiting.
func TurnsAreFair(t *rapid.T, turns Turns) {
	f := &fairness{T: t, turns: turns, n: rapid.IntRange(1, 3).Draw(t, "workers"),
		waiting: map[string]line{}, running: map[string]line{}, passed: map[line]map[line]int{}}
	county, caller := rapid.SampledFrom([]string{"150123", "150124", "150125", "320102", "320103"}), rapid.SampledFrom([]string{"甲", "乙", "丙"})
	for range rapid.IntRange(1, 40).Draw(t, "steps") {
		switch rapid.IntRange(0, 3).Draw(t, "step") {
		case 0:
			f.arrive(county.Draw(t, "county"), caller.Draw(t, "caller"), rapid.IntRange(2, 9).Draw(t, "flood"))
		case 1:
			f.arrive(county.Draw(t, "county"), caller.Draw(t, "caller"), 1)
		default:
			f.end()
		}
		f.fill()
	}
	for len(f.order) > 0 {
		f.end()
		f.fill()
	}
	if len(f.waiting) > 0 {
		t.Fatalf("%d checks wait for ever", len(f.waiting))
	}
}

type fairness struct {
	*rapid.T
	turns   Turns
	n       int // workers
	waiting map[string]line
	running map[string]line
	order   []string              // ids of those that run
	passed  map[line]map[line]int // who waits → whose checks went before
}

func (f *fairness) arrive(county, caller string, checks int) {
	for range checks {
		f.waiting[f.turns.Add(county, caller)] = line{county, caller}
	}
}

func (f *fairness) end() {
	if len(f.order) == 0 {
		return
	}
	i := rapid.IntRange(0, len(f.order)-1).Draw(f.T, "end")
	f.turns.End(f.order[i])
	delete(f.running, f.order[i])
	f.order = slices.Delete(f.order, i, i+1)
}

// fill has all places taken that may be.
func (f *fairness) fill() {
	for len(f.running) < store.Slots(f.n) {
		place := store.SlotOf(len(f.running), f.n)
		id, ok := f.turns.Take(place)
		if !ok {
			f.nobody(place)
			return
		}
		l, waits := f.waiting[id]
		if !waits || !f.may(l.county, place) {
			f.Fatalf("%s of %s has place %d", id, l.county, place)
		}
		f.begins(id, l, place)
		delete(f.waiting, id)
		f.running[id] = l
		f.order = append(f.order, id)
	}
}

func (f *fairness) nobody(place store.Slot) {
	for id, l := range f.waiting {
		if f.may(l.county, place) {
			f.Fatalf("%s of %s waits, and place %d stays free", id, l.county, place)
		}
	}
}

// count of those that a line has.
func (l line) count(of map[string]line) (n int) {
	for _, other := range of {
		if other == l || l.caller == "" && other.county == l.county {
			n++
		}
	}
	return n
}

// may tells whether a county may have a place.
func (f *fairness) may(county string, place store.Slot) bool {
	l := line{county: county}
	return place == store.AnySlot || l.count(f.running) == 0 && (place == store.IdleSlot || l.count(f.waiting) == 1)
}

// begins holds what is promised to those who go on waiting against a check that
// begins.
func (f *fairness) begins(id string, l line, place store.Slot) {
	delete(f.passed, l)
	delete(f.passed, line{county: l.county})
	seen := map[line]bool{}
	for other, w := range f.waiting {
		switch {
		case w == l && other < id:
			f.Fatalf("%s begins before %s of the same caller", id, other)
		case w.county == l.county && w != l && !seen[w]:
			f.passes(w, l)
		case w.county != l.county && f.may(w.county, place) && !seen[line{county: w.county}]:
			w = line{county: w.county}
			f.passes(w, line{county: l.county})
		}
		seen[w] = true
	}
}

// passes counts a check that went before one who waits, and of whom none is running.
func (f *fairness) passes(who, by line) {
	if who.count(f.running) > 0 {
		return
	}
	if f.passed[who] == nil {
		f.passed[who] = map[line]int{}
	}
	if f.passed[who][by]++; f.passed[who][by] > 1 {
		f.Fatalf("%v waits for %d checks of %v", who, f.passed[who][by], by)
	}
}
