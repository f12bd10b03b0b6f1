package evaluation

import (
	"strings"
	"testing"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// A missing layer matters where some change could concern the rule, whatever
// the layer held: each row is a plan with one face and a rule that lacks one.
func TestMissingLayers(t *testing.T) {
	construction := ledger.State{Class: "0601", Known: true, Construction: true}
	field := ledger.State{Class: "0103", Known: true, Cropland: true, CroplandNet: 50}
	for _, c := range []struct {
		name, body    string
		role          plan.Role
		before, after ledger.State
		change        plan.Role
		want          result.Status
	}{
		{"PBF leaves, the boundary is unknown", "among: before.pbf && !after.pbf\nforbid: {where: before.urban_enclosed}", plan.UrbanBoundary,
			ledger.State{PBF: true}, field, plan.PBFOut, result.NotChecked},
		{"no PBF leaves", "among: before.pbf && !after.pbf\nforbid: {where: before.urban_enclosed}", plan.UrbanBoundary,
			field, construction, plan.LandUseChange, result.NotApplicable},
		{"what is built may be in the red line", "forbid: {where: (before.red_line || after.red_line) && after.construction && !before.construction}", plan.RedLine,
			field, construction, plan.LandUseChange, result.NotChecked},
		{"nothing is built", "forbid: {where: (before.red_line || after.red_line) && after.construction && !before.construction}", plan.RedLine,
			field, field, plan.LandUseChange, result.NotApplicable},
		{"only a removal leaves the line", "forbid: {where: before.red_line && !after.red_line}", plan.RedLine,
			field, field, plan.LandUseChange, result.NotApplicable},
		{"a removal", "forbid: {where: before.red_line && !after.red_line}", plan.RedLine,
			field, field, plan.RedRemoved, result.NotChecked},
		{"PBF comes in", "balance: {plus: {of: after.pbf_net, where: '!before.pbf && after.pbf'}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}", plan.PBF,
			field, ledger.State{PBF: true}, plan.PBFIn, result.NotChecked},
		{"no PBF change", "balance: {plus: {of: after.pbf_net, where: '!before.pbf && after.pbf'}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}", plan.PBF,
			field, construction, plan.LandUseChange, result.NotApplicable},
		{"land of unknown class is built on", "forbid: {where: before.cropland && after.construction}", plan.LandUse,
			ledger.State{}, construction, plan.LandUseChange, result.NotChecked},
		{"land of unknown class becomes a field", "forbid: {where: before.cropland && after.construction}", plan.LandUse,
			ledger.State{}, field, plan.LandUseChange, result.NotApplicable},
		{"papers, whatever the layer", "needs: [heritage]\namong: before.heritage\ndocuments: {need: [{kind: opinion}]}", plan.Heritage,
			field, construction, plan.LandUseChange, result.NotChecked},
	} {
		b := book(t, "mandatory", c.body)
		s := newScene()
		s.l.Present[c.role] = false
		f := ledger.Face{Area: 50, Before: c.before, After: c.after}
		switch ch := s.named(c.change, "A"); c.change {
		case plan.PBFOut:
			f.Out = ch
		case plan.PBFIn:
			f.In = ch
		case plan.RedRemoved:
			f.Line = ch
		default:
			f.Use = ch
		}
		s.face(f)
		if got := s.check(t, b).Rules[0]; got.Status != c.want || got.Note == nil {
			t.Errorf("%s: %s %v", c.name, got.Status, got.Note)
		}
		s.l.Absent = map[plan.Role]bool{c.role: true}
		if got := s.check(t, b).Rules[0]; c.role == plan.Heritage && (got.Status != result.NotApplicable || !strings.Contains(got.Note.ZH, "absent")) {
			t.Errorf("%s, absent: %+v", c.name, got)
		}
	}
}

func TestUnsureLayers(t *testing.T) {
	s := newScene()
	s.out(50, s.named(plan.PBFOut, "A"))
	s.l.Unsure = map[plan.Role][]string{plan.RedLine: {"STBHHX_2019"}}
	r := s.check(t, book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.red_line}"))
	if r.Rules[0].Status != result.NotChecked || r.Verdict != result.Incomplete || !strings.Contains(r.Rules[0].Note.ZH, "STBHHX_2019") {
		t.Errorf("%+v", r.Rules[0])
	}
}
