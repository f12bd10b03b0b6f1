package evaluation

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k forbidEvaluator) evaluate(c *ruleEvaluation) error {
	bad, err := c.land(k.Where)
	if err != nil {
		return err
	}
	if k.Unless != nil && c.present(k.Unless.Document) {
		excused, err := c.land(k.Unless.That)
		if err != nil {
			return err
		}
		bad = without(bad, excused)
	}
	bad = c.solid(bad)
	if k.Scope == "township" {
		codes, by := c.townshipsThere(bad)
		if len(codes) == 0 { // a piece that only borders make small
			codes, by = c.byTownship(bad)
		}
		for _, code := range codes {
			if err := k.scope(c, c.township(code), by[code]); err != nil {
				return err
			}
		}
	} else if len(bad) > 0 {
		if err := k.scope(c, c.whole(), bad); err != nil {
			return err
		}
	}
	if len(bad) == 0 {
		c.out.Measures = append(c.out.Measures, result.Measure{Scope: c.whole(), Status: domain.Pass, Op: "<=", Unit: "m2",
			Terms: map[string]float64{"faces": 0}})
	}
	for _, id := range k.With {
		k.leanOn(c, id)
	}
	return k.warned(c, bad)
}

func (k forbidEvaluator) scope(c *ruleEvaluation, s result.Scope, bad []int) error {
	st := c.broken(s)
	var area total
	for _, i := range bad {
		area.add(c.l.Faces[i].Area)
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: s, Status: st, Value: geo.RoundArea(area.sum()), Op: "<=", Unit: "m2",
		Margin: geo.RoundArea(-area.sum()), Close: area.sum() <= c.book.Parameters.Tolerance,
		Terms: map[string]float64{"faces": float64(len(bad))}})
	for _, g := range c.groups(bad, k.Change) {
		share := geo.Text{ZH: "全部", EN: "all"}
		if whole := c.areas[g.change]; whole > 0 {
			share = wording.Same(fmt.Sprintf("%.2f %%", min(g.area/whole, 1)*100))
		}
		told, err := k.told(c, g.faces)
		if err != nil {
			return err
		}
		c.found(st, s, []group{g}, "", values{"share": share, "total": wording.Area(area.sum()), "told": told}, geo.Text{
			ZH: "图斑 {ids} 有 {area} 不符合本条要求。",
			EN: "{area} of feature {ids} does not meet this clause.",
		}, geo.Text{})
	}
	return nil
}

// leanOn fails this rule along with another.
func (k forbidEvaluator) leanOn(c *ruleEvaluation, id string) {
	title := c.book.Rule(id).Title
	switch c.status[id] {
	case domain.Fail:
		s := c.whole()
		c.out.Findings = append(c.out.Findings, result.Finding{
			ID: findingID(c.rule.ID, s, nil, id), Status: c.byLevel(s), Scope: s, Features: []result.FeatureRef{},
			Message: geo.Textf("本条还要求满足规则“%s”，该规则未通过。", "This clause also needs the rule “%s” to hold, and it fails.", title),
			Remedy:  geo.Textf("先解决规则“%s”的问题。", "Resolve the findings of “%s” first.", title),
		})
	case domain.NotChecked:
		c.lack("", geo.Textf("本条还要求满足规则“%s”，该规则未能核查", "this clause also needs the rule “%s”, which was not checked", title))
	}
}

// present reports a document of a kind that is in the package and is not
// against what it is wanted for.
func (b *evaluation) present(kind string) bool {
	for i := range b.l.Plan.Documents {
		if d := &b.l.Plan.Documents[i]; d.Kind == kind && d.Present && d.Agrees != plan.Disagrees {
			return true
		}
	}
	return false
}

// without drops the faces of b from a; both ascend.
func without(a, b []int) []int {
	drop := map[int]bool{}
	for _, i := range b {
		drop[i] = true
	}
	var out []int
	for _, i := range a {
		if !drop[i] {
			out = append(out, i)
		}
	}
	return out
}
