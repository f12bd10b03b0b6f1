package evaluation

import (
	"maps"
	"slices"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// yearly adds cumulative measures at the end of each year.
func (k balanceEvaluator) yearly(c *ruleEvaluation, when string, plus []int, ps []float64, minus []int, ms []float64) error {
	by := map[int]*sides{}
	var adrift []int
	put := func(faces []int, xs []float64, out bool) {
		for n, i := range faces {
			year := yearOf(yearly(&c.l.Faces[i], when))
			if year == 0 {
				if xs[n] != 0 {
					adrift = append(adrift, i)
				}
				continue
			}
			y := entry(by, year)
			if out {
				y.minus, y.ms = append(y.minus, i), append(y.ms, xs[n])
			} else {
				y.plus, y.ps = append(y.plus, i), append(y.ps, xs[n])
			}
		}
	}
	// Faces whose amount does not change cancel out: they need no year.
	plus, ps, minus, ms = uncancelled(plus, ps, minus, ms)
	put(plus, ps, false)
	put(minus, ms, true)
	if adrift = c.solid(distinct(adrift)); len(adrift) > 0 {
		c.lack("", geo.Textf("%s 没有年份，无法分年度核算", "no year: %s; it cannot be accounted year by year",
			idList(c.groupRefs(c.groups(adrift, "")))))
		return nil
	}
	var sofar sides
	for _, year := range slices.Sorted(maps.Keys(by)) {
		y := by[year]
		sofar.plus, sofar.ps = append(sofar.plus, y.plus...), append(sofar.ps, y.ps...)
		sofar.minus, sofar.ms = append(sofar.minus, y.minus...), append(sofar.ms, y.ms...)
		whole := *k.Balance
		whole.Surplus = nil
		if err := (balanceEvaluator{&whole}).one(c, result.Scope{Kind: "year", Code: strconv.Itoa(year)}, &sofar); err != nil {
			return err
		}
	}
	return nil
}

// yearly is the change that tells a face's year: of the kind asked for, else
// whichever is there (a ridge coefficient may come with land into PBF).
func yearly(f *ledger.Face, when string) *plan.Change {
	if ch := changeOf(f, when); ch != nil {
		return ch
	}
	return changeOf(f, "")
}

// uncancelled drops faces that stand on both sides with the same amount.
func uncancelled(plus []int, ps []float64, minus []int, ms []float64) ([]int, []float64, []int, []float64) {
	out := map[int]float64{}
	for n, i := range minus {
		out[i] = ms[n]
	}
	both := map[int]bool{}
	for n, i := range plus {
		if x, ok := out[i]; ok && x == ps[n] {
			both[i] = true
		}
	}
	keep := func(faces []int, xs []float64) (f []int, x []float64) {
		for n, i := range faces {
			if !both[i] {
				f, x = append(f, i), append(x, xs[n])
			}
		}
		return f, x
	}
	plus, ps = keep(plus, ps)
	minus, ms = keep(minus, ms)
	return plus, ps, minus, ms
}

// yearOf is the year of a change: its own, else that of its date.
func yearOf(c *plan.Change) int {
	if c == nil {
		return 0
	}
	if c.Year == 0 && len(c.Date) == 8 {
		y, _ := strconv.Atoi(c.Date[:4])
		return y
	}
	return c.Year
}
