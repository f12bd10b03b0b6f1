package evaluation

import (
	"maps"
	"slices"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
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
	// assumed are faces of changes with neither that count in project.year: at
	// the proposal.
	assumed []int
}

func (cal *calendar) put(c *ruleEvaluation, faces []int, xs []float64, when string, minus bool) {
	for k, i := range faces {
		ch := changeOf(&c.l.Faces[i], when)
		var m *moment
		switch {
		case ch != nil && len(ch.Date) == 8:
			m = entry(cal.days, ch.Date)
		case ch != nil && ch.Year != 0:
			m = entry(cal.years, ch.Year)
		case ch != nil && c.o.Stage == domain.Proposal && c.l.Plan.Year != 0:
			// Not due yet: the project's own year, and the report says so.
			m = entry(cal.years, c.l.Plan.Year)
			cal.assumed = append(cal.assumed, i)
		default:
			cal.adrift = append(cal.adrift, i)
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

// calendar spreads both sides over time.
func (k balanceEvaluator) calendar(c *ruleEvaluation, s *sides) *calendar {
	cal := &calendar{days: map[string]*moment{}, years: map[int]*moment{}}
	cal.put(c, s.plus, s.ps, k.PlusWhen, false)
	cal.put(c, s.minus, s.ms, k.MinusWhen, true)
	return cal
}

// distinct sorts and drops repetitions.
func distinct(faces []int) []int {
	slices.Sort(faces)
	return slices.Compact(faces)
}

// calendarYear is one year: its days in order, and its loose changes, nil if none.
type calendarYear struct {
	year  int
	days  []string
	at    []*moment
	loose *moment
}

// inOrder is the calendar by year.
func (cal *calendar) inOrder() []calendarYear {
	by := map[int]*calendarYear{}
	for _, day := range slices.Sorted(maps.Keys(cal.days)) {
		year, _ := strconv.Atoi(day[:4])
		y := entry(by, year)
		y.days, y.at = append(y.days, day), append(y.at, cal.days[day])
	}
	for year, m := range cal.years {
		entry(by, year).loose = m
	}
	var out []calendarYear
	for _, year := range slices.Sorted(maps.Keys(by)) {
		by[year].year = year
		out = append(out, *by[year])
	}
	return out
}

func dateText(code string) geo.Text {
	if len(code) != 8 {
		return geo.Text{ZH: code + " 年底", EN: "the end of " + code}
	}
	return wording.Same(code[:4] + "-" + code[4:6] + "-" + code[6:])
}
