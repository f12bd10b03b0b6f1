package evaluation

import (
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/rulebooktest"

	"github.com/paulmach/orb"
)

func TestForbid(t *testing.T) {
	b := book(t, "mandatory", "among: before.pbf && !after.pbf\nknown: [before.slope]\nforbid: {where: before.urban}")
	s := newScene()
	if got := s.status(t, b); got != domain.NotApplicable {
		t.Errorf("nothing goes out: %s", got)
	}
	a1, a2 := s.named(domain.PBFOut, "A1"), s.named(domain.PBFOut, "A2")
	s.l.Features[0].Ellipsoid = 40
	f := s.out(10, a1)
	f.Before.Slope = 1
	if got := s.status(t, b); got != domain.Pass {
		t.Errorf("outside: %s", got)
	}
	f.Before.Slope = 0
	if r := s.check(t, b); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete || !strings.Contains(r.Rules[0].Note.EN, "A1") {
		t.Errorf("unknown slope: %+v", r.Rules[0])
	}
	s.l.Faces[0].Before.Urban = true
	s.out(5, a2).Before.Urban = true
	s.out(6, a2).Before.Urban = true
	sliver := s.out(0.5, a1)
	sliver.Before.Urban, sliver.Sliver = true, true
	for i := range s.l.Faces {
		s.l.Faces[i].Before.Slope = 1
	}
	r := s.check(t, b)
	fs := r.Rules[0].Findings
	if r.Rules[0].Status != domain.Fail || len(fs) != 2 || fs[0].Area != 11 || fs[0].Features[0].ID != "A2" || fs[1].Area != 10 {
		t.Fatalf("findings %+v", fs)
	}
	if !strings.Contains(r.Rules[0].Note.EN, "1 slivers (0.50 m²)") {
		t.Errorf("note %v", r.Rules[0].Note)
	}
	if r.Ledger.Slivers.Count != 1 || r.Ledger.Slivers.Area != 0.5 || r.Ledger.Faces != 4 {
		t.Errorf("ledger %+v", r.Ledger)
	}
	// The id does not depend on other findings.
	id := fs[1].ID
	for i := 1; i < 3; i++ {
		s.l.Faces[i].Before.Urban = false
	}
	if got := s.check(t, b).Rules[0].Findings; len(got) != 1 || got[0].ID != id || len(id) != 12 {
		t.Errorf("id %v, was %s", got, id)
	}
	delete(s.l.Present, domain.UrbanBoundary)
	if r = s.check(t, b); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete {
		t.Errorf("no urban boundary: %s %s", r.Rules[0].Status, r.Verdict)
	}
}

func TestOptionalLayers(t *testing.T) {
	text := rulebooktest.Book("mandatory", "forbid: {where: before.heritage && after.construction}")
	b, err := rulebook.Parse("b.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := newScene()
	delete(s.l.Present, domain.Heritage)
	use := s.face(ledger.Face{Area: 50, Use: s.named(domain.LandUseChange, "A"), After: ledger.State{Class: "0103", Cropland: true}})
	if r := s.check(t, b); r.Rules[0].Status != domain.NotApplicable {
		t.Errorf("nothing is built, whatever the layer held: %s", r.Rules[0].Status)
	}
	use.After = ledger.State{Class: "0601", Construction: true}
	if r := s.check(t, b); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Compliant {
		t.Errorf("optional: %s %s", r.Rules[0].Status, r.Verdict)
	}
	if b, err = rulebook.Parse("b.yaml", []byte(strings.Replace(text, "rules:", "require: [heritage]\nrules:", 1))); err != nil {
		t.Fatal(err)
	}
	if r := s.check(t, b); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete {
		t.Errorf("required: %s %s", r.Rules[0].Status, r.Verdict)
	}
}

func TestUnlessDocument(t *testing.T) {
	b := book(t, "mandatory", `forbid:
  where: before.basic_grassland && after.construction
  unless: {that: 'use.purpose in ["NMZZ", "NCGL"]', document: grassland-approval}`)
	for _, c := range []struct {
		purpose string
		present bool
		want    domain.Status
	}{{"NMZZ", true, domain.Pass}, {"NMZZ", false, domain.Fail}, {"QT", true, domain.Fail}} {
		s := newScene()
		ch := s.change(plan.Change{Purpose: c.purpose})
		s.face(ledger.Face{Area: 10, Use: ch, Before: ledger.State{BasicGrassland: true}, After: ledger.State{Construction: true}})
		s.l.Plan.Documents = []plan.Document{{Kind: "grassland-approval", Present: c.present}}
		if got := s.status(t, b); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

const meanRule = `mean:
  better: {value: after.grade, of: after.pbf_net, where: "!before.pbf && after.pbf"}
  than: {value: before.grade, of: before.pbf_net, where: before.pbf && !after.pbf}`

func TestMean(t *testing.T) {
	for _, c := range []struct {
		in1, in2 int // grades of 10 and 30 m² in, against 8 out
		want     domain.Status
	}{{8, 8, domain.Pass}, {5, 9, domain.Pass}, {6, 9, domain.Fail}, {11, 7, domain.Pass}, {12, 7, domain.Fail}, {0, 7, domain.NotChecked}} {
		s := newScene()
		s.in(10, nil).After.Grade = c.in1
		s.in(30, nil).After.Grade = c.in2
		s.out(77, nil)
		if got := s.status(t, book(t, "mandatory", meanRule)); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	// One per cent may be unknown; grades are optional for the verdict.
	s := newScene()
	s.in(1, nil).After.Grade = 0
	s.in(99, nil)
	s.out(50, nil)
	if got := s.status(t, book(t, "mandatory", meanRule)); got != domain.Pass {
		t.Errorf("1 %% unknown: %s", got)
	}
	s.l.Faces[0].After.PBFNet = 1.1
	if r := s.check(t, book(t, "mandatory", meanRule)); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Compliant {
		t.Errorf("1.1 %% unknown: %s %s", r.Rules[0].Status, r.Verdict)
	}
}

func TestRequireByStage(t *testing.T) {
	b := book(t, "mandatory", `require:
  change: use
  where: "!before.cropland && after.cropland"
  each:
  - {that: 'use.survey_method not in ["TSZY", "XSCS"]', lack: {zh: 不得图上作业, en: not surveyed in the field}}
  - {that: use.surveyed.known, stages: [annual, acceptance], lack: {zh: 缺少实测面积, en: no surveyed area}}`)
	for _, c := range []struct {
		method string
		known  bool
		stage  domain.Stage
		want   domain.Status
		count  int
	}{{"", false, domain.Proposal, domain.Pass, 0}, {"TSZY", false, domain.Proposal, domain.Fail, 1}, {"RTK", false, domain.Annual, domain.Fail, 1}, {"RTK", true, domain.Annual, domain.Pass, 0}, {"XSCS", false, domain.Annual, domain.Fail, 2}} {
		s := newScene()
		s.l.Plan.Stage = c.stage
		ch := s.change(plan.Change{Feature: plan.Feature{ID: "N1"}, SurveyMethod: c.method, Surveyed: plan.Number{Known: c.known}})
		s.face(ledger.Face{Area: 10, Use: ch, After: ledger.State{Cropland: true}})
		s.face(ledger.Face{Area: 20, Use: ch, After: ledger.State{Cropland: true}})
		r := s.check(t, b)
		if got := r.Rules[0]; got.Status != c.want || len(got.Findings) != c.count {
			t.Errorf("%+v: %s %d", c, got.Status, len(got.Findings))
		}
		if c.count == 2 && r.Rules[0].Findings[0].ID == r.Rules[0].Findings[1].ID {
			t.Error("two demands share an id")
		}
	}
	if got := newScene().status(t, b); got != domain.NotApplicable {
		t.Error(got)
	}
}

func TestAreas(t *testing.T) {
	b := book(t, "advisory", "areas: {stated: declared, absolute_m2: 1, share: 0.001}")
	for _, c := range []struct {
		stated, ellipsoid, planar float64
		want                      domain.Status
		hint                      string
	}{
		{500, 501, 501, domain.Pass, ""}, {500, 501.01, 510, domain.Warn, "%"}, {10010, 10000, 10004, domain.Pass, ""}, {10010.01, 10000, 10004, domain.Warn, ""},
		{1000391.4, 1000000, 1000391.4, domain.Pass, ""}, {3000000 * 1.002, 3000000, 3000000 * 1.002, domain.Warn, "planar"},
		{1.0, 10000, 10004, domain.Warn, "hectares"}, {15, 10000, 10004, domain.Warn, "mu"},
	} {
		s := newScene()
		ch := s.change(plan.Change{Feature: plan.Feature{ID: "D"}, Declared: plan.Number{Value: c.stated, Known: true}})
		s.l.Features[0] = ledger.Measured{Change: ch, Ellipsoid: c.ellipsoid, Planar: c.planar}
		r := s.check(t, b).Rules[0]
		if r.Status != c.want {
			t.Errorf("%+v: %s", c, r.Status)
		}
		if c.want == domain.Warn && !strings.Contains(r.Findings[0].Message.EN, c.hint) {
			t.Errorf("%+v: %s", c, r.Findings[0].Message.EN)
		}
		// A planar figure within the tolerance is said to be one.
		flat := c.want == domain.Pass && c.stated == c.planar
		if said := r.Note != nil && strings.Contains(r.Note.EN, "state the planar area"); said != flat {
			t.Errorf("%+v: note %v", c, r.Note)
		}
	}
	s := newScene()
	s.named(domain.PBFIn, "x")
	if got := s.status(t, b); got != domain.NotApplicable {
		t.Errorf("not stated: %s", got)
	}
}

func TestDocuments(t *testing.T) {
	b := book(t, "mandatory", "documents: {need: [{kind: village-consent, per: village}, {kind: opinion, from: [水利, 林草]}, {one_of: [league-review, region-review]}]}")
	s := newScene()
	s.l.ProjectVillages = []ledger.Unit{{Code: "150123101201", Name: "甲"}, {Code: "150123101202", Name: "乙"}}
	s.l.Plan.Documents = []plan.Document{
		{Kind: "village-consent", Village: "150123101201", Present: true}, {Kind: "village-consent", Village: "150123101202", File: "a.pdf", Line: 9},
		{Kind: "opinion", From: "水利", Present: true}, {Kind: "region-review", Present: true}}
	r := s.check(t, b).Rules[0]
	if r.Status != domain.Fail || len(r.Findings) != 2 || r.Measures[0].Value != 3 || r.Measures[0].Limit != 5 || !strings.Contains(r.Note.ZH, "a.pdf") {
		t.Fatalf("%+v", r)
	}
	s.l.Plan.Documents[1].Present = true
	s.l.Plan.Documents = append(s.l.Plan.Documents, plan.Document{Kind: "opinion", From: "林草", Present: true})
	if got := s.status(t, b); got != domain.Pass {
		t.Error(got)
	}
	s.l.ProjectVillages = nil
	if r := s.check(t, b); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Compliant {
		t.Errorf("villages unknown: %s %s", r.Rules[0].Status, r.Verdict)
	}
}

func TestDocumentsAreNamedInWords(t *testing.T) {
	b := book(t, "mandatory", "documents: {need: [{kind: opinion, from: [水利]}, {one_of: [league-review, region-review]}, {kind: my-paper}]}")
	var zh, en string
	for _, f := range newScene().check(t, b).Rules[0].Findings {
		zh, en = zh+f.Message.ZH, en+f.Message.EN
	}
	for _, want := range []string{"部门意见", "盟市人民政府审核意见或自治区自然资源厅对永久基本农田调整补划方案的审核意见", "my-paper"} {
		if !strings.Contains(zh, want) {
			t.Errorf("no %q in %s", want, zh)
		}
	}
	for _, want := range []string{"department's opinion” of water (水利)", "league government's review or region's review of the plan", "my-paper"} {
		if !strings.Contains(en, want) {
			t.Errorf("no %q in %s", want, en)
		}
	}
	if strings.Contains(zh+en, "-review") {
		t.Errorf("a code where words are wanted: %s %s", zh, en)
	}
}

func TestQuota(t *testing.T) {
	b := book(t, "mandatory", `quota: {released: {of: area, where: before.construction && !after.construction}, used: {of: area, where: "!before.construction && after.construction"}, document: cross-county-approval}`)
	for _, c := range []struct {
		quota    *plan.Quota
		present  bool
		want     domain.Status
		findings int
	}{
		{nil, false, domain.NotApplicable, 0}, {&plan.Quota{RuralHousing: 30, Tradable: 40}, false, domain.Pass, 0}, {&plan.Quota{RuralHousing: 30, Tradable: 40.01}, false, domain.Fail, 1},
		{&plan.Quota{RuralHousing: 70.01, Tradable: 1}, false, domain.Fail, 2}, {&plan.Quota{RuralHousing: 70.01}, false, domain.Fail, 1},
		{&plan.Quota{Tradable: 1, DestinationCounty: "150124"}, false, domain.Fail, 1}, {&plan.Quota{Tradable: 1, DestinationCounty: "150124"}, true, domain.Pass, 0},
	} {
		s := newScene()
		s.face(ledger.Face{Area: 100, Before: ledger.State{Construction: true}})
		s.face(ledger.Face{Area: 30, After: ledger.State{Construction: true}})
		s.l.Plan.Quota = c.quota
		s.l.Plan.Documents = []plan.Document{{Kind: "cross-county-approval", Present: c.present}}
		if r := s.check(t, b).Rules[0]; r.Status != c.want || len(r.Findings) != c.findings {
			t.Errorf("%+v: %s %d", c, r.Status, len(r.Findings))
		}
	}
}

// Whether quota leaves the county is not known of a plan that does not say
// which county is its own.
func TestQuotaOfAnUnknownCounty(t *testing.T) {
	b := book(t, "mandatory", `quota: {released: {of: area, where: before.construction && !after.construction}, used: {of: area, where: "!before.construction && after.construction"}, document: cross-county-approval}`)
	s := newScene()
	s.face(ledger.Face{Area: 100, Before: ledger.State{Construction: true}})
	s.l.Plan.County, s.l.Plan.Quota = "", &plan.Quota{Tradable: 1, DestinationCounty: "150123"}
	if r := s.check(t, b).Rules[0]; r.Status != domain.NotChecked || len(r.Findings) != 0 || r.Note == nil || !strings.Contains(r.Note.EN, "does not say its county") {
		t.Errorf("%s %+v %+v", r.Status, r.Findings, r.Note)
	}
	s.l.Plan.Quota.Tradable = 101
	if r := s.check(t, b).Rules[0]; r.Status != domain.Fail {
		t.Errorf("more than was released: %s", r.Status)
	}
}

func TestWithinAndData(t *testing.T) {
	s := newScene()
	w := book(t, "mandatory", "within: {what: project_area}")
	if got := s.status(t, w); got != domain.Pass {
		t.Error(got)
	}
	if s.l.Outside = 1.01; s.status(t, w) != domain.Fail {
		t.Error("outside the county")
	}
	s.l.Overlaps = []ledger.Overlap{{Role: domain.PBFIn, Keeps: plan.Feature{ID: "a"}, Loses: plan.Feature{ID: "b"}, Area: 5, Geometry: orb.MultiPolygon{square(37540000, 4562900, 3)}}}
	r := s.check(t, book(t, "mandatory", "data: {check: overlap}")).Rules[0]
	if r.Status != domain.Fail || len(r.Findings) != 1 || r.Findings[0].Geometry == nil || r.Findings[0].BBox[0] < 111 || r.Findings[0].BBox[0] > 112 {
		t.Errorf("overlap %+v", r)
	}
	s.l.Issues = []plan.Issue{{Check: "data-codes", Role: domain.LandUseChange, ID: "c"}, {Check: "data-fields"}}
	if r := s.check(t, book(t, "mandatory", "data: {check: codes}")).Rules[0]; r.Status != domain.Fail || len(r.Findings) != 1 || r.Findings[0].Features[0].ID != "c" {
		t.Errorf("codes %+v", r)
	}
	if got := s.status(t, book(t, "advisory", "data: {check: geometry}")); got != domain.Pass {
		t.Error(got)
	}
	s.named(domain.PBFIn, "small")
	s.l.Features[0].Ellipsoid = 9.99
	if got := s.status(t, book(t, "advisory", "data: {check: slivers, limit_m2: 10}")); got != domain.Warn {
		t.Error(got)
	}
	s.face(ledger.Face{Area: 10, Refs: []ledger.Ref{{Role: domain.LandUse}}}).Township = ""
	if r := s.check(t, book(t, "mandatory", "data: {check: cover}")).Rules[0]; r.Status != domain.Fail || len(r.Findings) != 1 {
		t.Errorf("cover %+v", r)
	}
}

func TestPatches(t *testing.T) {
	s := newScene()
	put := func(x float64, area float64, in bool) {
		f := s.out
		if in {
			f = s.in
		}
		f(area, nil).Geometry = square(37540000+x, 4562900, 10)
	}
	put(0, 100, false)
	put(10, 100, false) // shares an edge: one patch of 200
	put(25, 100, false) // 5 m further
	put(1000, 149, true)
	for _, c := range []struct {
		gap  string
		want domain.Status
	}{{"0", domain.Warn}, {"4.9", domain.Warn}, {"5", domain.Warn}} {
		b := book(t, "advisory", `compare: {of: {of: after.pbf_net, where: "!before.pbf && after.pbf"}, against: {of: before.pbf_net, where: before.pbf && !after.pbf}, hold: [mean_larger, fewer], gap_m: `+c.gap+`}`)
		r := s.check(t, b).Rules[0]
		want := 150.0
		if c.gap == "5" {
			want = 300
		}
		if r.Status != c.want || r.Measures[0].Limit != want || r.Measures[1].Status != domain.Pass {
			t.Errorf("gap %s: %+v", c.gap, r.Measures)
		}
	}
	s.l.Faces[3].After.PBFNet = 150
	if got := s.status(t, book(t, "advisory", `compare: {of: {of: after.pbf_net, where: "!before.pbf && after.pbf"}, against: {of: before.pbf_net, where: before.pbf && !after.pbf}, hold: [mean_larger]}`)); got != domain.Pass {
		t.Errorf("equal means: %s", got)
	}
	b := book(t, "in_principle", `among: before.pbf && !after.pbf
patches: {of: "true"}
forbid: {where: patch_area > 150}`)
	if r := s.check(t, b).Rules[0]; r.Status != domain.Fail || r.Findings[0].Area != 200 || len(r.Findings[0].Geometry.Polygons) != 1 {
		t.Errorf("patch_area %+v", r)
	}
}

func TestWith(t *testing.T) {
	text := rulebooktest.Book("in_principle", "forbid: {where: before.grassland && after.urban, with: [kept]}") + rulebooktest.Rule("kept", "mandatory", keptRule)
	b, err := rulebook.Parse("b.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := newScene()
	s.in(10, nil)
	s.out(10, nil)
	if r := s.check(t, b); r.Rules[0].Status != domain.Pass || r.Verdict != domain.Compliant {
		t.Errorf("%+v", r.Rules[0])
	}
	s.out(1, nil)
	if r := s.check(t, b); r.Rules[0].Status != domain.Fail || r.Rules[0].ID != "the-rule" || r.Summary.Fail != 2 {
		t.Errorf("%+v", r.Rules[0])
	}
}

func TestBlocks(t *testing.T) {
	b := book(t, "advisory", `blocks: {gap_m: 12, barriers: ["1003"]}`)
	s := newScene()
	if r := s.check(t, b); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Compliant {
		t.Errorf("not measured: %s %s", r.Rules[0].Status, r.Verdict)
	}
	for _, c := range []struct {
		before, after float64
		want          domain.Status
	}{{100, 100, domain.Pass}, {100, 99.99, domain.Warn}, {100, 99.996, domain.Pass}, {0, 0, domain.NotApplicable}} {
		s.l.Blocks = &ledger.Blocks{Before: c.before, After: c.after}
		if got := s.status(t, b); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestList(t *testing.T) {
	b := book(t, "advisory", `list: {of: area, where: "!before.ecological && after.ecological", change: use, warn: after.wetland}`)
	s := newScene()
	if got := s.status(t, b); got != domain.NotApplicable {
		t.Errorf("nothing: %s", got)
	}
	use := s.named(domain.LandUseChange, "E")
	s.face(ledger.Face{Area: 10, Use: use, After: ledger.State{Ecological: true}})
	if r := s.check(t, b).Rules[0]; r.Status != domain.Pass || len(r.Findings) != 1 || r.Findings[0].Status != domain.Pass || r.Measures[0].Value != 10 {
		t.Errorf("shown: %+v", r)
	}
	s.face(ledger.Face{Area: 5, Use: use, After: ledger.State{Ecological: true, Wetland: true}})
	if r := s.check(t, b).Rules[0]; r.Status != domain.Warn || len(r.Findings) != 2 || r.Measures[0].Value != 15 {
		t.Errorf("warned: %+v", r)
	}
}
