package oracle

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"landcheck/rules/domain"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// ruleIDs are the rules that are judged twice.
var ruleIDs = []string{
	"pbf-township-cap", "pbf-area-kept", "pbf-compensation-in-project", "cropland-area-kept", "construction-not-grown",
	"demolition-covers-building", "urban-boundary-scale", "pbf-quality-kept", "cropland-quality-kept", "pbf-urban-kept",
	"pbf-in-is-new", "pbf-undeclared-loss", "red-line-not-occupied", "changes-in-project",
}

// blur is how near to a limit in m² a verdict is left open: what the grid and
// the oracle's own arithmetic may move.
const blur = 0.3

// difference gathers what the engine and the oracle do not agree about.
type difference struct {
	answer *kit.Result
	all    *tally
	wrong  []string
}

func compare(a *kit.Result, j judged, all *tally) []string {
	d := &difference{answer: a, all: all}
	d.caps(j.caps)
	for id, b := range j.balances {
		d.balance(id, b)
	}
	for id, f := range j.forbids {
		d.forbid(id, f, max(10, 1e-4*j.changed))
	}
	for id, m := range j.means {
		d.mean(id, m)
	}
	slices.Sort(d.wrong)
	return d.wrong
}

func (d *difference) say(format string, args ...any) {
	d.wrong = append(d.wrong, fmt.Sprintf(format, args...))
}

// measure finds a rule's measure that is held against a limit.
func (d *difference) measure(id string, fits func(m *result.Measure) bool) (*result.RuleResult, *result.Measure) {
	r := d.answer.Rule(id)
	if r == nil {
		d.say("%s: not in the report", id)
		return nil, nil
	}
	for i := range r.Measures {
		if m := &r.Measures[i]; m.Op != "" && fits(m) {
			return r, m
		}
	}
	return r, nil
}

func (d *difference) caps(caps []capped) {
	const id = "pbf-township-cap"
	for _, c := range caps {
		r, m := d.measure(id, func(m *result.Measure) bool { return m.Scope.Code == c.code })
		switch {
		case r == nil, c.out-c.slivers < blur, c.designated == 0:
			continue
		case m == nil:
			d.say("%s %s: no measure; %.2f m² leave, of %.2f", id, c.code, c.out, c.designated)
			continue
		}
		want := (c.out + c.prior) / c.designated
		if !near(m.Value*c.designated, c.out+c.prior) {
			d.say("%s %s: value %.9f, want %.9f (%.2f + %.2f of %.2f)", id, c.code, m.Value, want, c.out, c.prior, c.designated)
		}
		left := 0.05*c.designated - c.out - c.prior
		d.status(id+" "+c.code, m.Status, left >= 0, math.Abs(left) > blur)
		d.all.note(id, m.Status)
	}
}

// status compares where the oracle is sure.
func (d *difference) status(what string, got domain.Status, holds, sure bool) {
	if sure && (got == domain.Fail) == holds {
		d.say("%s: %s, but it should be %v that it holds", what, got, holds)
	}
}

func (d *difference) balance(id string, b balance) {
	rule, all, _ := strings.Cut(id, "/")
	r, m := d.measure(rule, func(m *result.Measure) bool {
		return rule != "cropland-area-kept" || (m.Scope.Kind == "project") == (all == "")
	})
	if r == nil {
		return
	}
	if m == nil {
		if b.plus > 1 || b.minus-b.slivers > 1 {
			d.say("%s: %s without a measure; %.2f against %.2f", id, r.Status, b.plus, b.minus)
		}
		return
	}
	if !near(m.Value, b.plus) || !near(m.Limit, b.minus) {
		d.say("%s: %.2f against %.2f, want %.2f against %.2f", id, m.Value, m.Limit, b.plus, b.minus)
	}
	left := b.plus - b.minus
	d.status(id, m.Status, left >= 0, math.Abs(left) > blur && (left > 0 || -left > b.slivers+blur))
	if all == "" {
		d.all.note(rule, m.Status)
	}
}

func (d *difference) forbid(id string, f forbidden, ceiling float64) {
	r := d.answer.Rule(id)
	if r == nil {
		d.say("%s: not in the report", id)
		return
	}
	got := 0.0
	for _, x := range r.Findings {
		got += x.Area
	}
	room := 0.2 + 0.01*float64(len(r.Findings)) + f.slivers
	if math.Abs(got-f.area) > room {
		d.say("%s: %s with %.2f m² of findings, want %.2f (slivers %.2f)", id, r.Status, got, f.area, f.slivers)
	}
	d.status(id, r.Status, f.area-f.slivers < blur && f.slivers < ceiling, f.area < blur || f.area-f.slivers > 1.5)
	d.all.note(id, r.Status)
}

// labels tell the measures of a rule that has several.
var labels = map[string]string{"pbf-quality-kept": "补划与调出", "pbf-quality-kept/stays": "仍为", "cropland-quality-kept": "变更所涉全部耕地"}

func (d *difference) mean(id string, m []float64) {
	rule, which, _ := strings.Cut(id, "/")
	r := d.answer.Rule(rule)
	if r == nil || m[2] < 20 || math.Abs(m[3]-0.01) < 0.001 {
		return // no land to speak of, or just at 1 % without a grade
	}
	var found *result.Measure
	for i := range r.Measures {
		x := &r.Measures[i]
		if x.Unit != "grade" || x.Op == "" && x.Status != domain.NotChecked || x.Label == nil {
			continue
		}
		if strings.Contains(x.Label.ZH, labels[id]) {
			found = x
		}
	}
	if m[3] > 0.01 {
		if r.Status != domain.Fail && r.Status != domain.NotChecked || found != nil && found.Status != domain.NotChecked {
			d.say("%s: %s though %.1f %% have no grade", id, r.Status, 100*m[3])
		}
		return
	}
	if found == nil {
		d.say("%s: %s without a measure; mean %.4f against %.4f", id, r.Status, m[0], m[1])
		return
	}
	if tol := 1e-6 + 1/m[2]; math.Abs(found.Value-m[0]) > tol || math.Abs(found.Limit-m[1]) > tol {
		d.say("%s: mean %.6f against %.6f, want %.6f against %.6f", id, found.Value, found.Limit, m[0], m[1])
	}
	apart := math.Abs(m[0] - m[1])
	crumbs := found.Status == domain.Warn && apart*m[2] < 14*10 // less than 10 m² of the worst grade make it so
	d.status(id, found.Status, m[0] <= m[1], apart > 1e-4+1/m[2] && !crumbs)
	if which == "" {
		d.all.note(rule, found.Status)
	}
}
