package plan

import (
	"encoding/json"
	"math"
)

// tally is the declared areas of a township being added up.
type tally struct {
	units    int64 // of areaUnit
	features int
}

func (t *tally) add(m2 float64) {
	t.units += int64(math.Round(m2 / areaUnit))
	t.features++
}

// plus is both tallies; nil is none. More than any earth stays the largest.
func (t *tally) plus(o *tally) *tally {
	if o == nil {
		return t
	}
	sum := &tally{t.units + o.units, t.features + o.features}
	if sum.units < 0 {
		sum.units = math.MaxInt64
	}
	return sum
}

// notedTally is a tally as layers remember it.
type notedTally struct {
	Units    int64
	Features int
}

func noteOf(sums map[string]*tally) string {
	noted := map[string]notedTally{}
	for code, t := range sums {
		noted[code] = notedTally{t.units, t.features}
	}
	text, _ := json.Marshal(noted) // of such a map it cannot fail
	return string(text)
}

// notedSums reads noteOf's text; not ok where there is none.
func notedSums(text string, there bool) (sums map[string]*tally, ok bool) {
	var noted map[string]notedTally
	if !there || json.Unmarshal([]byte(text), &noted) != nil {
		return nil, false
	}
	sums = map[string]*tally{}
	for code, t := range noted {
		sums[code] = &tally{t.Units, t.Features}
	}
	return sums, true
}
