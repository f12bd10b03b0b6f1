package api_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/repair"
	"landcheck/rules/rulebook"
)

// TestSuggestion: the service suggests of a check what the command line does, and
// the package that it gives passes when it is uploaded.
func TestSuggestion(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		k := s.checked(samplePlan(t, badPlan))
		at := "/v1/checks/" + k.ID + "/suggestion"
		got := s.get(at).wants(200)
		if want := suggestionOfSample(t, badPlan); !bytes.Equal(fromFiles(got.body), want) {
			t.Errorf("%d bytes from the service, %d by itself", len(got.body), len(want))
		}
		if tag := got.header.Get("ETag"); tag == "" || s.get(at, with("If-None-Match", tag)).status != http.StatusNotModified {
			t.Errorf("it is not known again by %q", tag)
		}
		if land := s.get(at + "?f=gpkg").wants(200).body; !bytes.HasPrefix(land, []byte("SQLite format 3")) {
			t.Errorf("no GeoPackage: %.20q", land)
		}
		a := s.get(at + "/package").wants(200)
		if tag := a.header.Get("ETag"); tag == "" || s.get(at+"/package", with("If-None-Match", tag)).status != http.StatusNotModified {
			t.Errorf("it is not known again by %q", tag)
		}
		if mended := s.checked(a.body); mended.Verdict != "compliant" {
			t.Errorf("the changed plan is %s", mended.Verdict)
		}
		missing := "/v1/checks/" + s.checked(samplePlan(t, "10-missing-consent.zip")).ID + "/suggestion"
		var set repair.Set
		if s.get(missing).wants(200).into(&set); set.Together != nil || len(set.NotShape) == 0 {
			t.Errorf("papers are repaired by shapes: %+v", set)
		}
		s.get(missing+"/package").problem(409, "conflict")
		s.get(at+"?f=html").problem(400, "bad-parameter")
		s.get(at+"?add=true").problem(400, "bad-parameter")
		s.get(at+"/package?add=yes").problem(400, "bad-parameter")
		s.get("/v1/checks/01890000-0000-7000-8000-000000000000/suggestion").problem(404, "not-found")
	})
}

// TestSuggestionPrior: what other projects took out by the township ledger counts as
// it did in the check, and not as the ledger is by now.
func TestSuggestionPrior(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		ledger := "/v1/counties/" + county + "/ledger"
		s.do("POST", ledger, sendingJSON(`{"check":"`+s.checked(samplePlan(t, goodPlan)).ID+`"}`)).wants(201)
		k := s.checked(samplePlan(t, "04-compensation-justified.zip"))
		at := "/v1/checks/" + k.ID + "/suggestion"
		changed := s.get(at + "/package").wants(200).body
		if mended := s.checked(changed); mended.Verdict != "compliant" {
			t.Errorf("the changed plan is %s", mended.Verdict)
		}
		s.do("DELETE", ledger+"/150123-2026-01").wants(204)
		var set repair.Set
		if s.get(at).wants(200).into(&set); len(set.Rules) != 1 || set.Rules[0].IDs() != "pbf-township-cap" || !set.Together.Found {
			t.Errorf("%+v", set.Rules)
		}
	})
}

// TestSuggestionAccess: parcels of base data that a suggestion brings in are for
// those alone who read base layers; who asked is in the audit trail.
func TestSuggestionAccess(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{layers: store.Reviewer})
	clerk, reviewer, stranger := s.newToken(store.Submitter, county), s.newToken(store.Reviewer, county), s.newToken(store.Reviewer, "2201")
	at := "/v1/checks/" + s.checked(samplePlan(t, "08-compensation-short.zip"), token(clerk)).ID + "/suggestion"
	adds := func(secret string) bool {
		var set repair.Set
		s.get(at, token(secret)).wants(200).into(&set)
		return set.Together.Or != nil || slices.ContainsFunc(set.Rules, func(x repair.Suggestion) bool { return x.Or != nil })
	}
	if adds(clerk) || !adds(reviewer) {
		t.Errorf("land to bring in is shown to a submitter: %v, to a reviewer: %v", adds(clerk), adds(reviewer))
	}
	s.get(at+"/package?add=true", token(clerk)).problem(403, "forbidden")
	s.get(at+"/package", token(clerk)).wants(200)
	if names := entries(t, s.get(at+"/package?add=true", token(reviewer)).wants(200).body); !strings.Contains(names, "YJJBNTBH_1.shp") {
		t.Errorf("nothing is brought in: %s", names)
	}
	s.get(at, token(stranger)).problem(404, "not-found")
	s.get(at+"/package", token(stranger)).problem(404, "not-found")
	if audit := string(s.get("/v1/audit", token(reviewer)).wants(200).body); strings.Count(audit, `"what":"suggestion"`) != 2 {
		t.Errorf("the audit trail has\n%s", audit)
	}
}

// suggestionOfSample is the suggestion for a sample plan, made without a service.
func suggestionOfSample(t *testing.T, name string) []byte {
	t.Helper()
	stored := filepath.Join(t.TempDir(), "plan.zip") // as a service calls it
	if err := os.WriteFile(stored, samplePlan(t, name), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := plan.Open(t.Context(), stored, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(t.Context(), []string{filepath.Join(sampleDir(t), "base")}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	set, err := repair.Suggest(t.Context(), check.Request{Plan: p, Base: base, Book: book, Version: version})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := set.WriteJSON(&text); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}
