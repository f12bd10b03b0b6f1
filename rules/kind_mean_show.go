package rules

import (
	"landcheck/geo"
	"landcheck/rules/result"
)

// show reports a comparison that is not judged; what is not known well enough
// is left out.
func (k *Mean) show(c *court, of Comparison, better, than graded) {
	if most := c.book.Parameters.GradeMissing; better.unknown > most || than.unknown > most {
		return
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: result.Pass, Value: better.mean, Unit: of.unit(), Label: &of.Label,
		Terms: map[string]float64{"than": than.mean, "better_net_m2": geo.RoundArea(better.weight), "than_net_m2": geo.RoundArea(than.weight)}})
}
