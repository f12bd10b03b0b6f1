package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k blocksEvaluator) evaluate(c *ruleEvaluation) error {
	if c.l.Blocks == nil {
		c.lack("", noBlocks())
		return nil
	}
	before, after := c.l.Blocks.Before, c.l.Blocks.After
	if c.nothing = before == 0 && after == 0; c.nothing {
		return nil
	}
	margin := geo.RoundArea(after) - geo.RoundArea(before)
	m := result.Measure{Scope: result.Scope{Kind: "project", Code: c.l.Plan.Code, Name: c.l.Plan.Name}, Status: domain.Pass, Value: geo.RoundArea(after), Op: ">=",
		Limit: geo.RoundArea(before), Unit: "m2", Margin: geo.RoundArea(margin), Close: abs(margin) <= c.book.Parameters.Tolerance,
		Terms: map[string]float64{"before_m2": geo.RoundArea(before), "after_m2": geo.RoundArea(after)}}
	if geo.Centi(after) < geo.Centi(before) {
		m.Status = c.broken(m.Scope)
		c.add(result.Finding{Status: m.Status, Scope: m.Scope}, nil, "", values{"value": wording.Area(after), "limit": wording.Area(before), "margin": wording.Area(-margin)}, geo.Text{
			ZH: "耕地面积加权平均连片面积由 {limit} 降为 {value}。", EN: "The area-weighted mean cropland block falls from {limit} to {value}."}, geo.Text{})
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}
