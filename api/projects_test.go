package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"landcheck/api/store"
)

// shownProject is a project as the service shows it.
type shownProject struct {
	Project, Code, Name, County, Check, Verdict string
	Count                                       int  `json:"version_count"`
	Awaiting                                    bool `json:"to_be_reviewed"`
	Plan                                        struct {
		ID     string
		Latest *checkAnswer
	}
	Findings *store.FindingCounts
	Links    map[string]string
	Versions []shownProject
}

// version is a sample plan as a version of a project.
func projectVersion(t *testing.T, sample, county, code, name string) []byte {
	return replaced(t, samplePlan(t, sample), fmt.Sprintf("format: 1\nproject: {county: %q, code: %q, name: %q}\n", county, code, name))
}

// TestProjects: a clerk hands in two versions of a plan; a reviewer finds their
// project by what he types, sees what became of it, and opens the difference.
func TestProjects(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		const code = "P/1 50%?甲"
		bad := s.checked(projectVersion(t, badPlan, "150123", code, "甲项目"))
		good := s.checked(projectVersion(t, goodPlan, "150123", code, "甲项目"))
		single := s.upload(replaced(t, samplePlan(t, goodPlan), "format: 1\nproject: {county: \"150123\"}\n"))

		var page struct {
			list[shownProject]
			Total int
		}
		s.get("/v1/projects?q=" + url.QueryEscape("甲项目 p/1")).wants(200).into(&page)
		if len(page.Items) != 1 || page.Total != 1 {
			t.Fatalf("%+v", page)
		}
		p := page.Items[0]
		if p.Project != code || p.Code != code || p.Name != "甲项目" || p.County != "150123" || p.Count != 2 || !p.Awaiting ||
			p.Plan.ID != good.Plan || p.Plan.Latest == nil || p.Plan.Latest.ID != good.ID || p.Check != good.ID || p.Verdict != good.Verdict {
			t.Errorf("%+v", p)
		}
		n := p.Findings
		if n == nil || n.New == nil || n.Fixed == nil || n.Against != bad.ID || *n.Fixed == 0 {
			t.Fatalf("%+v", n)
		}
		var detail shownProject
		s.get(p.Links["self"]).wants(200).into(&detail)
		if len(detail.Versions) != 2 || detail.Project != code || detail.Versions[0].Links["diff"] != p.Links["diff"] || detail.Versions[1].Check != bad.ID ||
			detail.Versions[1].Verdict != bad.Verdict || detail.Versions[1].Findings.New != nil {
			t.Errorf("%+v", detail)
		}
		// Its findings are at the same name.
		if got := pages[reviewAnswer](s, "/v1/findings/"+url.PathEscape(code)+"?state=fixed"); len(got) < *n.Fixed {
			t.Errorf("%d violations of it are gone: %+v", *n.Fixed, got)
		}
		// As the difference of the reports has it.
		var diff struct {
			Added, Fixed []struct{ Status string }
		}
		s.get(p.Links["diff"]).wants(200).into(&diff)
		violations := func(of []struct{ Status string }) (n int) {
			for _, f := range of {
				if f.Status == "fail" {
					n++
				}
			}
			return n
		}
		if *n.New != violations(diff.Added) || *n.Fixed != violations(diff.Fixed) || detail.Versions[1].Findings.Open != *n.Fixed-*n.New+n.Open {
			t.Errorf("new %d, fixed %d, open %d; the reports differ by %d and %d", *n.New, *n.Fixed, n.Open, violations(diff.Added), violations(diff.Fixed))
		}

		var own shownProject
		s.get("/v1/projects/" + single.ID).wants(200).into(&own)
		if own.Project != single.ID || own.Code != "" || own.Awaiting || own.Plan.Latest != nil || len(own.Versions) != 1 {
			t.Errorf("%+v", own)
		}
		for query, want := range map[string]int{
			"": 2, "verdict=" + good.Verdict: 1, "state=unchecked": 1, "decision=awaited": 1, "decision=pass": 0, "county=150124": 0, "stage=annual": 0,
			"q=%E7%94%B2+150123": 1, "q=+": 2, "q=%25": 1, "sort=name": 2, "sort=verdict&state=done": 1, "sort=open&limit=1": 2,
		} {
			if got := pages[shownProject](s, "/v1/projects?"+query); len(got) != want {
				t.Errorf("%s: %d projects, want %d", query, len(got), want)
			}
		}
	})
}

// TestProjectRequests: what is asked for wrongly is told, and a code that two
// counties have is not guessed at.
func TestProjectRequests(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{also: "150124"}, func(t *testing.T, s *service) {
		for i := range 3 {
			s.upload(projectVersion(t, goodPlan, "150123", fmt.Sprint("P-", i), "甲"))
		}
		var first list[shownProject]
		s.get("/v1/projects?limit=1&sort=name").wants(200).into(&first)
		cursor := func(path string) string {
			u, err := url.Parse(path)
			if err != nil {
				t.Fatal(err)
			}
			return u.Query().Get("after")
		}(first.Next)
		for query, field := range map[string]string{
			"nothing=1": "nothing", "verdict=x": "verdict", "state=x": "state", "decision=x": "decision", "stage=x": "stage", "sort=x": "sort", "limit=0": "limit",
			"county=1": "county", "after=x": "after", "after=" + cursor: "after", "q=%00": "q", "q=%ff": "q", "q=" + strings.Repeat("a", 201): "q",
			"q=" + strings.Repeat("a+", 11): "q", "q=a&q=b": "q",
		} {
			if p := s.get("/v1/projects?"+query).problem(400, "bad-parameter"); p.Field != field || p.Advice == "" {
				t.Errorf("%s: %+v", query, p)
			}
		}
		for _, name := range []string{"nobody", "%00", "%ff", "150123", "P-1?county=150124"} {
			s.get("/v1/projects/" + name).wants(404)
			s.get("/v1/findings/" + name).wants(404)
		}
		s.get("/v1/projects/P-1?county=1").wants(400)

		s.upload(projectVersion(t, goodPlan, "150124", "P-1", "乙"))
		a := s.get("/v1/projects/P-1", with("Accept-Language", "en")).wants(409)
		if !strings.Contains(string(a.body), "150123, 150124") || !strings.Contains(string(a.body), "?county=") {
			t.Errorf("%s", a.body)
		}
		for _, path := range []string{"/v1/findings/P-1", "/v1/findings/P-1/0a1b2c3d4e5f"} {
			if p := s.get(path).problem(409, "conflict"); p.Field != "county" {
				t.Errorf("%+v", p)
			}
		}
		var of shownProject
		s.get("/v1/projects/P-1?county=150124").wants(200).into(&of)
		if of.Name != "乙" || !strings.HasSuffix(of.Links["self"], "?county=150124") {
			t.Errorf("%+v", of)
		}
		// Whoever sees one of the counties needs to name none.
		admin := s.newToken(store.Admin, "")
		clerk := token(s.newToken(store.Submitter, "150124"))
		s.get("/v1/projects/P-1", token(admin)).wants(409)
		s.get("/v1/projects/P-1", clerk).wants(200).into(&of)
		if of.County != "150124" {
			t.Errorf("%+v", of)
		}
		s.get("/v1/projects/P-2", clerk).wants(404)
		s.get("/v1/projects/P-1?county=150123", clerk).wants(404)
		if got := pages[shownProject](s, "/v1/projects?q=P-", clerk); len(got) != 1 || slices.ContainsFunc(got, func(p shownProject) bool { return p.County != "150124" }) {
			t.Errorf("%+v", got)
		}
	})
}
