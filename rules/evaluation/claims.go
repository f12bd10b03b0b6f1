package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// claim is what one change states of one trait, over all its land.
type claim struct {
	change   *plan.Change
	field    domain.Field
	from, to string
	taken    bool
	faces    []int
}

// claims groups the ledger's claims by change, in the ledger's order.
func (c *ruleEvaluation) claims() []*claim {
	type key struct {
		change   *plan.Change
		field    domain.Field
		from, to string
		taken    bool
	}
	at := map[key]*claim{}
	var out []*claim
	for i := range c.l.Claims {
		x := &c.l.Claims[i]
		k := key{x.Change, x.Field, x.From, x.To, x.Taken}
		if at[k] == nil {
			at[k] = &claim{change: x.Change, field: x.Field, from: x.From, to: x.To, taken: x.Taken}
			out = append(out, at[k])
		}
		at[k].faces = append(at[k].faces, x.Face)
	}
	return out
}

func (k claimsEvaluator) evaluate(c *ruleEvaluation) error {
	var taken, refused total
	for _, x := range c.claims() {
		faces := c.solid(x.faces)
		if len(faces) == 0 {
			continue
		}
		for _, i := range faces {
			if x.taken {
				taken.add(c.l.Faces[i].Area)
			} else {
				refused.add(c.l.Faces[i].Area)
			}
		}
		k.tell(c, x, faces)
	}
	if c.nothing = len(c.out.Findings) == 0; c.nothing {
		return nil
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: c.worstFinding(), Value: geo.RoundArea(taken.sum()), Unit: "m2",
		Terms: map[string]float64{"taken_m2": geo.RoundArea(taken.sum()), "not_taken_m2": geo.RoundArea(refused.sum())}})
	return nil
}

// tell is the finding of one claim.
func (k claimsEvaluator) tell(c *ruleEvaluation, x *claim, faces []int) {
	st, why := domain.Pass, geo.Text{}
	switch {
	case !x.taken:
		st, why = domain.Warn, geo.Text{ZH: "未采用：调整前后均为耕地的，以底图为准，另有外业实测的除外", EN: "not counted: of land that is cropland before and after the base data holds, but for a field survey"}
	case x.change.SubProject == "":
		st, why = domain.Warn, geo.Text{ZH: "没有子项目编号（XMBH），无从查证", EN: "no sub-project number (XMBH) to verify it by"}
	}
	message := geo.Text{ZH: "图斑 {ids} 有 {area} 的{field}由 {from} 报为 {to}（子项目 {subproject}）。",
		EN: "Feature {ids} states {field} of {area} as {to}, {from} in the base data (sub-project {subproject})."}
	if !why.IsZero() {
		message = geo.Text{ZH: "图斑 {ids} 有 {area} 的{field}由 {from} 报为 {to}（子项目 {subproject}），{why}。",
			EN: "Feature {ids} states {field} of {area} as {to}, {from} in the base data (sub-project {subproject}): {why}."}
	}
	c.found(st, c.whole(), []group{{change: x.change, faces: faces}}, string(x.field)+" "+x.from+" "+x.to, values{
		"field": claimTitle(x.field), "from": orNone(x.from), "to": orNone(x.to), "subproject": orNone(x.change.SubProject), "why": why,
	}, message, geo.Text{})
}

func orNone(s string) geo.Text {
	if s == "" {
		return geo.Text{ZH: "无", EN: "none"}
	}
	return wording.Same(s)
}

// claimTitle names a trait that a change can claim.
func claimTitle(f domain.Field) geo.Text {
	switch f {
	case domain.Grade:
		return geo.Text{ZH: "质量等别", EN: "the quality grade"}
	case domain.Slope:
		return geo.Text{ZH: "坡度级别", EN: "the slope class"}
	case domain.Ridge:
		return geo.Text{ZH: "扣除系数", EN: "the ridge coefficient"}
	case domain.Refinement:
		return geo.Text{ZH: "图斑细化代码", EN: "the refinement code"}
	}
	return wording.Same(string(f))
}
