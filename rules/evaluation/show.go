package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// show adds the measures that are not judged.
func (c *ruleEvaluation) show() error {
	for _, s := range c.rule.Show {
		faces, x, err := c.sum(rulebook.Sum{Of: s.Of, Where: s.Where})
		if err != nil {
			return err
		}
		label := s.Label
		m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: geo.RoundArea(x), Unit: "m2", Label: &label,
			Terms: map[string]float64{"sum_m2": geo.RoundArea(x)}}
		if s.Over != nil {
			den, _, err := c.total(*s.Over, c.whole(), faces)
			if err != nil {
				return err
			}
			m.Unit, m.Value = "ratio", 0
			m.Terms["over_m2"] = geo.RoundArea(den)
			if den != 0 {
				m.Value = x / den
			}
		}
		c.out.Measures = append(c.out.Measures, m)
	}
	return nil
}
