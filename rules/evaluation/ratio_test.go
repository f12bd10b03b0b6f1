package evaluation

import (
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook/rulebooktest"
	"landcheck/rules/wording"
)

func TestRatioIsExactAtTheLimit(t *testing.T) {
	// 5 % of 1000.00 m² is 50.00 m²; of 1000.01 it is 50.0005, so 50.00 holds and 50.01 does not.
	for _, c := range []struct {
		out, designated float64
		want            domain.Status
	}{
		{50.00, 1000.00, domain.Pass}, {50.01, 1000.00, domain.Fail}, {50.00, 1000.01, domain.Pass}, {50.00, 999.99, domain.Fail},
		{50.25, 1000, domain.Fail}, {49.995, 1000, domain.Pass}, {50.0049, 1000, domain.Pass}, {50.005, 1000, domain.Fail},
		{5000000.00, 100000000, domain.Pass}, {5000000.25, 100000000, domain.Fail}, {5000000.01, 100000000, domain.Fail},
	} {
		s := newScene()
		s.l.Designated["150123101"] = ledger.Designation{Area: c.designated}
		// In ten parts, none of which is a whole number of cents.
		for range 10 {
			s.out(c.out/10, nil)
		}
		r := s.check(t, book(t, "mandatory", rulebooktest.Cap))
		if got := r.Rules[0].Status; got != c.want {
			t.Errorf("%v of %v: %s, want %s", c.out, c.designated, got, c.want)
		}
		m := r.Rules[0].Measures[0]
		if want := 0.05*c.designated - c.out; m.Margin-want > 0.011 || want-m.Margin > 0.011 {
			t.Errorf("%v of %v: margin %v, want %v", c.out, c.designated, m.Margin, want)
		}
		if m.Terms["out_net_m2"] == 0 || m.Terms["designated_m2"] != c.designated || m.Limit != 0.05 || m.Unit != "ratio" {
			t.Errorf("terms %+v", m)
		}
	}
}

func TestRatioPerTownshipAndJustified(t *testing.T) {
	s := newScene()
	ch := s.named(domain.PBFOut, "A1")
	s.l.Designated["150123101"] = ledger.Designation{Area: 1000}
	s.l.Designated["150123102"] = ledger.Designation{Area: 100000}
	s.out(60, ch)
	s.out(60, ch).Township = "150123102"
	b := book(t, "in_principle", rulebooktest.Cap)
	r := s.check(t, b)
	rr := r.Rules[0]
	if rr.Status != domain.Fail || r.Verdict != domain.Violations || len(rr.Findings) != 1 || len(rr.Measures) != 3 {
		t.Fatalf("%s %s %+v", rr.Status, r.Verdict, rr.Measures)
	}
	if rr.Measures[0].Status != domain.Fail || rr.Measures[1].Status != domain.Pass || rr.Measures[2].Op != "" {
		t.Errorf("measures %+v", rr.Measures)
	}
	if got, want := rr.Measures[2].Value, 120.0/101000; got != want {
		t.Errorf("pooled %v, want %v", got, want)
	}
	f := rr.Findings[0]
	if f.Scope.Code != "150123101" || f.Area != 60 || f.Features[0].ID != "A1" || len(f.Faces) != 1 || f.Geometry == nil {
		t.Errorf("finding %+v", f)
	}
	for _, want := range []string{"6.00 %", "5.00 %", "A1", "一镇"} {
		if !strings.Contains(f.Message.ZH, want) || !strings.Contains(f.Message.EN, want) {
			t.Errorf("message lacks %q: %+v", want, f.Message)
		}
	}
	if !strings.Contains(f.Message.ZH, "占 0.1000 公顷（1.50 亩）的 6.00 %") || !strings.Contains(f.Message.EN, "10.00 m²") {
		t.Errorf("areas in the message: %+v", f.Message)
	}
	// A justification for the other township does not help; one for this does.
	s.l.Plan.Justifications = []plan.Justification{{Rule: "the-rule", Scope: "150123102", Reason: "原址", Present: true, Line: 7}}
	r = s.check(t, b)
	if r.Rules[0].Status != domain.Fail || len(r.Inputs) != 1 || r.Inputs[0].Record != 7 {
		t.Errorf("other township: %s %v", r.Rules[0].Status, r.Inputs)
	}
	if !strings.Contains(r.Inputs[0].Message.EN, "outside the scope 150123102") {
		t.Errorf("unused: %s", r.Inputs[0].Message.EN)
	}
	j := &s.l.Plan.Justifications[0]
	j.Scope, j.Present = "150123101", false
	if r = s.check(t, b); r.Rules[0].Status != domain.Fail || !strings.Contains(r.Inputs[0].Message.EN, "names no document") {
		t.Errorf("without a document: %s %v", r.Rules[0].Status, r.Inputs)
	}
	j.Present = true
	j.Scope, j.Reason, j.Document = "150123101", "地块零散。", "docs/a.pdf"
	if r = s.check(t, b); r.Rules[0].Status != domain.Justified || r.Verdict != domain.Compliant || len(r.Inputs) != 0 {
		t.Errorf("justified: %s %s %v", r.Rules[0].Status, r.Verdict, r.Inputs)
	}
	for _, all := range []string{"", "plan", "project", "150123", "P"} { // of all scopes
		if j.Scope = all; s.status(t, b) != domain.Justified {
			t.Errorf("scope %q does not serve for all", all)
		}
	}
	j.Scope, j.Reason = "150123101", " "
	if r = s.check(t, b); r.Rules[0].Status != domain.Fail || !strings.Contains(r.Inputs[0].Message.ZH, "reason") {
		t.Errorf("no reason: %s %v", r.Rules[0].Status, r.Inputs)
	}
	j.Reason = "地块零散。"
	// The report says by what; an expiry date that no year of the plan can be held against is said.
	note := func(want geo.Text) {
		t.Helper()
		if n := s.check(t, b).Rules[0].Note; n == nil || *n != want {
			t.Errorf("note %v, want %v", n, want)
		}
	}
	note(geo.Text{ZH: "论证（150123101）：地块零散，文件 docs/a.pdf。", EN: "Justified for 150123101: 地块零散, document docs/a.pdf."})
	j.Expires = "20250101"
	note(geo.Text{ZH: "论证（150123101）：地块零散，文件 docs/a.pdf，有效期至 2025-01-01。", EN: "Justified for 150123101: 地块零散, document docs/a.pdf, until 2025-01-01."})
	s.l.Plan.Year = 0
	if n := s.check(t, b).Rules[0].Note; !strings.Contains(n.EN, "names no year") || !strings.Contains(n.ZH, "未能核对是否到期") {
		t.Errorf("no year: %v", n)
	}
	s.l.Plan.Year = 2025
	j.Expires = "20241231"
	if r = s.check(t, b); r.Rules[0].Status != domain.Fail || len(r.Inputs) != 1 {
		t.Errorf("expired: %s", r.Rules[0].Status)
	}
	j.Expires, j.Present = "20250101", false
	if r = s.check(t, b); r.Rules[0].Status != domain.Fail {
		t.Errorf("absent document: %s", r.Rules[0].Status)
	}
	j.Present = true
	if got := s.status(t, book(t, "mandatory", rulebooktest.Cap)); got != domain.Fail {
		t.Errorf("mandatory is not justified: %s", got)
	}
}

func TestRatioAtLeastAndMissing(t *testing.T) {
	rule := `among: before.pbf && !after.pbf
ratio: {of: before.pbf_net, where: before.slope >= 4, over: {of: before.pbf_net, where: "true"}, op: ">=", limit: 0.5}`
	for _, c := range []struct {
		steep, flat float64
		want        domain.Status
	}{{50, 50, domain.Pass}, {49.99, 50, domain.Warn}, {0, 50, domain.Warn}, {50, 0, domain.Pass}} {
		s := newScene()
		s.out(c.steep, nil).Before.Slope = 4
		s.out(c.flat, nil)
		if got := s.status(t, book(t, "advisory", rule)); got != c.want {
			t.Errorf("%v: %s", c, got)
		}
	}
	if got := newScene().status(t, book(t, "advisory", rule)); got != domain.NotApplicable {
		t.Errorf("empty plan: %s", got)
	}
	// No designated area: never a silent pass.
	s := newScene()
	s.out(60, nil)
	delete(s.l.Present, domain.PBF)
	if r := s.check(t, book(t, "mandatory", rulebooktest.Cap)); r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete {
		t.Errorf("without PBF: %s %s", r.Rules[0].Status, r.Verdict)
	}
}

func TestPercentNeverReadsLikeTheLimit(t *testing.T) {
	for _, c := range []struct {
		value float64
		want  string
	}{{0.05, "5.00 %"}, {0.0500001, "5.00001 %"}, {0.06, "6.00 %"}, {0.05004, "5.004 %"}} {
		if got := wording.Percent(c.value, 0.05); got != c.want {
			t.Error(got, c.want)
		}
	}
}

func TestCapOverAllProjects(t *testing.T) {
	b := book(t, "in_principle", "ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: designated, scope: township, limit: 0.05}")
	s := newScene()
	s.l.Designated["150123101"] = ledger.Designation{Area: 1000}
	s.l.Designated["150123102"] = ledger.Designation{Area: 1000}
	s.out(30, s.named(domain.PBFOut, "A"))
	if r := s.check(t, b).Rules[0]; r.Status != domain.Pass || r.Measures[0].Value != 0.03 {
		t.Errorf("alone: %+v", r)
	}
	s.l.Plan.Prior = []plan.Prior{{Township: "150123101", PBFOut: 12}, {Township: "150123101", PBFOut: 8}, {Township: "150123102", PBFOut: 900}}
	r := s.check(t, b)
	m := r.Rules[0].Measures
	if r.Verdict != domain.Compliant || len(m) != 2 || m[0].Value != 0.05 || !m[0].Close || m[0].Terms["out_net_m2"] != 30 || m[0].Terms["prior_out_m2"] != 20 ||
		!strings.Contains(m[0].Note.ZH, "本方案 3.00 %") || m[1].Status != domain.Pass || m[1].Op != "" || m[1].Value != 0.9 {
		t.Errorf("at the cap: %+v", m)
	}
	s.l.Plan.Prior[1].PBFOut = 8.01
	if r := s.check(t, b).Rules[0]; r.Status != domain.Fail || len(r.Findings) != 1 || r.Measures[0].Margin != -0.01 {
		t.Errorf("a cent over it: %+v", r)
	}
	// Only earlier projects: shown, not judged.
	s.l.Faces, s.l.Plan.Prior = nil, s.l.Plan.Prior[2:]
	if r := s.check(t, b).Rules[0]; r.Status != domain.Pass || len(r.Measures) != 1 || len(r.Findings) != 0 {
		t.Errorf("prior only: %+v", r)
	}
}

func TestCapOfDoubtfulDesignation(t *testing.T) {
	b := book(t, "in_principle", "ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: designated, scope: township, limit: 0.05}")
	for _, out := range []float64{30, 60} { // also where it is over already
		s := newScene()
		s.l.Designated["150123101"] = ledger.Designation{Area: 1000, Doubtful: 1, DoubtfulArea: 900, Doubts: []plan.Doubt{{ID: "7", Field: "YJJBNTMJ", Declared: 900, Gross: 9}}}
		s.out(out, s.named(domain.PBFOut, "A"))
		r := s.check(t, b)
		if r.Rules[0].Status != domain.NotChecked || r.Verdict != domain.Incomplete || len(r.Rules[0].Findings) != 0 || !strings.Contains(r.Rules[0].Note.ZH, "YJJBNTMJ") {
			t.Errorf("%v out: %s %+v", out, r.Verdict, r.Rules[0])
		}
		s.l.Designated["150123101"] = ledger.Designation{Area: 1000, Doubtful: 1, Decreed: true, Summed: 5000}
		r = s.check(t, b)
		if want := map[float64]domain.Status{30: domain.Pass, 60: domain.Fail}[out]; r.Rules[0].Status != want || r.Rules[0].Measures[0].Terms["summed_m2"] != 5000 {
			t.Errorf("%v out, decreed: %+v", out, r.Rules[0])
		}
	}
}

// A township under prior or designated that the base data does not have counts
// for nothing: it is told, with the one that may be meant.
func TestStrayTownships(t *testing.T) {
	b := &evaluation{l: newScene().l}
	b.l.Plan.Prior = []plan.Prior{{Township: "150123101", PBFOut: 1, Line: 3}, {Township: "150123191", PBFOut: 12, Line: 4},
		{Township: "990123101", PBFOut: 7, Line: 5}, {Township: "150123999", Line: 6}}
	b.l.Designated["150123101"] = ledger.Designation{Area: 5, Decreed: true}
	b.l.Designated["150124101"], b.l.Designated["150123109"] = ledger.Designation{Area: 5}, ledger.Designation{Area: 6, Decreed: true}
	got := b.strayTownships()
	if len(got) != 3 || got[2].File != "base.yaml" || !strings.Contains(got[2].Message.ZH, "150123109") || got[0].Record != 4 || got[1].Record != 5 {
		t.Fatalf("%+v", got)
	}
	if said := got[0].Message.EN; !strings.Contains(said, "12.00 m²") || !strings.HasSuffix(said, "did you mean 150123101?") {
		t.Error(said)
	}
	if said := got[1].Message.ZH; strings.Contains(said, "是否应为") {
		t.Error(said)
	}
	r := (&scene{b.l}).check(t, book(t, "mandatory", "forbid: {where: before.urban}"))
	if len(r.Reservations) != 2 || r.Reservations[0].Message != got[0].Message {
		t.Errorf("a verdict does not cover them: %+v", r.Reservations)
	}
}
