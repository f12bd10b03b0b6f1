package evaluation

import (
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/rulebooktest"
)

// Papers by department, village and sub-project: what is missing, what is
// against, and what is not due.
func TestPapers(t *testing.T) {
	kinds := `documents: {need: [{kind: opinion, from: [水利, 林草]}, {kind: subproject-acceptance, per: subproject},
      {kind: pbf-region-review, stages: [acceptance]}, {kind: cross-county-approval, when: quota-leaves-county}]}`
	paper := func(kind, from, sub string, agrees plan.Agreement) plan.Document {
		return plan.Document{Kind: kind, From: from, SubProject: sub, Agrees: agrees, File: kind + ".pdf", Line: 3, Present: true}
	}
	whole := []plan.Document{paper("opinion", "某旗水利局", "", ""), paper("opinion", "林草", "", plan.WithConditions),
		paper("subproject-acceptance", "", "A", ""), paper("subproject-acceptance", "", "B", ""), paper("region-review", "", "", "")}
	without := func(i int) []plan.Document { return slices.Delete(slices.Clone(whole), i, i+1) }
	for name, c := range map[string]struct {
		papers []plan.Document
		stage  domain.Stage
		up     []string
		quota  *plan.Quota
		status domain.Status
		wanted float64
		says   string
	}{
		"whole":            {papers: whole, stage: domain.Acceptance, status: domain.Pass, wanted: 5},
		"a department":     {papers: without(0), stage: domain.Acceptance, status: domain.Fail, wanted: 5, says: "water"},
		"against":          {papers: append(without(0), paper("opinion", "水利", "", plan.Disagrees)), stage: domain.Acceptance, status: domain.Fail, wanted: 5, says: "is against"},
		"both answers":     {papers: append(without(9%5), paper("opinion", "水利", "", plan.Disagrees), whole[4]), stage: domain.Acceptance, status: domain.Fail, wanted: 5, says: "is against"},
		"a sub-project":    {papers: without(3), stage: domain.Acceptance, status: domain.Fail, wanted: 5, says: "sub-project B"},
		"one that is up":   {papers: without(3), stage: domain.SubprojectAcceptance, up: []string{"A"}, status: domain.Pass, wanted: 3},
		"up, and no paper": {papers: without(3), stage: domain.SubprojectAcceptance, up: []string{"B"}, status: domain.Fail, wanted: 3, says: "sub-project B"},
		"not due yet":      {papers: without(4), stage: domain.Annual, status: domain.Pass, wanted: 4},
		"due now":          {papers: without(4), stage: domain.Acceptance, status: domain.Fail, wanted: 5, says: "region"},
		"quota leaves":     {papers: whole, stage: domain.Acceptance, quota: &plan.Quota{DestinationCounty: "150124"}, status: domain.Fail, wanted: 6, says: "trade across counties"},
		"quota stays":      {papers: whole, stage: domain.Acceptance, quota: &plan.Quota{DestinationCounty: "150123"}, status: domain.Pass, wanted: 5},
	} {
		s := newScene()
		s.named(domain.LandUseChange, "1").SubProject = "A"
		s.named(domain.LandUseChange, "2").SubProject = "B"
		s.l.Plan.County, s.l.Plan.Documents, s.l.Plan.Quota = "150123", c.papers, c.quota
		b, err := rulebook.Parse("own.yaml", []byte(rulebooktest.Own(kinds)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Evaluate(t.Context(), b, s.l, Options{Stage: c.stage, SubProjects: c.up})
		if err != nil {
			t.Fatal(err)
		}
		got := r.Rules[0]
		if got.Status != c.status || got.Measures[0].Terms["wanted"] != c.wanted {
			t.Errorf("%s: %s, %v", name, got.Status, got.Measures)
		}
		if c.says != "" && (len(got.Findings) != 1 || !strings.Contains(got.Findings[0].Message.EN, c.says)) {
			t.Errorf("%s: %v, want %q", name, got.Findings, c.says)
		}
		states := map[result.PaperState]int{}
		for _, p := range r.Papers {
			if p.Rule != "" {
				states[p.State]++
			}
		}
		if lacking := len(got.Findings); states[result.Missing]+states[result.Against] != lacking || states[result.HandedIn]+states[result.WithConditions] != int(c.wanted)-lacking {
			t.Errorf("%s: papers %v, %v wanted, %d findings", name, r.Papers, c.wanted, lacking)
		}
		if name == "whole" && (got.Note == nil || !strings.Contains(got.Note.EN, "conditions")) {
			t.Errorf("%s: no note of conditions: %v", name, got.Note)
		}
	}
}

// A document that answers no rule is listed after those that do, in the order of
// kinds whatever that of plan.yaml, and one that does not count says why.
func TestPapersBesideThoseAskedFor(t *testing.T) {
	s := newScene()
	why := geo.Textf("文件 %s 不在包内", "%s is not in the package", "x.pdf")
	s.l.Plan.Documents = []plan.Document{
		{Kind: "maintenance", File: "m.pdf", Present: true},
		{Kind: "opinion", From: "林草", File: "x.pdf", Why: why},
		{Kind: "opinion", From: "水利", File: "w.pdf", Present: true},
	}
	b, err := rulebook.Parse("own.yaml", []byte(rulebooktest.Own(`documents: {need: [{kind: opinion, from: [水利, 林草]}]}`)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Evaluate(t.Context(), b, s.l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range r.Papers {
		got = append(got, p.Of.ZH+" "+p.File+" "+string(p.State))
	}
	want := []string{"水利 w.pdf handed_in", "林草  missing", "林草 x.pdf not_counted", " m.pdf handed_in"}
	if !slices.Equal(got, want) || *r.Papers[2].Note != why {
		t.Errorf("got %q, want %q", got, want)
	}
}
