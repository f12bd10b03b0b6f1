package api_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/deliver"
)

// TestExports: a compliant plan gives each deliverable as the command line writes
// it; one that is not is refused, and as a draft says so everywhere.
func TestExports(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		k := s.checked(samplePlan(t, "01-compliant.zip"))
		at := "/v1/checks/" + k.ID + "/exports/"
		for _, kind := range []deliver.Kind{deliver.PBFUpdate, deliver.CroplandBalance, deliver.Linkage, deliver.LandTrade} {
			a := s.get(at + string(kind) + "?dated=2026-11-30&producer=示例县").wants(200)
			if got := a.header.Get("Content-Disposition"); !strings.Contains(got, string(kind)) {
				t.Errorf("%s is kept as %q", kind, got)
			}
			names := entries(t, a.body)
			if !strings.Contains(names, ".gpkg") || !strings.Contains(names, ".shp") || !strings.Contains(names, ".xlsx") || strings.Contains(names, "草案") {
				t.Errorf("%s holds %s", kind, names)
			}
		}
		if p := s.get(at+"red-line-update?lang=en").problem(409, "conflict"); !strings.Contains(p.Advice, "24600.95 m²") {
			t.Errorf("%+v", p)
		}
		s.get(at+"cropland-balance?own_needs_m2=58881.1").problem(409, "conflict")
		s.get(at+"nothing").problem(404, "not-found")
		for _, q := range []string{"?dated=2026-02-30", "?dated=x", "?draft=yes", "?own_needs_m2=-1", "?producer=a%0Ab", "?f=zip"} {
			s.get(at+"linkage"+q).problem(400, "bad-parameter")
		}
		bad := "/v1/checks/" + s.checked(samplePlan(t, "02-over-five-percent.zip")).ID + "/exports/pbf-update"
		if p := s.get(bad+"?lang=en").problem(409, "conflict"); !strings.Contains(p.Detail, "pbf-township-cap") || !strings.Contains(p.Advice, "draft=true") {
			t.Errorf("%+v", p)
		}
		for name := range strings.SplitSeq(entries(t, s.get(bad+"?draft=true").wants(200).body), " ") {
			if !strings.Contains(name, "草案") {
				t.Errorf("%s does not say that it is a draft", name)
			}
		}
	})
}

// TestExportsAccess: the layer of PBF is a base layer, and for those alone who read
// base layers; what is read is in the audit trail.
func TestExportsAccess(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{layers: store.Reviewer})
	clerk, reviewer, stranger := s.newToken(store.Submitter, county), s.newToken(store.Reviewer, county), s.newToken(store.Submitter, "2201")
	k := s.checked(samplePlan(t, "01-compliant.zip"), token(clerk))
	at := "/v1/checks/" + k.ID + "/exports/"
	s.get(at+"pbf-update", token(clerk)).problem(403, "forbidden")
	s.get(at+"linkage", token(stranger)).problem(404, "not-found")
	s.get(at+"linkage", token(clerk)).wants(200)
	s.get(at+"pbf-update", token(reviewer)).wants(200)
	if audit := string(s.get("/v1/audit", token(reviewer)).wants(200).body); strings.Count(audit, `"what":"export"`) != 2 {
		t.Errorf("the audit trail has\n%s", audit)
	}
}

// entries are the names in an archive, each of which can be read.
func entries(t testing.TB, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Fatal(f.Name, err)
		}
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}
