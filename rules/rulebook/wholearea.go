package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
)

// A sum over faces sees changed land only. Held against a whole area it says
// something where its condition tells land that changes from land that does
// not: land taken out of PBF, or covered by a change. Without that,
// `after.construction` over project_area would be the construction land among
// the changed parcels, a small part of what the project area holds.

// contrastOf refuses a sum over a whole-area total that does not contrast.
func (r *Rule) wholeAreaError(sum Sum, over Over) *geo.InputError {
	if over.Name == "" || r.countsChange(sum) {
		return nil
	}
	return sum.Where.Fault(
		geo.Textf("对变更地块的求和与“%[1]s”（整片面积）相比：条件“%[2]s”不区分变更前后，没有变更的土地不会计入，结果偏小", "a sum over changed land is held against %[1]q, which is of a whole area: %[2]q does not tell land before from land after, and land that does not change is not counted, so the result is too small", over.Name, sum.Where.Text),
		geo.Textf("要的是整片面积时用合计，如 of: %[1]s（不带 where）；要的是变更量时，同时写明变更前和变更后，如 %[2]s",
			"For what the whole area holds use a total: of: %[1]s, without where. For what changes, say before and after: %[2]s.", r.likelyWhole(sum), asChange(r.likelyWhole(sum))))
}

// contrasting reports a sum that counts land which changes, or a total.
func (r *Rule) countsChange(sum Sum) bool {
	return sum.Of.Total != "" || condition.CountsChange(&sum.Of, &sum.Where.Expression, &r.Among.Expression)
}

// likelyWhole is the total that a sum seems to mean.
func (r *Rule) likelyWhole(s Sum) string {
	when, group := "after", "construction"
	text := s.Of.Text + " " + s.Where.Text + " " + r.Among.Text
	if !strings.Contains(text, "after.") {
		when = "before"
	}
	for _, g := range condition.TotalGroups() {
		if g != "area" && strings.Contains(text, "."+g) {
			group = g
		}
	}
	return condition.ProjectTotal + group + "." + when
}

func asChange(whole string) string {
	group := strings.Split(whole, ".")[1]
	if strings.HasSuffix(whole, ".before") {
		return "before." + group + " && !after." + group
	}
	return "!before." + group + " && after." + group
}

// checkContrast looks at all sums of a rule that are held against a whole area:
// a total on one side of a ratio, a balance or a comparison.
func (r *Rule) checkWholeAreas(d *diagnostics) {
	note := func(s Sum, total string) {
		if f := r.wholeAreaError(s, Over{Name: total}); f != nil {
			_ = d.note(f)
		}
	}
	pair := func(a, b Sum) {
		note(a, b.Of.Total)
		note(b, a.Of.Total)
	}
	over := func(s Sum, o Over) {
		if o.Sum != nil {
			pair(s, *o.Sum)
		} else {
			note(s, o.Name)
		}
	}
	if k := r.Ratio; k != nil {
		over(Sum{k.Of, k.Where}, k.Over)
	}
	if k := r.Balance; k != nil {
		pair(k.Plus, k.Minus)
		// Where neither side tells before from after, land that does not change
		// stands on both and cancels.
		if k.Surplus != nil && r.countsChange(k.Plus) != r.countsChange(k.Minus) {
			note(k.Plus, k.Surplus.Of.Name)
			note(k.Minus, k.Surplus.Of.Name)
		}
	}
	if k := r.Compare; k != nil {
		pair(k.Of, k.Against)
	}
	for _, s := range r.Show {
		if s.Over != nil {
			over(s.sum(), *s.Over)
		}
	}
}
