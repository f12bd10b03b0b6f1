package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// show reports a comparison that is not judged; what is not known well enough
// is left out.
func (k meanEvaluator) show(c *ruleEvaluation, of rulebook.Comparison, better, than graded) {
	if most := c.book.Parameters.GradeMissing; better.unknown > most || than.unknown > most {
		return
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: domain.Pass, Value: better.mean, Unit: unitOf(&of), Label: &of.Label,
		Terms: map[string]float64{"than": than.mean, "better_net_m2": geo.RoundArea(better.weight), "than_net_m2": geo.RoundArea(than.weight)}})
}
