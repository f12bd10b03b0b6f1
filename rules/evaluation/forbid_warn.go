package evaluation

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

// warned finds the land of Warn that does not break the rule: warnings, by
// change feature. bad are the faces that break it.
func (k forbidEvaluator) warned(c *ruleEvaluation, bad []int) error {
	if !k.Warn.Given() {
		return nil
	}
	faces, err := c.land(k.Warn)
	if err != nil {
		return err
	}
	for _, g := range c.groups(c.solid(without(faces, bad)), k.Change) {
		told, err := k.told(c, g.faces)
		if err != nil {
			return err
		}
		c.found(domain.Warn, c.whole(), []group{g}, "warn", values{"share": {}, "total": wording.Area(g.area), "told": told}, geo.Text{
			ZH: "图斑 {ids} 有 {area} 需要核实。",
			EN: "{area} of feature {ids} is to be looked at.",
		}, geo.Text{})
	}
	return nil
}

// told are the sentences about parts of a finding's land, in the order of the
// rulebook; empty where none applies.
func (k forbidEvaluator) told(c *ruleEvaluation, faces []int) (geo.Text, error) {
	var out geo.Text
	for _, t := range k.Tell {
		meets, err := c.land(t.That)
		if err != nil {
			return out, err
		}
		var part total
		for _, i := range faces {
			if _, ok := slices.BinarySearch(meets, i); ok {
				part.add(c.l.Faces[i].Area)
			}
		}
		if part.sum() == 0 {
			continue
		}
		said := values{"part": wording.Area(part.sum())}.fill(t.Text)
		out.ZH += said.ZH
		out.EN += " " + said.EN
	}
	return out, nil
}
