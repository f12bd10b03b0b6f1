package evaluation

import (
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// found adds a finding about faces of some change features. Which tells apart
// several findings about the same features.
func (c *ruleEvaluation) found(st domain.Status, s result.Scope, gs []group, which string, fill values, message, remedy geo.Text) {
	var faces []int
	var area total
	for _, g := range gs {
		faces = append(faces, g.faces...)
		for _, i := range g.faces {
			area.add(c.l.Faces[i].Area)
		}
	}
	slices.Sort(faces)
	refs := c.groupRefs(gs)
	named := len(refs)
	refs = append(refs, c.baseRefs(faces)...)
	about := refs
	if named > 0 {
		about = refs[:named]
	}
	f := result.Finding{Status: st, Scope: s, Area: geo.RoundArea(area.sum()), Features: refs}
	for _, i := range faces {
		f.Faces = append(f.Faces, c.l.Faces[i].ID)
	}
	if c.l.Alone != "" && len(gs) == 1 && gs[0].change != nil { // no faces, but the whole of it
		f.Area, f.Geometry = geo.RoundArea(c.areas[gs[0].change]), &result.Geometry{Polygons: gs[0].change.Geometry}
	}
	c.add(f, about, which, fill, message, remedy)
}

// add completes a finding: message, remedy, id. about are the features that
// the message names.
func (c *ruleEvaluation) add(f result.Finding, about []result.FeatureRef, which string, fill values, message, remedy geo.Text) {
	all := values{
		"scope": scopeText(f.Scope), "ids": idList(about),
		"count": wording.Same(fmt.Sprint(len(about))), "area": wording.Area(f.Area),
	}
	for k, v := range fill {
		all[k] = v
	}
	if !c.rule.Message.IsZero() {
		message = c.rule.Message
	}
	if !c.rule.Remedy.IsZero() {
		remedy = c.rule.Remedy
	} else if remedy.IsZero() {
		remedy = c.rule.Explain.Fix
	}
	f.Message, f.Remedy = all.fill(message), all.fill(remedy)
	if c.rule.OwnLimit {
		f.Message.ZH += "（限值为本规则册口径，实施意见未作规定。）"
		f.Message.EN += " (The limit is this rulebook's own; the opinion states none.)"
	}
	if f.Features == nil {
		f.Features = []result.FeatureRef{}
	}
	f.ID = findingID(c.rule.ID, f.Scope, f.Features, which)
	c.out.Findings = append(c.out.Findings, f)
}
