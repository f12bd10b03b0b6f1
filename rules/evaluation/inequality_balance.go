package evaluation

import (
	"maps"
	"math/big"
	"slices"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// instant is when something counts in a balance over time: a day (YYYYMMDD), or
// some moment of a year that is not known (day "").
type instant struct {
	year int
	day  string
}

func (k balanceEvaluator) demands(c *ruleEvaluation, d *Demands) error {
	plus, plusFixed, ok, err := c.terms(k.Plus, nil)
	if err != nil || !ok {
		return err
	}
	minus, minusFixed, ok, err := c.terms(k.Minus, nil)
	if err != nil || !ok {
		return err
	}
	of, share := 0.0, new(big.Rat)
	if k.Surplus != nil {
		if of, _, err = c.total(k.Surplus.Of, c.whole(), nil); err != nil {
			return err
		}
		share = k.Surplus.Share.Rat
	}
	w, ok := weights(big.NewRat(1, 1), k.factor(), share)
	if !ok {
		return nil
	}
	whole := Inequality{Rule: c.rule, Scope: c.whole(), Binding: c.binds(c.whole()), HaveWeight: w[0], NeedWeight: w[1],
		have: plus, need: minus, haveFixed: plusFixed, needFixed: minusFixed}
	d.Handled[c.rule.ID] = true
	switch {
	case k.Scope == "date":
		k.timed(c, d, whole, k.PlusWhen, k.MinusWhen, true)
		return nil
	case k.Scope == "project":
		if k.Also != "" {
			d.Inequalities = append(d.Inequalities, whole)
		}
		inside := func(t amountOf) bool { return !c.l.Faces[t.face].InProject }
		whole.have, whole.need = slices.DeleteFunc(slices.Clone(plus), inside), slices.DeleteFunc(slices.Clone(minus), inside)
		whole.Scope.Kind = "project"
	}
	judged := whole
	judged.Floor = w[2] * geo.Centi(of)
	d.Inequalities = append(d.Inequalities, judged)
	if y := k.Yearly; y != nil && (len(y.Stages) == 0 || slices.Contains(y.Stages, c.o.Stage)) {
		k.timed(c, d, whole, y.When, y.When, false)
	}
	return nil
}

// timed adds the inequality at every moment that a balance over time looks at:
// the end of each day and, of what has a year only, as if it had come before
// that day and as if it had not. By the year it is the end of each year alone.
func (k balanceEvaluator) timed(c *ruleEvaluation, d *Demands, whole Inequality, plusWhen, minusWhen string, daily bool) {
	stamp := func(list []amountOf, when string) []amountOf {
		out := make([]amountOf, 0, len(list))
		for _, t := range list {
			if t.at = k.instantOf(c, &c.l.Faces[t.face], when, daily); t.at.year != 0 {
				out = append(out, t)
			}
		}
		return out
	}
	whole.have, whole.need = stamp(whole.have, plusWhen), stamp(whole.need, minusWhen)
	years := map[int]map[string]bool{}
	for _, t := range slices.Concat(whole.have, whole.need) {
		if years[t.at.year] == nil {
			years[t.at.year] = map[string]bool{}
		}
		years[t.at.year][t.at.day] = true
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		loose := years[year][""]
		for _, day := range slices.Sorted(maps.Keys(years[year])) {
			at := whole
			at.Scope = result.Scope{Kind: "year", Code: strconv.Itoa(year)}
			if day != "" {
				at.Scope = result.Scope{Kind: "date", Code: day}
				dry := at
				dry.until = &instant{year, day}
				d.Inequalities = append(d.Inequalities, dry)
			}
			if loose {
				at.until = &instant{year, day + "~"} // with what has a year only
				d.Inequalities = append(d.Inequalities, at)
			}
		}
	}
}

// counts tells whether something that happens at an instant has happened by until.
func (at instant) counts(until *instant) bool {
	switch {
	case until == nil || at.year < until.year:
		return true
	case at.year > until.year:
		return false
	}
	day, loose := until.day, false
	if n := len(day); n > 0 && day[n-1] == '~' {
		day, loose = day[:n-1], true
	}
	if at.day == "" {
		return loose
	}
	return at.day <= day
}

// instantOf is when the amount of a face counts; the zero instant where the rule
// does not know.
func (k balanceEvaluator) instantOf(c *ruleEvaluation, f *ledger.Face, when string, daily bool) instant {
	if !daily {
		return instant{year: yearOf(yearly(f, when))}
	}
	return dayOf(c, changeOf(f, when))
}

// dayOf is when a change takes effect, as calendar.put reads it.
func dayOf(c *ruleEvaluation, ch *plan.Change) instant {
	switch {
	case ch == nil:
	case len(ch.Date) == 8:
		year, _ := strconv.Atoi(ch.Date[:4])
		return instant{year, ch.Date}
	case ch.Year != 0:
		return instant{year: ch.Year}
	case c.o.Stage == domain.Proposal:
		return instant{year: c.l.Plan.Year}
	}
	return instant{}
}
