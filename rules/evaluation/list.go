package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

func (k listEvaluator) evaluate(c *ruleEvaluation) error {
	faces, x, err := c.sum(rulebook.Sum{Of: k.Of, Where: k.Where})
	if err != nil {
		return err
	}
	var warned []int
	if k.Warn.Given() {
		if warned, err = c.land(k.Warn); err != nil {
			return err
		}
	}
	if c.nothing = len(faces) == 0 && len(warned) == 0; c.nothing {
		return nil
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: domain.Pass, Value: geo.RoundArea(x), Unit: "m2",
		Terms: map[string]float64{"sum_m2": geo.RoundArea(x)}})
	listed := faces
	if k.Warn.Given() {
		listed = without(faces, warned)
	}
	fill := values{"total": wording.Area(x)}
	show := func(st domain.Status, faces []int) {
		for _, g := range c.groups(c.solid(faces), k.Change) {
			c.found(st, c.whole(), []group{g}, "", fill,
				geo.Text{ZH: "图斑 {ids}：{area}。", EN: "Feature {ids}: {area}."}, geo.Text{})
		}
	}
	show(domain.Pass, listed)
	show(domain.Warn, warned)
	return nil
}
