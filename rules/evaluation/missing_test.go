package evaluation

import (
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// A missing layer matters where some change could concern the rule, whatever
// the layer held: each row is a plan with one face and a rule that lacks one.
func TestMissingLayers(t *testing.T) {
	construction := ledger.State{Class: "0601", Known: true, Construction: true}
	field := ledger.State{Class: "0103", Known: true, Cropland: true, CroplandNet: 50}
	for _, c := range []struct {
		name, body    string
		role          domain.Role
		before, after ledger.State
		change        domain.Role
		want          domain.Status
	}{
		{"PBF leaves, the boundary is unknown", "among: before.pbf && !after.pbf\nforbid: {where: before.urban_enclosed}", domain.UrbanBoundary,
			ledger.State{PBF: true}, field, domain.PBFOut, domain.NotChecked},
		{"no PBF leaves", "among: before.pbf && !after.pbf\nforbid: {where: before.urban_enclosed}", domain.UrbanBoundary,
			field, construction, domain.LandUseChange, domain.NotApplicable},
		{"what is built may be in the red line", "forbid: {where: (before.red_line || after.red_line) && after.construction && !before.construction}", domain.RedLine,
			field, construction, domain.LandUseChange, domain.NotChecked},
		{"nothing is built", "forbid: {where: (before.red_line || after.red_line) && after.construction && !before.construction}", domain.RedLine,
			field, field, domain.LandUseChange, domain.NotApplicable},
		{"only a removal leaves the line", "forbid: {where: before.red_line && !after.red_line}", domain.RedLine,
			field, field, domain.LandUseChange, domain.NotApplicable},
		{"a removal", "forbid: {where: before.red_line && !after.red_line}", domain.RedLine,
			field, field, domain.RedRemoved, domain.NotChecked},
		{"PBF comes in", "balance: {plus: {of: after.pbf_net, where: '!before.pbf && after.pbf'}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}", domain.PBF,
			field, ledger.State{PBF: true}, domain.PBFIn, domain.NotChecked},
		{"no PBF change", "balance: {plus: {of: after.pbf_net, where: '!before.pbf && after.pbf'}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}", domain.PBF,
			field, construction, domain.LandUseChange, domain.NotApplicable},
		{"land of unknown class is built on", "forbid: {where: before.cropland && after.construction}", domain.LandUse,
			ledger.State{}, construction, domain.LandUseChange, domain.NotChecked},
		{"land of unknown class becomes a field", "forbid: {where: before.cropland && after.construction}", domain.LandUse,
			ledger.State{}, field, domain.LandUseChange, domain.NotApplicable},
		{"papers, whatever the layer", "needs: [heritage]\namong: before.heritage\ndocuments: {need: [{kind: opinion}]}", domain.Heritage,
			field, construction, domain.LandUseChange, domain.NotChecked},
	} {
		b := book(t, "mandatory", c.body)
		s := newScene()
		s.l.Present[c.role] = false
		f := ledger.Face{Area: 50, Before: c.before, After: c.after}
		switch ch := s.named(c.change, "A"); c.change {
		case domain.PBFOut:
			f.Out = ch
		case domain.PBFIn:
			f.In = ch
		case domain.RedRemoved:
			f.Line = ch
		default:
			f.Use = ch
		}
		s.face(f)
		if got := s.check(t, b).Rules[0]; got.Status != c.want || got.Note == nil {
			t.Errorf("%s: %s %v", c.name, got.Status, got.Note)
		}
		s.l.Absent = map[domain.Role]bool{c.role: true}
		if got := s.check(t, b).Rules[0]; c.role == domain.Heritage && (got.Status != domain.NotApplicable || !strings.Contains(got.Note.ZH, "absent")) {
			t.Errorf("%s, absent: %+v", c.name, got)
		}
	}
}

func TestUnsureLayers(t *testing.T) {
	s := newScene()
	s.out(50, s.named(domain.PBFOut, "A"))
	s.l.Unsure = map[domain.Role][]string{domain.RedLine: {"STBHHX_2019"}}
	r := s.check(t, book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.red_line}"))
	if r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete || !strings.Contains(r.Rules[0].Note.ZH, "STBHHX_2019") {
		t.Errorf("%+v", r.Rules[0])
	}
}

// TestAbsentAfterAll: what base.yaml says the county does not have is missing
// where a layer of nearly its name was not read, and where the plan changes it.
func TestAbsentAfterAll(t *testing.T) {
	town, pbf := book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.urban}"), book(t, "mandatory", "among: pbf_out.exists\nforbid: {where: \"!before.pbf\"}")
	s := newScene()
	s.out(50, s.named(domain.PBFOut, "A")).Before.PBF = false
	s.l.Absent = map[domain.Role]bool{domain.UrbanBoundary: true, domain.PBF: true}
	s.l.Present[domain.UrbanBoundary], s.l.Present[domain.PBF] = false, false
	if got := s.check(t, pbf).Rules[0]; got.Status != domain.NotChecked || !strings.Contains(got.Note.ZH, "方案对它作了调整") {
		t.Errorf("the plan moves what is absent: %s %v", got.Status, got.Note)
	}
	s.l.Absent[domain.PBF], s.l.Present[domain.PBF], s.l.Faces[0].Before.PBF = false, true, true
	if got := s.status(t, town); got != domain.NotApplicable {
		t.Errorf("absent: %s", got)
	}
	s.l.Unsure = map[domain.Role][]string{domain.UrbanBoundary: {"CZKFBJ_old"}}
	if got := s.check(t, town).Rules[0]; got.Status != domain.NotChecked || !strings.Contains(got.Note.ZH, "CZKFBJ_old") {
		t.Errorf("a layer of nearly its name: %s %v", got.Status, got.Note)
	}
}
