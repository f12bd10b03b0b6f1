package evaluation

import (
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"

	"github.com/paulmach/orb"
)

func (k dataEvaluator) evaluate(c *ruleEvaluation) error {
	found := -1 // records that something is wrong with; those of the findings
	switch k.Check {
	case "overlap":
		k.overlaps(c)
	case "slivers":
		k.slivers(c)
	case "cover":
		k.cover(c)
	case "complete":
		k.complete(c)
		return nil
	case "base":
		k.base(c)
		return nil
	default:
		found = k.issues(c)
	}
	if found < 0 {
		found = len(c.out.Findings)
	}
	m := result.Measure{Scope: c.whole(), Status: c.worstFinding(), Value: float64(found), Op: "<=", Unit: "count",
		Margin: float64(-found), Terms: map[string]float64{}}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

// issues are what the reader found wrong with the plan's layers. What is wrong in
// the same words with several records of a layer is one finding; the number of
// records comes back.
func (k dataEvaluator) issues(c *ruleEvaluation) (records int) {
	type same struct{ file, field, message, remedy string }
	at := map[same]int{} // place in the findings
	for i := range c.l.Issues {
		f := &c.l.Issues[i]
		if f.Check != "data-"+k.Check || c.foreign(f.Role) {
			continue
		}
		records++
		s := c.whole()
		ref := result.FeatureRef{Role: string(f.Role), ID: f.ID, File: f.File, Record: f.Record}
		key := same{f.File, f.Field, f.Message.EN, f.Remedy.EN}
		if first, ok := at[key]; ok && f.Record > 0 {
			c.out.Findings[first].Features = append(c.out.Findings[first].Features, ref)
			continue
		}
		at[key] = len(c.out.Findings)
		finding := result.Finding{Status: c.broken(s), Scope: s, Message: f.Message, Remedy: f.Remedy, Features: []result.FeatureRef{ref}}
		if finding.Remedy.IsZero() {
			finding.Remedy = c.rule.Explain.Fix
		}
		finding.ID = findingID(c.rule.ID, s, finding.Features, f.Field+"\x00"+f.Message.EN)
		c.out.Findings = append(c.out.Findings, finding)
	}
	for i := range c.out.Findings {
		if f := &c.out.Findings[i]; len(f.Features) > 1 {
			f.Message = geo.Textf("%[1]s（共 %[2]d 条记录）", "%[1]s (%[2]d records)", f.Message, len(f.Features))
		}
	}
	return records
}

func (k dataEvaluator) overlaps(c *ruleEvaluation) {
	for i := range c.l.Overlaps {
		o := &c.l.Overlaps[i]
		if c.foreign(o.Role) {
			continue
		}
		s := c.whole()
		refs := []result.FeatureRef{featureRef(&o.Keeps), featureRef(&o.Loses)}
		c.add(result.Finding{Status: c.broken(s), Scope: s, Area: geo.RoundArea(o.Area), Features: refs,
			Geometry: &result.Geometry{Polygons: o.Geometry}}, refs, "", values{"role": wording.RoleTitle(o.Role)}, geo.Text{
			ZH: "同一图层（{role}）的图斑 {ids} 相互重叠 {area}，已按记录号在前者计入。",
			EN: "Features {ids} of one layer ({role}) overlap by {area}; the lower record number was counted."}, geo.Text{})
	}
}

func featureRef(f *plan.Feature) result.FeatureRef {
	return result.FeatureRef{Role: string(f.Role), ID: f.ID, File: f.File, Record: f.Record}
}

func (k dataEvaluator) slivers(c *ruleEvaluation) {
	for _, m := range c.l.Features {
		if m.Ellipsoid >= k.Limit.Float() {
			continue
		}
		c.found(c.broken(c.whole()), c.whole(), []group{{change: m.Change, faces: c.facesOf(m.Change)}}, string(m.Change.Role),
			values{"role": wording.RoleTitle(m.Change.Role), "limit": wording.Area(k.Limit.Float())}, geo.Text{
				ZH: "图斑 {ids} 只有 {area}，小于 {limit}，可能是细碎图斑。", EN: "Feature {ids} has only {area}, below {limit}: it may be a sliver."}, geo.Text{})
	}
}

func (k dataEvaluator) cover(c *ruleEvaluation) {
	for _, layer := range []domain.Role{domain.LandUse, domain.Townships} {
		if !c.l.Present[layer] {
			c.lack(layer, missingLayer(layer))
			continue
		}
		bare := c.bare(layer)
		if layer == domain.Townships {
			bare = c.broad(bare)
		} else {
			bare = c.solid(bare)
		}
		if layer == domain.LandUse {
			k.uncovered(c)
		}
		for _, g := range c.groups(bare, "") {
			c.found(c.broken(c.whole()), c.whole(), []group{g}, string(layer), values{"role": wording.RoleTitle(layer)}, geo.Text{
				ZH: "图斑 {ids} 有 {area} 不在{role}范围内。", EN: "{area} of feature {ids} is not covered by {role}."}, geo.Text{})
		}
	}
}

// uncovered is the land of the project area of which a layer that should state all
// of its land use says nothing.
func (k dataEvaluator) uncovered(c *ruleEvaluation) {
	if c.l.After == nil || len(c.l.After.Uncovered) == 0 {
		return
	}
	var area total
	var shape orb.MultiPolygon
	for _, s := range c.l.After.Uncovered {
		area.add(s.Area)
		shape = append(shape, s.Geometry)
	}
	s := c.whole()
	c.add(result.Finding{Status: c.broken(s), Scope: s, Area: geo.RoundArea(area.sum()), Geometry: &result.Geometry{Polygons: shape}},
		nil, string(domain.LandUseAfter), values{"role": domain.LandUseAfter.TitleWithName(), "pieces": wording.Same(strconv.Itoa(len(shape)))}, geo.Text{
			ZH: "整治区域有 {pieces} 处共 {area} 没有{role}，不知整治后是什么地类。请补全，未变更的土地也须填写。",
			EN: "{area} of the project area, in {pieces} places, is not covered by {role}, so that what it becomes is not known. Complete the layer; land that does not change belongs in it too."}, geo.Text{})
}

// bare is the faces that a layer does not cover and that are the plan's to
// answer for.
func (c *ruleEvaluation) bare(layer domain.Role) []int {
	if c.l.Bare != nil {
		return c.l.Bare[layer]
	}
	var out []int
	for i := range c.l.Faces {
		f := &c.l.Faces[i]
		if layer == domain.LandUse && !covered(f.Refs, layer) || layer == domain.Townships && f.Township == "" {
			out = append(out, i)
		}
	}
	return out
}
