package evaluation

import (
	"maps"
	"math/big"
	"slices"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/result"
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

func entry[K comparable, T any](m map[K]*T, k K) *T {
	if m[k] == nil {
		m[k] = new(T)
	}
	return m[k]
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
		case ch != nil && c.o.Stage == plan.Proposal && c.l.Plan.Year != 0:
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

// dated judges cumulative balance at every date. The changes of a year that
// name no day count together, plus first, at one unknown moment of that year:
// a year that holds whenever that was passes, one that holds at no moment
// fails, and one that depends on it leaves the rule not checked.
func (k balanceEvaluator) dated(c *ruleEvaluation, s *sides) error {
	cal := k.calendar(c, s)
	if len(cal.assumed) > 0 {
		c.note(wording.Textf("%[1]s 既无日期也无年份，按方案年度 %[2]d 年计", "no date and no year: %[1]s; they count as of the plan's year %[2]d",
			idList(c.groupRefs(c.groups(distinct(cal.assumed), ""))), c.l.Plan.Year))
	}
	if adrift := c.solid(distinct(cal.adrift)); len(adrift) > 0 {
		c.lack("", wording.Textf("%s 既无日期也无年份，无法判断先后，请填写验收日期 YSRQ（补划）、调出日期 DCRQ（调出），或年度 NF", "no date and no year: %s; the order cannot be judged. Fill in YSRQ (acceptance, of land in) and DCRQ (taking out, of land out), or the year NF",
			idList(c.groupRefs(c.groups(adrift, "")))))
		return nil
	}
	sofar := ledgerOfTime{k: k, c: c, sides: s}
	for _, year := range cal.inOrder() {
		if err := c.stopped(); err != nil {
			return err
		}
		k.year(c, &sofar, year)
	}
	return nil
}

// ledgerOfTime is what has come in and gone out so far.
type ledgerOfTime struct {
	k           balanceEvaluator
	c           *ruleEvaluation
	plus, minus total
	outs        []int
	failed      bool
	sides       *sides
	mild        *bool // whether it holds but for boundary noise; nil until asked
}

// broken is the status of a moment that is short: a warning where the balance
// holds at every moment but for boundary noise.
func (l *ledgerOfTime) broken(s result.Scope) result.Status {
	if l.forgiven() {
		return result.Warn
	}
	return l.c.broken(s)
}

// forgiven reports a balance that holds but for boundary noise.
func (l *ledgerOfTime) forgiven() bool {
	if l.mild == nil {
		ok, noise, pieces, loss := l.k.settles(l.c, l.sides)
		if l.mild = &ok; ok {
			l.c.leave(noise, pieces)
			l.c.note(forgivenText(loss))
		}
	}
	return *l.mild
}

func (l *ledgerOfTime) add(m *moment) {
	l.plus.add(m.plus)
	l.minus.add(m.minus)
	l.outs = append(l.outs, m.out...)
}

func (l *ledgerOfTime) left() *big.Rat { return l.k.left(l.plus.sum(), l.minus.sum()) }

// calendarYear is one year: its days in order, and its loose changes, nil if none.
type calendarYear struct {
	year  int
	days  []string
	at    []*moment
	loose *moment
}

// holds reports whether every moment of the year is in balance when the loose
// changes come before day number `before` (len(days): after all).
func (k balanceEvaluator) holds(l ledgerOfTime, y calendarYear, before int) bool {
	plus, minus := l.plus, l.minus
	for d := 0; d <= len(y.days); d++ {
		if d == before {
			plus.add(y.loose.plus)
			minus.add(y.loose.minus)
			if k.left(plus.sum(), minus.sum()).Sign() < 0 {
				return false
			}
		}
		if d < len(y.days) {
			plus.add(y.at[d].plus)
			minus.add(y.at[d].minus)
			if k.left(plus.sum(), minus.sum()).Sign() < 0 {
				return false
			}
		}
	}
	return true
}

// year judges one year and moves sofar to its end. Without loose changes each
// day is judged. With them, the days are shown as if those came last, and the
// year's end carries the answer.
func (k balanceEvaluator) year(c *ruleEvaluation, sofar *ledgerOfTime, y calendarYear) {
	answer := result.Pass
	if y.loose != nil {
		good := 0
		for before := 0; before <= len(y.days); before++ {
			if k.holds(*sofar, y, before) {
				good++
			}
		}
		switch good {
		case 0:
			answer = sofar.broken(result.Scope{Kind: "year", Code: strconv.Itoa(y.year)})
		case len(y.days) + 1:
		default:
			if answer = result.NotChecked; sofar.forgiven() {
				answer = result.Warn
			}
		}
	}
	for d, day := range y.days {
		sofar.add(y.at[d])
		s := result.Scope{Kind: "date", Code: day}
		if sofar.left().Sign() >= 0 {
			sofar.measure(s, result.Pass)
			continue
		}
		if y.loose == nil {
			sofar.fail(s, sofar.broken(s))
			continue
		}
		sofar.measure(s, answer)
	}
	if y.loose == nil {
		return
	}
	s := result.Scope{Kind: "year", Code: strconv.Itoa(y.year)}
	sofar.add(y.loose)
	switch answer {
	case result.Pass:
		sofar.measure(s, result.Pass)
	case result.NotChecked:
		sofar.measure(s, result.NotChecked)
		c.lack("", wording.Textf("%d 年有只填年份没有日期的变化，先后不同则结论不同，请补填日期（补划 YSRQ，调出 DCRQ）",
			"some changes of %d name no date, and whether compensation came first depends on it: fill in YSRQ (land in) and DCRQ (land out)", y.year))
	default:
		sofar.fail(s, answer)
	}
}

// measure shows the balance so far.
func (l *ledgerOfTime) measure(s result.Scope, st result.Status) {
	need := new(big.Rat).Mul(l.k.factor(), new(big.Rat).SetInt64(geo.Centi(l.minus.sum())))
	margin := metres(l.left())
	l.c.out.Measures = append(l.c.out.Measures, result.Measure{Scope: s, Status: st, Value: geo.RoundArea(l.plus.sum()), Op: ">=",
		Limit: geo.RoundArea(metres(need)), Unit: "m2", Margin: geo.RoundArea(margin), Close: abs(margin) <= l.c.book.Parameters.Tolerance,
		Terms: map[string]float64{"plus_cumulative_m2": geo.RoundArea(l.plus.sum()), "minus_cumulative_m2": geo.RoundArea(l.minus.sum())}})
}

// fail shows it and, the first time, reports it: later dates follow from that one.
func (l *ledgerOfTime) fail(s result.Scope, st result.Status) {
	l.measure(s, st)
	if l.failed {
		return
	}
	l.failed = true
	need := new(big.Rat).Mul(l.k.factor(), new(big.Rat).SetInt64(geo.Centi(l.minus.sum())))
	fill := values{"plus": wording.SquareMetres(l.plus.sum()), "minus": wording.SquareMetres(l.minus.sum()), "required": wording.SquareMetres(metres(need)),
		"margin": wording.SquareMetres(max(0, -metres(l.left()))), "date": dateText(s.Code)}
	message := geo.Text{
		ZH: "截至 {date}，累计 {plus}，少于应有的 {required}，缺 {margin}；涉及 {ids}。",
		EN: "By {date} the cumulative {plus} falls short of {required} by {margin}; features {ids}.",
	}
	if l.left().Sign() >= 0 {
		message = geo.Text{
			ZH: "到 {date} 虽累计 {plus}、应有 {required}，但年内无论先后总有一日补不抵调；涉及 {ids}。",
			EN: "By {date} the cumulative {plus} meets {required}, but in whatever order some day of the year is short; features {ids}.",
		}
	}
	l.c.found(st, s, l.c.groups(l.outs, l.k.MinusWhen), "", fill, message, geo.Text{})
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

// left is plus − factor·minus in 0.01 m².
func (k balanceEvaluator) left(plus, minus float64) *big.Rat {
	need := new(big.Rat).Mul(k.factor(), new(big.Rat).SetInt64(geo.Centi(minus)))
	return new(big.Rat).Sub(new(big.Rat).SetInt64(geo.Centi(plus)), need)
}

func dateText(code string) geo.Text {
	if len(code) != 8 {
		return geo.Text{ZH: code + " 年底", EN: "the end of " + code}
	}
	return wording.Same(code[:4] + "-" + code[4:6] + "-" + code[6:])
}
