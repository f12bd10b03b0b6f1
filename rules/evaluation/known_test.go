package evaluation

import (
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// A column that a layer does not have is told from one that is not filled in.
func TestColumnsMissingAndEmpty(t *testing.T) {
	const missingUse, missingBoth = "the base data lacks DLTB.GDDB: add", "the base data lacks DLTB.GDDB, YJJBNTTB.ZLDB: add"
	b := book(t, "mandatory", "among: before.pbf != after.pbf\nknown: [before.grade]\nforbid: {where: before.urban}")
	for _, c := range []struct {
		name      string
		lacks     map[domain.Role][]domain.Field
		wasPBF    bool
		want, not []string
	}{
		{"empty", nil, true, []string{"Fill in DLTB.GDDB / YJJBNTTB.ZLDB"}, []string{"lacks"}},
		{"one column", map[domain.Role][]domain.Field{domain.LandUse: {domain.Grade}}, true, []string{missingUse, "or fill in YJJBNTTB.ZLDB"}, []string{"lacks YJJBNTTB"}},
		{"both columns", map[domain.Role][]domain.Field{domain.LandUse: {domain.Grade}, domain.PBF: {domain.Grade}}, true, []string{missingBoth}, []string{"fill in"}},
		{"no PBF there", map[domain.Role][]domain.Field{domain.PBF: {domain.Grade}}, false, []string{"Fill in DLTB.GDDB"}, []string{"ZLDB"}},
		{"another field", map[domain.Role][]domain.Field{domain.LandUse: {domain.Slope}}, true, []string{"Fill in DLTB.GDDB"}, []string{"lacks"}},
	} {
		s := newScene()
		s.l.Lacks = c.lacks
		if c.wasPBF {
			s.out(60, s.named(domain.PBFOut, "A")).Before.Grade = 0
		} else {
			s.in(60, s.named(domain.PBFIn, "A"))
		}
		r := s.check(t, b).Rules[0]
		if r.Status != domain.NotChecked || r.Note == nil {
			t.Fatalf("%s: %s %v", c.name, r.Status, r.Note)
		}
		note := strings.ToLower(r.Note.EN)
		for _, w := range c.want {
			if !strings.Contains(note, strings.ToLower(w)) {
				t.Errorf("%s: no %q in %s", c.name, w, r.Note.EN)
			}
		}
		for _, w := range c.not {
			if strings.Contains(note, strings.ToLower(w)) {
				t.Errorf("%s: %q in %s", c.name, w, r.Note.EN)
			}
		}
	}
}

// No code is an answer where there is a column for it.
func TestRefinementNeedsItsColumn(t *testing.T) {
	b := book(t, "mandatory", "among: before.pbf != after.pbf\nknown: [after.refinement]\nforbid: {where: after.unstable}")
	s := newScene()
	f := s.in(60, s.named(domain.PBFIn, "A"))
	if got := s.status(t, b); got != domain.Pass {
		t.Errorf("a column, no code: %s", got)
	}
	s.l.Lacks = map[domain.Role][]domain.Field{domain.LandUse: {domain.Refinement}}
	r := s.check(t, b).Rules[0]
	if r.Status != domain.NotChecked || !strings.Contains(r.Note.ZH, "底图缺少字段 DLTB.TBXHDM") {
		t.Errorf("no column: %s %v", r.Status, r.Note)
	}
	f.Before = ledger.State{Class: "0702", Construction: true}
	if got := s.status(t, b); got != domain.Pass {
		t.Errorf("new cropland: %s", got)
	}
	f.After.Refinement, f.After.Unstable = "HDGD", true
	if got := s.status(t, b); got != domain.Fail {
		t.Errorf("a code of the plan's own: %s", got)
	}
}

// A condition that asks for what plan.yaml does not say is not answered.
func TestPlanThatDoesNotSay(t *testing.T) {
	for body, want := range map[string]string{
		"among: pbf_in.exists\nforbid: {where: county != plan.county}":   "project: {county",
		"among: pbf_in.exists\nforbid: {where: pbf_in.year > plan.year}": "project: {year",
	} {
		b := book(t, "mandatory", body)
		s := newScene()
		s.in(60, s.named(domain.PBFIn, "A")).County = "150123"
		if got := s.status(t, b); got != domain.Pass {
			t.Errorf("%s: %s", want, got)
		}
		s.l.Plan.County, s.l.Plan.Year = "", 0
		r := s.check(t, b)
		if r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete || !strings.Contains(r.Rules[0].Note.EN, want) || !strings.Contains(r.Rules[0].Note.ZH, want) {
			t.Errorf("%s: %s %v", want, r.Rules[0].Status, r.Rules[0].Note)
		}
		s.l.Faces = nil
		if got := s.status(t, b); got != domain.NotApplicable {
			t.Errorf("%s, no land: %s", want, got)
		}
	}
}

// What is found counts more than what could not be looked at, also where a
// rule only warns.
func TestPartNeeds(t *testing.T) {
	const body = "among: before.pbf != after.pbf\npart_needs: [water_management]\nforbid: {where: before.urban || before.water_management}"
	for _, c := range []struct {
		level string
		urban bool
		want  domain.Status
	}{
		{"mandatory", true, domain.Fail}, {"mandatory", false, domain.NotChecked}, {"advisory", true, domain.Warn}, {"advisory", false, domain.NotChecked},
	} {
		s := newScene()
		s.l.Present[domain.WaterManagement] = false
		s.out(60, s.named(domain.PBFOut, "A")).Before.Urban = c.urban
		r := s.check(t, book(t, c.level, body))
		if r.Rules[0].Status != c.want || !c.urban && !strings.Contains(r.Rules[0].Note.EN, "HHGLFW") || r.Rules[0].Incomplete {
			t.Errorf("%+v: %+v", c, r.Rules[0])
		}
	}
	s := newScene()
	s.l.Present[domain.WaterManagement] = false
	if got := s.status(t, book(t, "mandatory", body)); got != domain.NotApplicable {
		t.Errorf("no such land: %s", got)
	}
}
