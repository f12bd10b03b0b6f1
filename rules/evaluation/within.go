package evaluation

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k withinEvaluator) evaluate(c *ruleEvaluation) error {
	if c.l.Plan.County == "" {
		c.lack("", noCounty())
		return nil
	}
	if !c.l.Present[domain.Townships] {
		c.lack(domain.Townships, missingLayer(domain.Townships))
		return nil
	}
	limit := c.l.Sliver.Area
	m := result.Measure{Scope: result.Scope{Kind: "county", Code: c.l.Plan.County}, Status: domain.Pass, Value: geo.RoundArea(c.l.Outside), Op: "<=",
		Limit: limit, Unit: "m2", Margin: geo.RoundArea(limit - c.l.Outside), Terms: map[string]float64{"outside_m2": geo.RoundArea(c.l.Outside)}}
	if c.l.Outside > limit {
		m.Status = c.broken(m.Scope)
		var refs []result.FeatureRef
		for i := range c.l.Plan.Project {
			p := &c.l.Plan.Project[i]
			refs = append(refs, result.FeatureRef{Role: string(domain.ProjectArea), ID: p.ID, File: p.File, Record: p.Record})
		}
		c.add(result.Finding{Status: m.Status, Scope: m.Scope, Area: geo.RoundArea(c.l.Outside), Features: refs}, refs, "",
			values{"county": wording.Same(c.l.Plan.County)}, geo.Text{
				ZH: fmt.Sprintf("整治区域有 {area} 在旗县 %s 之外。", c.l.Plan.County),
				EN: fmt.Sprintf("{area} of the project area lies outside county %s.", c.l.Plan.County)}, geo.Text{})
	}
	var strips total
	count := 0
	for _, p := range c.l.OutsidePieces {
		if p.Sliver {
			count++
			strips.add(p.Area)
		}
	}
	if count > 0 { // the width alone decides, whatever they add up to
		c.note(geo.Textf("旗县界外另有 %[1]d 个细碎图斑（共 %[2]s）未计入", "%[1]d slivers outside the county (%[2]s) were left out", count, wording.Area(strips.sum())))
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}
