package together_test

import (
	"fmt"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/together"
)

const town = "150123101"

// moving is a plan that takes so much out of the town, with what its own report
// says of that, and without land.
func moving(code string, out float64, prior ...plan.Prior) *together.Plan {
	p := &plan.Plan{Code: code, Prior: prior}
	l := &ledger.Ledger{Plan: p, Designated: map[string]ledger.Designation{town: {Area: 1_000_000}}, Townships: map[string]string{town: "西镇"}}
	sum := 0.0
	for _, x := range prior {
		sum += x.PBFOut
	}
	m := result.Measure{Scope: result.Scope{Kind: "township", Code: town}, Status: domain.Pass, Limit: 0.05,
		Terms: map[string]float64{"out_net_m2": out, "prior_out_m2": sum, "designated_m2": 1_000_000}}
	if out+sum > 50_000 {
		m.Status = domain.Fail
	}
	return together.PlanOf(code+".zip", l, &result.Report{Plan: result.PlanInfo{Code: code, Digest: code},
		Rules: []result.RuleResult{{ID: "pbf-township-cap", Status: m.Status, Measures: []result.Measure{m}}}})
}

// TestTownshipSum: all projects count, each once; the limit is met to the
// hundredth of a square metre.
func TestTownshipSum(t *testing.T) {
	earlier := func(project string, out float64) plan.Prior {
		return plan.Prior{Project: project, Township: town, PBFOut: out}
	}
	for _, c := range []struct {
		name       string
		plans      []*together.Plan
		out, prior float64
		status     domain.Status
		findings   int
	}{
		{"just below", []*together.Plan{moving("A", 20_000), moving("B", 30_000)}, 50_000, 0, domain.Pass, 0},
		{"a hundredth above", []*together.Plan{moving("A", 20_000), moving("B", 30_000.01)}, 50_000.01, 0, domain.Fail, 1},
		{"the same prior in both", []*together.Plan{moving("A", 10_000, earlier("X", 30_000)), moving("B", 10_000, earlier("X", 30_000))}, 20_000, 30_000, domain.Pass, 0},
		{"two priors", []*together.Plan{moving("A", 10_000, earlier("X", 20_000)), moving("B", 10_000, earlier("Y", 20_000))}, 20_000, 40_000, domain.Fail, 1},
		{"two figures of one prior", []*together.Plan{moving("A", 10_000, earlier("X", 20_000)), moving("B", 10_000, earlier("X", 31_000))}, 20_000, 31_000, domain.Fail, 1},
		{"a prior that is here itself", []*together.Plan{moving("A", 10_000), moving("B", 30_000, earlier("A", 25_000))}, 40_000, 0, domain.Pass, 0},
		{"a prior that nobody else names", []*together.Plan{moving("A", 30_000), moving("B", 0, earlier("X", 30_000))}, 30_000, 30_000, domain.Fail, 1},
		{"priors without a code", []*together.Plan{moving("A", 10_000, earlier("", 20_000)), moving("B", 10_000, earlier("", 15_000))}, 20_000, 20_000, domain.Pass, 0},
		{"one plan by itself", []*together.Plan{moving("A", 60_000), moving("B", 0)}, 60_000, 0, domain.Fail, 0},
	} {
		out, err := together.Check(t.Context(), c.plans, nil)
		if err != nil {
			t.Fatal(err)
		}
		r := out.Rules[len(out.Rules)-1]
		if len(out.Townships) != 1 {
			t.Fatalf("%s: %+v", c.name, out.Townships)
		}
		if s := out.Townships[0]; s.Out != c.out || s.Prior != c.prior || s.Status != c.status || r.Status != c.status || len(r.Findings) != c.findings {
			t.Errorf("%s: %+v, rule %s with %d findings", c.name, s, r.Status, len(r.Findings))
		}
	}
}

// handingIn is a plan with a paper.
func handingIn(code string, d plan.Document) *together.Plan {
	d.Present = true
	l := &ledger.Ledger{Plan: &plan.Plan{Code: code, Documents: []plan.Document{d}}, ProjectVillages: []ledger.Unit{{Code: "150123101201", Name: "一村"}}}
	return together.PlanOf(code+".zip", l, &result.Report{Plan: result.PlanInfo{Code: code, Digest: code}})
}

// TestPapers: a village's paper that serves two projects fails, by its bytes or its
// number, whatever it serves as; another's warns; what is of another village or
// department is another.
func TestPapers(t *testing.T) {
	const here, elsewhere = "150123101201", "150123101202"
	for _, c := range []struct {
		name string
		a, b plan.Document
		want []domain.Status
	}{
		{"one consent", plan.Document{Kind: "village-consent", Village: here, Digest: "1"}, plan.Document{Kind: "village-consent", Village: here, Digest: "1"}, []domain.Status{domain.Fail}},
		{"as another kind", plan.Document{Kind: "village-consent", Village: here, Digest: "1"}, plan.Document{Kind: "plan-consent", Village: here, Digest: "1"}, []domain.Status{domain.Fail}},
		{"another scan", plan.Document{Kind: "plan-consent", Village: here, Digest: "1", Number: "东字 3号"}, plan.Document{Kind: "plan-consent", Village: here, Digest: "2", Number: "东字3号"}, []domain.Status{domain.Fail}},
		{"bytes and number", plan.Document{Kind: "plan-consent", Village: here, Digest: "1", Number: "3"}, plan.Document{Kind: "plan-consent", Village: here, Digest: "1", Number: "3"}, []domain.Status{domain.Fail}},
		{"two consents", plan.Document{Kind: "village-consent", Village: here, Digest: "1"}, plan.Document{Kind: "village-consent", Village: here, Digest: "2"}, nil},
		{"a village that the plans do not meet", plan.Document{Kind: "village-consent", Village: elsewhere, Digest: "1"}, plan.Document{Kind: "village-consent", Village: elsewhere, Digest: "1"}, nil},
		{"one opinion", plan.Document{Kind: "opinion", From: "水利", Digest: "1"}, plan.Document{Kind: "opinion", From: "水利", Digest: "1"}, []domain.Status{domain.Warn}},
		{"two departments", plan.Document{Kind: "opinion", From: "水利", Digest: "1"}, plan.Document{Kind: "opinion", From: "林草", Digest: "1"}, nil},
		{"no digest, no number", plan.Document{Kind: "opinion", From: "水利"}, plan.Document{Kind: "opinion", From: "水利"}, nil},
	} {
		out, err := together.Check(t.Context(), []*together.Plan{handingIn("A", c.a), handingIn("B", c.b)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []domain.Status
		for _, f := range out.Rules[len(out.Rules)-2].Findings {
			got = append(got, f.Status)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestRulesInOrder: every rule has a result, in the order of Rules, with words.
func TestRulesInOrder(t *testing.T) {
	out, err := together.Check(t.Context(), []*together.Plan{moving("A", 0), moving("B", 0)}, []string{"c.zip"})
	if err != nil || len(out.LeftOut) != 1 {
		t.Fatal(out, err)
	}
	for i, r := range together.Rules() {
		if got := out.Rules[i]; got.ID != r.ID || got.Title.EN == "" || got.Help.ZH == "" || got.Level == "" {
			t.Errorf("%d: %+v", i, got)
		}
	}
}
