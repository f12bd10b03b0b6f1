package condition

import (
	"math"
	"slices"
)

// subject is one field and all that a condition asks of it.
type subject struct {
	comparisons []comparison
	bits        []uint64
}

// outcomes are the answers, as bits, that the values of a field give together.
// It is enough to try the literals and one value in each gap between them.
func (s *subject) outcomes() []uint64 {
	if s.comparisons[0].bare {
		return []uint64{0, s.bits[0]}
	}
	var list []uint64
	note := func(holds func(*comparison) bool) {
		var row uint64
		for i := range s.comparisons {
			if holds(&s.comparisons[i]) {
				row |= s.bits[i]
			}
		}
		if !slices.Contains(list, row) {
			list = append(list, row)
		}
	}
	if s.comparisons[0].text {
		for _, v := range s.textsToTry() {
			note(func(c *comparison) bool { return c.holdsText(v) })
		}
		return list
	}
	for _, v := range s.numbersToTry() {
		note(func(c *comparison) bool { return c.holdsNumber(v) })
	}
	return list
}

func (s *subject) numbersToTry() []float64 {
	var try []float64
	for _, c := range s.comparisons {
		for _, x := range c.numbers {
			if c.whole {
				try = append(try, math.Ceil(x)-1, math.Floor(x), math.Ceil(x), math.Floor(x)+1)
			} else {
				try = append(try, math.Nextafter(x, math.Inf(-1)), x, math.Nextafter(x, math.Inf(1)))
			}
		}
	}
	if low, high, ok := bounds(s.comparisons[0].field); ok {
		try = append(try, low, high)
		try = slices.DeleteFunc(try, func(x float64) bool { return x < low || x > high })
	}
	slices.Sort(try)
	return slices.Compact(try)
}

// bounds are the values that the reader lets a field have; 0 is unknown.
func bounds(field string) (low, high float64, ok bool) {
	switch field {
	case "before.slope", "after.slope":
		return 0, 5, true
	case "before.grade", "after.grade":
		return 0, 15, true
	}
	return 0, 0, false
}

// textsToTry are the literals, and each of them with a sign that none holds
// after it: a text that starts as the literal does and equals none.
func (s *subject) textsToTry() []string {
	if s.comparisons[0].field == "plan.stage" {
		return StageNames()
	}
	const other = "\x00"
	try := []string{other}
	for _, c := range s.comparisons {
		for _, t := range c.texts {
			try = append(try, t, t+other)
		}
	}
	slices.Sort(try)
	return slices.Compact(try)
}
