package evaluation

import (
	"context"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// kinds of a report's reservations, in order.
func reserved(r *result.Report) string {
	var out []string
	for _, x := range r.Reservations {
		out = append(out, string(x.Kind)+" "+x.Rule)
	}
	return strings.Join(out, ", ")
}

func TestUncheckedStandsUnderTheVerdict(t *testing.T) {
	b := book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.heritage}")
	s := newScene()
	s.out(50, s.named(domain.PBFOut, "A"))
	delete(s.l.Present, domain.Heritage)
	r := s.check(t, b)
	if r.Verdict != domain.Compliant || reserved(r) != "unchecked the-rule" || !strings.Contains(r.Reservations[0].Message.ZH, "标题（缺 历史文化保护线") {
		t.Errorf("%s, %+v", r.Verdict, r.Reservations)
	}
	strict, err := Evaluate(context.Background(), b, s.l, Options{Strict: true})
	if err != nil || strict.Verdict != domain.Incomplete {
		t.Errorf("strict: %v %v", strict.Verdict, err)
	}
	// What warns only is no reservation, nor is what a verdict cannot do without.
	if r := s.check(t, book(t, "advisory", "among: before.pbf && !after.pbf\nforbid: {where: before.heritage}")); reserved(r) != "" {
		t.Errorf("advisory: %s", reserved(r))
	}
	delete(s.l.Present, domain.RedLine)
	if r := s.check(t, book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.red_line}")); reserved(r) != "" || r.Verdict != domain.Incomplete {
		t.Errorf("core: %s %s", reserved(r), r.Verdict)
	}
}

func TestUnreadFilesMakeItIncomplete(t *testing.T) {
	b := book(t, "mandatory", "data: {check: complete}")
	s := newScene()
	if r := s.check(t, b); r.Rules[0].Status != domain.Pass || r.Verdict != domain.Compliant {
		t.Errorf("nothing unread: %+v", r.Rules[0])
	}
	s.l.Plan.Unread = []plan.Unread{{File: "DLBG_final.shp", Why: geo.Text{ZH: "没有角色", EN: "it has no role"}}}
	r := s.check(t, b)
	if r.Rules[0].Status != domain.NotChecked || !strings.Contains(r.Rules[0].Note.ZH, "DLBG_final.shp") || r.Verdict != domain.Incomplete || reserved(r) != "unread " {
		t.Errorf("unread: %+v, %s, %s", r.Rules[0], r.Verdict, reserved(r))
	}
	// A book without the rule does not let it pass either.
	other := book(t, "mandatory", "forbid: {where: before.urban}")
	if r := s.check(t, other); r.Verdict != domain.Incomplete {
		t.Errorf("without the rule: %s", r.Verdict)
	}
	s.out(50, s.named(domain.PBFOut, "A")).Before.Urban = true
	if r := s.check(t, other); r.Verdict != domain.Violations {
		t.Errorf("with a violation: %s", r.Verdict)
	}
}

func TestFaultsOfTheBaseAreNotThePlans(t *testing.T) {
	s := newScene()
	f := s.out(50, s.named(domain.PBFOut, "A"))
	f.Refs = append(f.Refs, ledger.Ref{Role: domain.LandUse, ID: "77"})
	s.l.Issues = []plan.Issue{{Check: "data-codes", Role: domain.LandUse, ID: "77", Message: geo.Text{ZH: "地类不识", EN: "no such class"}},
		{Check: "base-data", Role: domain.PBF, ID: "9", Message: geo.Text{ZH: "缝", EN: "gap"}}}
	s.l.Overlaps = []ledger.Overlap{{Role: domain.LandUse, Keeps: plan.Feature{Role: domain.LandUse, ID: "1"}, Loses: plan.Feature{Role: domain.LandUse, ID: "2"}, Area: 30}}
	for _, check := range []string{"codes", "overlap"} {
		if r := s.check(t, book(t, "mandatory", "data: {check: "+check+"}")); r.Rules[0].Status != domain.Pass || len(r.Rules[0].Findings) != 0 {
			t.Errorf("%s: %+v", check, r.Rules[0])
		}
	}
	r := s.check(t, book(t, "advisory", "data: {check: base}"))
	if r.Rules[0].Status != domain.Warn || len(r.Rules[0].Findings) != 3 || r.Rules[0].Measures[0].Value != 80 || r.Verdict != domain.Compliant {
		t.Errorf("base: %+v", r.Rules[0])
	}
	if reserved(r) != "base , base " || !strings.Contains(r.Reservations[0].Message.EN, "2 faults, which put 80.00 m²") {
		t.Errorf("%+v", r.Reservations)
	}
}

func TestDoubtBeyondTheMargin(t *testing.T) {
	b := book(t, "mandatory", "balance: {plus: {of: after.pbf_net, where: '!before.pbf && after.pbf'}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}")
	s := newScene()
	s.out(50, s.named(domain.PBFOut, "A"))
	s.in(60, s.named(domain.PBFIn, "B"))
	for area, want := range map[float64]bool{9.99: false, 10.01: true} {
		s.l.BaseIssues = []ledger.BaseIssue{{Issue: plan.Issue{Check: "base-data", Role: domain.PBF}, Area: area}}
		r := s.check(t, b)
		if said := r.Rules[0].Note != nil && strings.Contains(r.Rules[0].Note.ZH, "超过本条余量"); said != want || r.Rules[0].Status != domain.Pass {
			t.Errorf("%v m² in doubt: %+v", area, r.Rules[0])
		}
	}
}

func TestClaims(t *testing.T) {
	b := book(t, "advisory", "claims: {}")
	s := newScene()
	if got := s.status(t, b); got != domain.NotApplicable {
		t.Errorf("no claims: %s", got)
	}
	named := s.change(plan.Change{Feature: plan.Feature{Role: domain.PBFIn, ID: "A"}, SubProject: "ZXM-01"})
	loose := s.named(domain.LandUseChange, "B")
	s.in(40, named)
	s.in(20, loose)
	s.in(10, named)
	s.l.Claims = []ledger.Claim{{Change: named, Face: 0, Field: domain.Grade, From: "9", To: "8", Taken: true}}
	r := s.check(t, b).Rules[0]
	if r.Status != domain.Pass || len(r.Findings) != 1 || r.Findings[0].Area != 40 || !strings.Contains(r.Findings[0].Message.ZH, "质量等别由 9 报为 8（子项目 ZXM-01）") {
		t.Errorf("taken: %+v", r)
	}
	s.l.Claims = append(s.l.Claims, ledger.Claim{Change: loose, Face: 1, Field: domain.Grade, From: "9", To: "8", Taken: true},
		ledger.Claim{Change: named, Face: 2, Field: domain.Ridge, From: "0.1", To: "0", Taken: false})
	r = s.check(t, b).Rules[0]
	if r.Status != domain.Warn || len(r.Findings) != 3 || r.Measures[0].Terms["taken_m2"] != 60 || r.Measures[0].Terms["not_taken_m2"] != 10 {
		t.Errorf("%+v", r)
	}
	all := ""
	for _, f := range r.Findings {
		all += f.Message.ZH
	}
	if strings.Count(all, "未采用") != 1 || strings.Count(all, "XMBH") != 1 {
		t.Error(all)
	}
}

func TestDeviation(t *testing.T) {
	b := book(t, "advisory", "deviation: {share: 0.05}")
	s := newScene()
	for id, area := range map[string]float64{"A": 1050, "B": 1050.01, "C": 10} {
		s.out(area, s.named(domain.PBFOut, id))
		s.l.Features[len(s.l.Features)-1].Ellipsoid = area
	}
	if got := s.status(t, b); got != domain.NotApplicable {
		t.Errorf("without --against: %s", got)
	}
	approved := &result.Report{Plan: result.PlanInfo{Code: "P"}, Changes: []result.ChangeRow{{Role: "pbf_out", ID: "A", Area: 1000}, {Role: "pbf_out", ID: "B", Area: 1000},
		{Role: "pbf_in", ID: "C", Area: 10}}}
	r, err := Evaluate(context.Background(), b, s.l, Options{Against: approved})
	if err != nil {
		t.Fatal(err)
	}
	got := r.Rules[0]
	ids := map[string]bool{}
	for _, f := range got.Findings {
		ids[f.Features[0].ID] = true
	}
	// A is off by exactly 5 %, B by a cent more, C was approved in another layer.
	if got.Status != domain.Warn || len(ids) != 2 || !ids["B"] || !ids["C"] || got.Measures[0].Terms["missing"] != 1 {
		t.Errorf("%+v", got)
	}
	same, err := Evaluate(context.Background(), b, s.l, Options{Against: r})
	if err != nil || same.Rules[0].Status != domain.Pass {
		t.Errorf("against itself: %+v %v", same.Rules[0], err)
	}
}

func TestOwnLimitsOnlyWarn(t *testing.T) {
	s := newScene()
	s.out(50, s.named(domain.PBFOut, "A")).Before.Urban = true
	r := s.check(t, book(t, "mandatory", "own_limit: true\nforbid: {where: before.urban}"))
	if r.Rules[0].Status != domain.Warn || r.Verdict != domain.Compliant || !strings.Contains(r.Rules[0].Findings[0].Message.ZH, "本规则册口径") {
		t.Errorf("%+v", r.Rules[0])
	}
}

func TestMeansStandForThemselves(t *testing.T) {
	b := book(t, "mandatory", `mean:
  measures:
    - label: {zh: 调补, en: moved}
      better: {value: after.grade, of: after.pbf_net, where: "!before.pbf && after.pbf"}
      than: {value: before.grade, of: before.pbf_net, where: before.pbf && !after.pbf}
    - label: {zh: 留存, en: stays}
      better: {value: after.grade, of: after.pbf_net, where: before.pbf && after.pbf}
      than: {value: before.grade, of: before.pbf_net, where: before.pbf && after.pbf}`)
	s := newScene()
	s.out(100, s.named(domain.PBFOut, "A"))
	s.in(100, s.named(domain.PBFIn, "B"))
	if r := s.check(t, b).Rules[0]; r.Status != domain.Pass || len(r.Measures) != 1 || r.Measures[0].Label.EN != "moved" {
		t.Errorf("%+v", r)
	}
	stays := s.out(100, s.named(domain.LandUseChange, "C"))
	stays.After.PBF, stays.After.PBFNet, stays.After.Grade = true, 100, 9
	if r := s.check(t, b).Rules[0]; r.Status != domain.Fail || len(r.Measures) != 2 || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Message.ZH, "留存") {
		t.Errorf("stays, worse: %+v", r)
	}
	s.l.Faces[1].After.Grade = 0
	stays.After.Grade = 8
	if r := s.check(t, b).Rules[0]; r.Status != domain.NotChecked || r.Measures[0].Status != domain.NotChecked || r.Measures[1].Status != domain.Pass {
		t.Errorf("one not known: %+v", r)
	}
}
