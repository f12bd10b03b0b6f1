package api_test

import (
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/mapsheet"
)

// TestMapSheets: the sheets are those that the command line draws, to the byte, in
// both languages; they are nobody else's.
func TestMapSheets(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		secret := s.newToken(store.Submitter, county)
		data := samplePlan(t, goodPlan)
		k := s.checked(data, token(secret))
		res := direct(t, data)
		in := mapsheet.Input{Report: res.Report, Ledger: res.Ledger}
		var err error
		if in.Land, err = res.MapLand(t.Context()); err != nil {
			t.Fatal(err)
		}
		at := "/v1/checks/" + k.ID + "/maps/"
		for _, kind := range mapsheet.Kinds() {
			for _, lang := range []string{"zh", "en"} {
				in.Lang = lang
				want, err := mapsheet.Draw(kind, in)
				if err != nil {
					t.Fatal(err)
				}
				a := s.get(at+string(kind), token(secret), with("Accept-Language", lang)).wants(200)
				if got := string(a.body); got != string(want) {
					t.Errorf("%s (%s): %d bytes, the command line draws %d", kind, lang, len(got), len(want))
				}
				if h := a.header; h.Get("Content-Type") != "image/svg+xml" || !strings.Contains(h.Get("Content-Disposition"), string(kind)+".svg") || h.Get("Content-Language") != lang {
					t.Errorf("%s: %v", kind, h)
				}
				s.get(at+string(kind), token(secret), with("Accept-Language", lang), with("If-None-Match", a.header.Get("ETag"))).wants(304)
			}
		}
		s.get(at+"land-use", token(secret)).problem(404, "not-found")
		s.get(at+"pbf-after", token(s.newToken(store.Admin, "2201"))).problem(404, "not-found")
	})
}

// TestMapSheetsShowBaseLayers: where base layers are the reviewers', so are they.
func TestMapSheetsShowBaseLayers(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{layers: store.Reviewer}, func(t *testing.T, s *service) {
		secret := s.newToken(store.Submitter, county)
		k := s.checked(samplePlan(t, goodPlan), token(secret))
		at := "/v1/checks/" + k.ID + "/maps/pbf-after"
		s.get(at, token(secret)).problem(403, "forbidden")
		s.get(at, token(s.newToken(store.Reviewer, county))).wants(200)
	})
}
