package api_test

import (
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
)

// TestBooks: rulebooks and rules can be read as in a handbook.
func TestBooks(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	type rule struct {
		ID         string
		Title, Why geo.Text
	}
	type book struct {
		ID    string
		Count int
		Rules []rule
		Links map[string]string
	}
	books := pages[book](s, "/v1/rulebooks")
	if len(books) < 3 {
		t.Fatalf("%+v", books)
	}
	for _, b := range books {
		var whole book
		s.get(b.Links["self"]).wants(200).into(&whole)
		if whole.Count == 0 || len(whole.Rules) != whole.Count || len(b.Rules) != 0 {
			t.Errorf("%s has %d rules, says %d", b.ID, len(whole.Rules), whole.Count)
		}
		for _, r := range whole.Rules {
			var one rule
			s.get(b.Links["self"] + "/rules/" + r.ID).wants(200).into(&one)
			if one != r || r.Title.ZH == "" || r.Why.EN == "" {
				t.Errorf("%+v, alone %+v", r, one)
			}
		}
	}
	s.get("/v1/rulebooks/none").problem(404, "not-found")
	s.get("/v1/rulebooks/nmg-2025/rules/none").problem(404, "not-found")
}

// TestWantedPapers: a rulebook says which papers it looks for, when, and of whom.
func TestWantedPapers(t *testing.T) {
	s := serve(t, "embedded", setup{bare: true})
	type paper struct {
		Kinds, Stages []string
		Titles        []geo.Text
		From          []struct{ Name string }
		Per           string
		OnlyIf        string `json:"only_if"`
	}
	var rule struct{ Papers []paper }
	s.get("/v1/rulebooks/nmg-2025/rules/village-consent").wants(200).into(&rule)
	if len(rule.Papers) != 3 || rule.Papers[1].Kinds[0] != "plan-consent" || rule.Papers[1].Per != "village" || rule.Papers[1].Titles[0].ZH != "嘎查村同意实施方案的文件" || rule.Papers[1].OnlyIf != "" {
		t.Errorf("%+v", rule)
	}
	rule.Papers = nil
	s.get("/v1/rulebooks/nmg-2025/rules/department-opinions").wants(200).into(&rule)
	if len(rule.Papers) != 2 || len(rule.Papers[0].From) != 8 || rule.Papers[0].From[4].Name != "水利" {
		t.Errorf("%+v", rule)
	}
	rule.Papers = nil
	s.get("/v1/rulebooks/nmg-2025/rules/pbf-plan").wants(200).into(&rule)
	if len(rule.Papers) != 3 || rule.Papers[0].OnlyIf != "land" || strings.Join(rule.Papers[1].Stages, " ") != "annual subproject-acceptance acceptance" {
		t.Errorf("%+v", rule)
	}
	rule.Papers = nil
	s.get("/v1/rulebooks/nmg-2025/rules/plan-approved").wants(200).into(&rule)
	if len(rule.Papers) != 2 || rule.Papers[1].OnlyIf != "quota-leaves-county" {
		t.Errorf("%+v", rule)
	}
}

// TestCounties: base data and its versions.
func TestCounties(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true}, func(t *testing.T, s *service) {
		counties := pages[store.County](s, "/v1/counties")
		books := pages[struct {
			Rulebook string
			Decreed  bool `json:"rulebook_decreed"`
		}](s, "/v1/counties")
		if len(books) != 1 || books[0].Rulebook != "nmg-2025" {
			t.Errorf("%+v", books)
		}
		if len(counties) != 1 || counties[0].Code != county || len(counties[0].Bound) != 4 || counties[0].Bound[0] < 111 || counties[0].Bound[2] > 112 {
			t.Errorf("%+v", counties)
		}
		roles := map[string]int{}
		for _, d := range pages[store.Dataset](s, "/v1/counties/"+county+"/datasets") {
			roles[d.Role] = d.Features
			if !d.Current || d.Version != 1 || !strings.HasPrefix(d.Digest, "sha256:") {
				t.Errorf("%+v", d)
			}
		}
		if roles["land_use"] < 2000 || roles["townships"] == 0 || roles["pbf"] == 0 {
			t.Errorf("%v", roles)
		}
		for _, code := range []string{"150124", "1501", "none", "150123101"} {
			s.get("/v1/counties/"+code+"/datasets").problem(404, "not-found")
		}
	})
}
