package evaluation

import (
	"math"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k quotaEvaluator) evaluate(c *ruleEvaluation) error {
	q := c.l.Plan.Quota
	if q == nil {
		c.nothing = true
		return nil
	}
	for _, x := range []float64{q.RuralHousing, q.RuralDevelopment, q.Mining, q.Tradable} {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			c.lack("", geo.Text{ZH: "plan.yaml 的 quota 有无效数字", EN: "the quota in plan.yaml holds a figure that is no number"})
			return nil
		}
	}
	_, released, err := c.sum(k.Released)
	if err != nil {
		return err
	}
	_, used, err := c.sum(k.Used)
	if err != nil {
		return err
	}
	left := released - used
	local := q.RuralHousing + q.RuralDevelopment + q.Mining
	k.hold(c, local+q.Tradable, left, "total", geo.Text{ZH: "指标合计", EN: "sum of the quota"}, geo.Text{
		ZH: "方案使用的建设用地指标合计 {value}，多于净腾退的 {limit}，超出 {margin}。",
		EN: "The plan gives away {value} of construction land quota, more than the {limit} released net, by {margin}."})
	if q.Tradable > 0 {
		k.hold(c, local, left, "local", geo.Text{ZH: "本地需要", EN: "local needs"}, geo.Text{
			ZH: "净腾退 {limit} 不足以满足本地需要 {value}，不得流转节余指标。",
			EN: "The {limit} released net does not meet the local needs of {value}; nothing may be traded."})
	}
	switch d := q.DestinationCounty; {
	case d == "" || d == c.l.Plan.County || c.present(k.Document):
	case c.l.Plan.County == "":
		c.lack("", noCounty())
	default:
		c.add(result.Finding{Status: c.broken(c.whole()), Scope: c.whole()}, nil, "destination",
			values{"document": domain.DocumentTitle(k.Document), "county": wording.Same(d)}, geo.Text{
				ZH: "指标流转到县域外（{county}），须有批准文件“{document}”。",
				EN: "Quota goes to another county ({county}); the document “{document}” is needed."}, geo.Text{})
	}
	return nil
}

func (k quotaEvaluator) hold(c *ruleEvaluation, value, limit float64, which string, label, message geo.Text) {
	n := geo.Centi(limit) - geo.Centi(value)
	margin := float64(n) / 100
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: geo.RoundArea(value), Op: "<=", Limit: geo.RoundArea(limit), Unit: "m2",
		Margin: margin, Close: abs(margin) <= c.book.Parameters.Tolerance, Label: &label,
		Terms: map[string]float64{"released_net_m2": geo.RoundArea(limit), which + "_m2": geo.RoundArea(value)}}
	if n < 0 {
		m.Status = c.broken(c.whole())
		c.add(result.Finding{Status: m.Status, Scope: c.whole(), Area: geo.RoundArea(-margin)}, nil, which,
			values{"value": wording.Area(value), "limit": wording.Area(limit), "margin": wording.Area(-margin)}, message, geo.Text{})
	}
	c.out.Measures = append(c.out.Measures, m)
}
