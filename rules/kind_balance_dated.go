package rules

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// moment is what came in and went out at one time, in m².
type moment struct {
	plus, minus float64
	out         []int // faces of minus
}

// calendar is a balance spread over time: by day, and by year for changes
// that say no day. When in the year those took effect is unknown.
type calendar struct {
	days   map[string]*moment // YYYYMMDD
	years  map[int]*moment    // changes with a year only
	adrift []int              // faces of changes with neither
}

func entry[K comparable, T any](m map[K]*T, k K) *T {
	if m[k] == nil {
		m[k] = new(T)
	}
	return m[k]
}

func (cal *calendar) put(c *court, faces []int, xs []float64, when string, minus bool) {
	for k, i := range faces {
		ch := changeOf(&c.l.Faces[i], when)
		var m *moment
		switch {
		case ch != nil && len(ch.Date) == 8:
			m = entry(cal.days, ch.Date)
		case ch != nil && ch.Year != 0:
			m = entry(cal.years, ch.Year)
		default:
			if !c.l.Faces[i].Sliver {
				cal.adrift = append(cal.adrift, i)
			}
			continue
		}
		if minus {
			m.minus += xs[k]
			m.out = append(m.out, i)
		} else {
			m.plus += xs[k]
		}
	}
}

// dated judges cumulative balance at every date. The changes of a year that
// name no day count together, plus first, at one unknown moment of that year:
// a date that holds whenever that was passes, one that holds at no moment
// fails, and one that depends on it leaves the rule not checked.
func (k *Balance) dated(c *court, plus []int, ps []float64, minus []int, ms []float64) error {
	cal := calendar{days: map[string]*moment{}, years: map[int]*moment{}}
	cal.put(c, plus, ps, k.PlusWhen, false)
	cal.put(c, minus, ms, k.MinusWhen, true)
	if len(cal.adrift) > 0 {
		slices.Sort(cal.adrift)
		cal.adrift = slices.Compact(cal.adrift)
		c.lack("", textf("%s 既无日期也无年份，无法判断先后", "no date and no year: %s; the order cannot be judged",
			idList(c.groupRefs(c.groups(cal.adrift, "")))))
		return nil
	}
	points := cal.points()
	var havePlus, haveMinus total
	var outs []int
	var unsure []string
	failed := false
	hopeless := map[int]bool{} // years that no order of their loose changes saves
	for p, pt := range points {
		havePlus.add(pt.m.plus)
		haveMinus.add(pt.m.minus)
		outs = append(outs, pt.m.out...)
		worst := k.left(havePlus.sum(), haveMinus.sum())
		best := worst
		if loose := cal.years[pt.year]; loose != nil && !pt.yearEnd {
			// The loose changes of this year came before this day, or not yet.
			with := k.left(havePlus.sum()+loose.plus, haveMinus.sum()+loose.minus)
			if with.Cmp(worst) < 0 {
				worst = with
			} else {
				best = with
			}
			if worst.Sign() < 0 {
				if _, known := hopeless[pt.year]; !known {
					hopeless[pt.year] = k.wholeYear(points, p, cal, havePlus.sum(), haveMinus.sum())
				}
				if hopeless[pt.year] {
					best = worst
				}
			}
		}
		code := pt.code
		s := Scope{Kind: "date", Code: code}
		if pt.yearEnd {
			s.Kind = "year"
		}
		margin := metres(worst)
		need := new(big.Rat).Mul(k.factor(), new(big.Rat).SetInt64(geo.Centi(haveMinus.sum())))
		m := Measure{Scope: s, Status: Pass, Value: geo.RoundArea(havePlus.sum()), Op: ">=", Limit: geo.RoundArea(metres(need)),
			Unit: "m2", Margin: geo.RoundArea(margin), Close: abs(margin) <= c.book.Parameters.Tolerance,
			Terms: map[string]float64{"plus_cumulative_m2": geo.RoundArea(havePlus.sum()), "minus_cumulative_m2": geo.RoundArea(haveMinus.sum())}}
		switch {
		case best.Sign() < 0:
			m.Status = c.broken(s)
			if !failed { // the first bad date is the finding; later ones follow from it
				failed = true
				fill := words{"plus": squareMetres(havePlus.sum()), "minus": squareMetres(haveMinus.sum()),
					"required": squareMetres(metres(need)), "margin": squareMetres(abs(metres(best))), "date": dateText(code)}
				c.found(m.Status, s, c.groups(outs, k.MinusWhen), "", fill, geo.Text{
					ZH: "截至 {date}，累计 {plus}，少于应有的 {required}，缺 {margin}；涉及 {ids}。",
					EN: "By {date} the cumulative {plus} falls short of {required} by {margin}; features {ids}.",
				}, geo.Text{})
			}
		case worst.Sign() < 0:
			m.Status = NotChecked
			unsure = append(unsure, code)
		}
		c.out.Measures = append(c.out.Measures, m)
	}
	if len(unsure) > 0 && !failed {
		c.lack("", textf("只有年份没有日期的变化可能早于也可能晚于 %s，结论取决于其日期，请补填日期",
			"changes with a year but no date may come before or after %s, and the answer depends on it: give their dates", dateText(unsure[0])))
	}
	return nil
}

// wholeYear reports that no moment of the year saves every day of it: whether
// the loose changes come before this day or after, some day of the year is short.
func (k *Balance) wholeYear(points []point, p int, cal calendar, plus, minus float64) bool {
	year, loose := points[p].year, cal.years[points[p].year]
	first := p
	for first > 0 && points[first-1].year == year {
		first--
		plus -= points[first+1].m.plus
		minus -= points[first+1].m.minus
	}
	// plus, minus are now cumulative through the first point of the year.
	n := first
	for n < len(points) && points[n].year == year && !points[n].yearEnd {
		n++
	}
	for moment := first; moment <= n; moment++ { // loose changes come before day number `moment`
		ok := true
		a, b := plus-points[first].m.plus, minus-points[first].m.minus
		for d := first; d < n; d++ {
			a, b = a+points[d].m.plus, b+points[d].m.minus
			x, y := a, b
			if d >= moment {
				x, y = a+loose.plus, b+loose.minus
			}
			if k.left(x, y).Sign() < 0 {
				ok = false
			}
		}
		if ok {
			return false
		}
	}
	return true
}

// left is plus − factor·minus in 0.01 m².
func (k *Balance) left(plus, minus float64) *big.Rat {
	need := new(big.Rat).Mul(k.factor(), new(big.Rat).SetInt64(geo.Centi(minus)))
	return new(big.Rat).Sub(new(big.Rat).SetInt64(geo.Centi(plus)), need)
}

// point is a time at which the balance is struck.
type point struct {
	code    string // YYYYMMDD or YYYY
	year    int
	yearEnd bool
	m       *moment
}

// points are the days in order, each year's loose changes at its end.
func (cal *calendar) points() []point {
	var out []point
	for day, m := range cal.days {
		year, _ := strconv.Atoi(day[:4])
		out = append(out, point{code: day, year: year, m: m})
	}
	for year, m := range cal.years {
		out = append(out, point{code: fmt.Sprintf("%04d", year), year: year, yearEnd: true, m: m})
	}
	slices.SortFunc(out, func(a, b point) int {
		end := func(p point) int {
			if p.yearEnd {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(end(a), end(b)), cmp.Compare(a.code, b.code))
	})
	return out
}

func dateText(code string) geo.Text {
	if len(code) != 8 {
		return geo.Text{ZH: code + " 年底", EN: "the end of " + code}
	}
	return same(code[:4] + "-" + code[4:6] + "-" + code[6:])
}

// yearly adds cumulative measures at the end of each year.
func (k *Balance) yearly(c *court, when string, plus []int, ps []float64, minus []int, ms []float64) error {
	by := map[int]*moment{}
	var adrift []int
	put := func(faces []int, xs []float64, out bool) {
		for n, i := range faces {
			year := yearOf(changeOf(&c.l.Faces[i], when))
			if year == 0 {
				if xs[n] != 0 && !c.l.Faces[i].Sliver {
					adrift = append(adrift, i)
				}
				continue
			}
			m := entry(by, year)
			if out {
				m.minus += xs[n]
				m.out = append(m.out, i)
			} else {
				m.plus += xs[n]
			}
		}
	}
	// Faces whose amount does not change cancel out: they need no year.
	plus, ps, minus, ms = uncancelled(plus, ps, minus, ms)
	put(plus, ps, false)
	put(minus, ms, true)
	if len(adrift) > 0 {
		slices.Sort(adrift)
		c.lack("", textf("%s 没有年份，无法分年度核算", "no year: %s; it cannot be accounted year by year",
			idList(c.groupRefs(c.groups(slices.Compact(adrift), "")))))
		return nil
	}
	var p, m total
	var outs []int
	for _, year := range slices.Sorted(maps.Keys(by)) {
		p.add(by[year].plus)
		m.add(by[year].minus)
		outs = append(outs, by[year].out...)
		whole := *k
		whole.Surplus = nil
		if err := whole.one(c, Scope{Kind: "year", Code: strconv.Itoa(year)}, p.sum(), m.sum(), outs); err != nil {
			return err
		}
	}
	return nil
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
