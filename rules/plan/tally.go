package plan

import (
	"encoding/json"
	"math"
)

// tally is the declared areas of a township being added up.
type tally struct {
	units    int64 // of areaUnit
	features int

	doubtful      int   // those of them whose declared area their gross cannot bear
	doubtfulUnits int64 // what these declare
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
	sum := &tally{t.units + o.units, t.features + o.features, t.doubtful + o.doubtful, t.doubtfulUnits + o.doubtfulUnits}
	if sum.units < 0 {
		sum.units = math.MaxInt64
	}
	if sum.doubtfulUnits < 0 {
		sum.doubtfulUnits = math.MaxInt64
	}
	return sum
}

// layerSums is what the attributes of one layer come to.
type layerSums struct {
	sums   map[string]*tally
	doubts map[string][]Doubt // the first few of each township
	rest   []int              // records that only geometry can count, ascending
	above  int                // records that declare more net than gross
}

// storedSums is layerSums as layers remember it.
type storedSums struct {
	Towns  map[string]storedTally
	Doubts map[string][]Doubt `json:",omitempty"`
	Rest   []int              `json:",omitempty"`
	Above  int                `json:",omitempty"`
}

type storedTally struct {
	Units         int64
	Features      int
	Doubtful      int   `json:",omitempty"`
	DoubtfulUnits int64 `json:",omitempty"`
}

func (l *layerSums) note() string {
	noted := storedSums{Towns: map[string]storedTally{}, Doubts: l.doubts, Rest: l.rest, Above: l.above}
	for code, t := range l.sums {
		noted.Towns[code] = storedTally{t.units, t.features, t.doubtful, t.doubtfulUnits}
	}
	text, _ := json.Marshal(noted) // of such maps it cannot fail
	return string(text)
}

// sumsOf reads the text of a note; not ok where there is none.
func sumsOf(text string, there bool) (*layerSums, bool) {
	var noted storedSums
	if !there || json.Unmarshal([]byte(text), &noted) != nil {
		return nil, false
	}
	l := &layerSums{sums: map[string]*tally{}, doubts: noted.Doubts, rest: noted.Rest, above: noted.Above}
	for code, t := range noted.Towns {
		l.sums[code] = &tally{t.Units, t.Features, t.Doubtful, t.DoubtfulUnits}
	}
	return l, true
}
