package rules

import (
	"fmt"
	"math"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (c *court) villagesUnknown() geo.Text {
	if c.lacksColumn(plan.LandUse, plan.UnitField) {
		return wording.Textf("不知道整治区域涉及哪些嘎查村，请在底图中提供村级调查区（CJDCQ）；图层“%s”缺少坐落单位代码字段 ZLDWDM，也可补上该字段",
			"the villages that the project area touches are unknown: add the layer of villages (CJDCQ) to the base data; column ZLDWDM is missing in layer %s, which would do as well",
			wording.RoleTitle(plan.LandUse))
	}
	return geo.Text{
		ZH: "不知道整治区域涉及哪些嘎查村，请在底图中提供村级调查区（CJDCQ），或填写地类图斑（DLTB）的坐落单位代码 ZLDWDM",
		EN: "the villages that the project area touches are unknown: add the layer of villages (CJDCQ) to the base data, or fill in ZLDWDM of the land use (DLTB)"}
}

// worstFinding is the strongest status among the findings so far.
func (c *court) worstFinding() result.Status {
	worst := result.Pass
	for _, f := range c.out.Findings {
		if rank(f.Status) > rank(worst) {
			worst = f.Status
		}
	}
	return worst
}

func (k *Quota) validate() *geo.Text { return strayTotal(k.Released.Of, k.Used.Of) }

func (k *Quota) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Released.Of.Expression, &k.Released.Where.Expression, &k.Used.Of.Expression, &k.Used.Where.Expression}
}

func (k *Quota) placeholders() []string {
	return []string{"value", "limit", "margin", "document", "county"}
}

func (k *Quota) judge(c *court) error {
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
			words{"document": domain.DocumentTitle(k.Document), "county": wording.Same(d)}, geo.Text{
				ZH: "指标流转到县域外（{county}），须有批准文件“{document}”。",
				EN: "Quota goes to another county ({county}); the document “{document}” is needed."}, geo.Text{})
	}
	return nil
}

func (k *Quota) hold(c *court, value, limit float64, which string, label, message geo.Text) {
	n := geo.Centi(limit) - geo.Centi(value)
	margin := float64(n) / 100
	m := result.Measure{Scope: c.whole(), Status: result.Pass, Value: geo.RoundArea(value), Op: "<=", Limit: geo.RoundArea(limit), Unit: "m2",
		Margin: margin, Close: abs(margin) <= c.book.Parameters.Tolerance, Label: &label,
		Terms: map[string]float64{"released_net_m2": geo.RoundArea(limit), which + "_m2": geo.RoundArea(value)}}
	if n < 0 {
		m.Status = c.broken(c.whole())
		c.add(result.Finding{Status: m.Status, Scope: c.whole(), Area: geo.RoundArea(-margin)}, nil, which,
			words{"value": wording.SquareMetres(value), "limit": wording.SquareMetres(limit), "margin": wording.SquareMetres(-margin)}, message, geo.Text{})
	}
	c.out.Measures = append(c.out.Measures, m)
}

func (k *Within) validate() *geo.Text { return nil }

func (k *Within) expressions() []*condition.Expression { return nil }

func (k *Within) placeholders() []string { return []string{"county"} }

func (k *Within) judge(c *court) error {
	if c.l.Plan.County == "" {
		c.lack("", noCounty())
		return nil
	}
	if !c.l.Present[plan.Townships] {
		c.lack(plan.Townships, missingLayer(plan.Townships))
		return nil
	}
	limit := c.l.Sliver.Area
	m := result.Measure{Scope: result.Scope{Kind: "county", Code: c.l.Plan.County}, Status: result.Pass, Value: geo.RoundArea(c.l.Outside), Op: "<=",
		Limit: limit, Unit: "m2", Margin: geo.RoundArea(limit - c.l.Outside), Terms: map[string]float64{"outside_m2": geo.RoundArea(c.l.Outside)}}
	if c.l.Outside > limit {
		m.Status = c.broken(m.Scope)
		var refs []result.FeatureRef
		for i := range c.l.Plan.Project {
			p := &c.l.Plan.Project[i]
			refs = append(refs, result.FeatureRef{Role: string(plan.ProjectArea), ID: p.ID, File: p.File, Record: p.Record})
		}
		c.add(result.Finding{Status: m.Status, Scope: m.Scope, Area: geo.RoundArea(c.l.Outside), Features: refs}, refs, "",
			words{"county": wording.Same(c.l.Plan.County)}, geo.Text{
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
		c.note(wording.Textf("旗县界外另有 %[1]d 个碎屑面（共 %[2]s）未计入", "%[1]d slivers outside the county (%[2]s) were left out", count, wording.SquareMetres(strips.sum())))
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}
