package evaluation

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// judge compares features of one role and id. Several features that share both
// count as one.
func (k deviationEvaluator) evaluate(c *ruleEvaluation) error {
	approved := c.o.Against
	if approved == nil {
		c.nothing = true
		c.note(geo.Text{ZH: "没有给出批准的方案的报告，未作比较", EN: "no report of the approved plan was given: nothing was compared"})
		return nil
	}
	if len(approved.Changes) == 0 {
		c.lack("", geo.Text{ZH: "所给的批准方案报告没有列出变更图斑，请用本版程序重新核查批准的方案并给出其 JSON 报告",
			EN: "the report of the approved plan lists no changes: check the approved plan again with this version and give its JSON report"})
		return nil
	}
	if c.l.Plan.Code != approved.Plan.Code {
		c.note(geo.Textf("批准的报告属于方案“%[1]s”，本方案为“%[2]s”", "the approved report is of plan “%[1]s”, this one is “%[2]s”", approved.Plan.Code, c.l.Plan.Code))
	}
	was := sumChanges(approved.Changes)
	now := map[changeKey]float64{}
	bad, compared := 0, 0
	var groups []*deviating
	at := map[changeKey]*deviating{}
	for _, m := range c.l.Features {
		key := changeKey{string(m.Change.Role), m.Change.ID}
		now[key] += m.Ellipsoid
		if at[key] == nil {
			at[key] = &deviating{key: key}
			groups = append(groups, at[key])
		}
		at[key].groups = append(at[key].groups, group{change: m.Change, faces: c.facesOf(m.Change)})
	}
	for _, g := range groups {
		compared++
		before, known := was[g.key]
		area := now[g.key]
		diff := geo.Centi(area) - geo.Centi(before)
		if known && within(max(diff, -diff), k.Share.Rat, geo.Centi(before)) {
			continue
		}
		why := geo.Text{ZH: "批准的方案中没有此图斑", EN: "the approved plan has no such feature"}
		if known {
			why = geo.Text{ZH: fmt.Sprintf("与批准面积相差超过 %s", wording.Percent(k.Share.Float(), -1)), EN: fmt.Sprintf("its area is off by more than %s of what was approved", wording.Percent(k.Share.Float(), -1))}
		}
		bad++
		c.found(c.broken(c.whole()), c.whole(), g.groups, "", values{
			"approved": wording.Area(before), "now": wording.Area(area), "difference": wording.Area(area - before),
			"limit": wording.Area(k.Share.Float() * before), "why": why,
		}, geo.Text{ZH: "图斑 {ids}：{why}；批准 {approved}，现为 {now}。", EN: "Feature {ids}: {why}; {approved} approved, {now} now."}, geo.Text{})
	}
	missing := 0
	for _, row := range approved.Changes {
		if _, ok := now[changeKey{row.Role, row.ID}]; !ok {
			missing++
		}
	}
	if missing > 0 {
		c.note(geo.Textf("批准的方案中另有 %d 个图斑不在本方案内", "%d features of the approved plan are not in this one", missing))
	}
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: float64(bad), Op: "<=", Unit: "count", Margin: float64(-bad),
		Terms: map[string]float64{"features": float64(compared), "approved": float64(len(approved.Changes)), "missing": float64(missing)}}
	if bad > 0 {
		m.Status = c.broken(c.whole())
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

type changeKey struct{ role, id string }

// deviating is the features of one role and id.
type deviating struct {
	key    changeKey
	groups []group
}

func sumChanges(rows []result.ChangeRow) map[changeKey]float64 {
	out := map[changeKey]float64{}
	for _, row := range rows {
		out[changeKey{row.Role, row.ID}] += row.Area
	}
	return out
}
