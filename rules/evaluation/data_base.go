package evaluation

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// ofBase tells a base layer from one of the plan's.
func ofBase(r domain.Role) bool { return slices.Contains(domain.BaseRoles(), r) }

// foreign tells whose input errors are not those of what is being checked: of base
// data, but where a base layer is checked by itself.
func (b *evaluation) foreign(r domain.Role) bool { return b.l.Alone == "" && ofBase(r) }

// complete asks whether every file of the package is accounted for (rules/plan/
// README.md). One that is not may hold changes: nothing can be said of them.
func (k dataEvaluator) complete(c *ruleEvaluation) {
	p := c.l.Plan
	for _, u := range p.Unread {
		c.lack("", geo.Textf("方案包中的文件“%[1]s”没有读入：%[2]s", "the file “%[1]s” of the package was not read: %[2]s", u.File, u.Why))
	}
	present := map[string]bool{}
	for i := range p.Documents {
		if p.Documents[i].Present {
			present[p.Documents[i].File] = true
		}
	}
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: float64(len(p.Unread)), Op: "<=", Unit: "count", Margin: float64(-len(p.Unread)),
		Terms: map[string]float64{"unread": float64(len(p.Unread)), "layers": float64(len(p.Layers)), "papers": float64(len(present)), "ignored": float64(len(p.Ignored))}}
	if len(p.Unread) > 0 {
		m.Status = domain.NotChecked
	}
	c.out.Measures = append(c.out.Measures, m)
	c.note(geo.Textf("读入图层 %[1]d 个，登记的附件 %[2]d 份，按 ignore 忽略的文件 %[3]d 个",
		"%[1]d layers were read, %[2]d papers are named, %[3]d files are ignored on purpose", len(p.Layers), len(present), len(p.Ignored)))
}

// doubt is one input error of base data under changed land.
type doubt struct {
	role    domain.Role
	refs    []result.FeatureRef
	area    float64 // in doubt, m²
	message geo.Text
	remedy  geo.Text
	shape   *result.Geometry
}

// doubts lists the input errors of base data: what reading found of parcels under
// changed land, and overlaps within a base layer.
func (b *evaluation) doubts() []doubt {
	var out []doubt
	wanted := map[ledger.Ref]bool{}
	for i := range b.l.Issues {
		if f := &b.l.Issues[i]; f.Check == "base-data" || ofBase(f.Role) {
			wanted[ledger.Ref{Role: f.Role, ID: f.ID}] = true
		}
	}
	over := map[ledger.Ref]float64{}
	if len(wanted) > 0 {
		for i := range b.l.Faces {
			for _, r := range b.l.Faces[i].Refs {
				if wanted[r] {
					over[r] += b.l.Faces[i].Area
				}
			}
		}
	}
	for i := range b.l.Issues {
		f := &b.l.Issues[i]
		if f.Check != "base-data" && !ofBase(f.Role) {
			continue
		}
		out = append(out, doubt{role: f.Role, message: f.Message, remedy: f.Remedy, area: over[ledger.Ref{Role: f.Role, ID: f.ID}],
			refs: []result.FeatureRef{{Role: string(f.Role), ID: f.ID, File: f.File, Record: f.Record}}})
	}
	for i := range b.l.Overlaps {
		o := &b.l.Overlaps[i]
		if !ofBase(o.Role) {
			continue
		}
		out = append(out, doubt{role: o.Role, area: o.Area, refs: []result.FeatureRef{featureRef(&o.Keeps), featureRef(&o.Loses)},
			shape: &result.Geometry{Polygons: o.Geometry},
			message: geo.Textf("底图图层（%[1]s）的图斑 %[2]s 与 %[3]s 相互重叠 %[4]s，已按记录号在前者计入", "features %[2]s and %[3]s of the base layer (%[1]s) overlap by %[4]s; the lower record number was counted",
				wording.RoleTitle(o.Role), o.Keeps.ID, o.Loses.ID, wording.Area(o.Area))})
	}
	for i := range b.l.BaseIssues {
		f := &b.l.BaseIssues[i]
		d := doubt{role: f.Role, message: f.Message, remedy: f.Remedy, area: f.Area,
			refs: []result.FeatureRef{{Role: string(f.Role), ID: f.ID, File: f.File, Record: f.Record}}}
		for k := range f.With {
			d.refs = append(d.refs, featureRef(&f.With[k]))
		}
		if len(f.Geometry) > 0 {
			d.shape = &result.Geometry{Polygons: f.Geometry}
		}
		out = append(out, d)
	}
	return out
}

// base lists the input errors of base data, with the area that they put in doubt.
func (k dataEvaluator) base(c *ruleEvaluation) {
	doubts := c.doubts()
	if c.nothing = len(doubts) == 0; c.nothing {
		return
	}
	var area total
	s := c.whole()
	for _, d := range doubts {
		area.add(d.area)
		f := result.Finding{Status: c.broken(s), Scope: s, Area: geo.RoundArea(d.area), Features: d.refs, Geometry: d.shape, Message: d.message, Remedy: d.remedy}
		if f.Remedy.IsZero() {
			f.Remedy = c.rule.Explain.Fix
		}
		f.ID = findingID(c.rule.ID, s, f.Features, d.message.EN)
		c.out.Findings = append(c.out.Findings, f)
	}
	c.out.Measures = append(c.out.Measures, result.Measure{Scope: s, Status: c.worstFinding(), Value: geo.RoundArea(area.sum()), Op: "<=", Unit: "m2",
		Margin: geo.RoundArea(-area.sum()), Terms: map[string]float64{"faults": float64(len(doubts))}})
}

// doubtfulLand sums the changed land that base layers put in doubt, by layer, m².
func (b *evaluation) doubtfulLand() map[domain.Role]float64 {
	sums := map[domain.Role]*total{}
	for _, d := range b.doubts() {
		entry(sums, d.role).add(d.area)
	}
	out := map[domain.Role]float64{}
	for role, t := range sums {
		out[role] = t.sum()
	}
	return out
}

// tellDoubt says of a rule of quantities that base layers it reads put more
// land in doubt than it has to its limit. It fails by that never (rules/
// README.md, Status).
func (c *ruleEvaluation) tellDoubt() {
	r := c.rule
	if r.Ratio == nil && r.Balance == nil && r.Share == nil && r.Compare == nil {
		return
	}
	by := c.doubted()
	if len(by) == 0 {
		return
	}
	for i := range c.out.Measures {
		m := &c.out.Measures[i]
		if m.Op == "" || m.Unit != "m2" && m.Unit != "ratio" || m.Status == domain.NotChecked || m.Status == domain.NotApplicable {
			continue
		}
		for _, role := range r.Needs {
			if area := by[role]; geo.RoundArea(area) > abs(m.Margin) {
				c.note(geo.Textf("底图“%[1]s”存疑的变更地块 %[2]s，超过本条余量 %[3]s：更正底图后结论可能改变", "the base layer “%[1]s” puts %[2]s of changed land in doubt, more than the margin of %[3]s: once it is corrected the answer may differ",
					wording.RoleTitle(role), wording.Area(area), wording.Area(abs(m.Margin))))
				return
			}
		}
	}
}
