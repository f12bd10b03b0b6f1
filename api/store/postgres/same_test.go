package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/rulebook"
	"landcheck/rules/sample"
)

// TestSameReport: a plan checked against files and against PostGIS gives the
// same report, ledger and map to the byte, but for base.source: all plans of
// the sample, and random ones, over the sample county, over a copy of it in
// which nothing is as it should be, and beside a neighbour.
func TestSameReport(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("three counties are loaded, and forty plans checked twice")
	}
	s, county := sampled(t)
	db, dir := s.db, t.TempDir()
	clean, plans := filepath.Join(dir, "base"), filepath.Join(dir, "plans")
	if err := errors.Join(county.WriteBase(t.Context(), clean), county.WritePlans(t.Context(), plans), county.WriteVariants(t.Context(), plans)); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(plans)
	if err != nil || len(entries) < 15 {
		t.Fatal(entries, err)
	}
	load(t, db, "150123", clean)
	const random = 8
	for _, e := range entries {
		same(t, s, "150123", filepath.Join(plans, e.Name()), clean)
	}

	neighbour, bad := filepath.Join(dir, "150124"), filepath.Join(dir, "150125")
	concurrently(t, clean, neighbour, 3000, false)
	concurrently(t, clean, bad, 0, true)
	load(t, db, "150124", neighbour)
	load(t, db, "150125", bad)
	for i := range random {
		path := filepath.Join(dir, fmt.Sprintf("random-%d", i))
		randomPlan(t, uint64(i), path, clean)
		both := i%2 == 0
		if both {
			same(t, s, "150123", path, clean, neighbour)
		}
		same(t, s, "150125", path, bad)
	}
}

// sampled is a store without base data, and the county to load.
func sampled(t *testing.T) (*Store, *sample.County) {
	t.Helper()
	db, _ := migrated(t)
	s, err := Open(t.Context(), db, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	county, err := sample.New(sample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s, county
}

// same checks a plan against a county in the database, and against files: the
// county's first, then those of the neighbours that its plan is near.
func same(t *testing.T, s *Store, county, path string, files ...string) {
	t.Helper()
	p, err := plan.Open(t.Context(), path, plan.Options{})
	if _, bad := geo.AsInputError(err); bad {
		t.Fatalf("%s: %v", path, err)
	} else if err != nil {
		t.Fatal(err)
	}
	near, codes := geo.Bound(nil), []string(nil)
	if len(files) > 1 {
		if near, err = p.Around(); err != nil {
			t.Fatal(err)
		}
		codes = neighbours(t, s.db, county, near)
	}
	stored, _, err := s.Base(t.Context(), county, 0, near, codes)
	if err != nil {
		t.Fatal(err)
	}
	defer stored.Close()
	files = files[:1]
	for _, code := range codes {
		files = append(files, filepath.Join(filepath.Dir(files[0]), code))
	}
	direct, err := plan.OpenBase(t.Context(), files, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close()
	book, err := check.Book("", p)
	if err != nil {
		t.Fatal(err)
	}
	want, got := outcome(t, p, direct, book), outcome(t, p, stored, book)
	want.json = bytes.Replace(want.json, []byte(`"source": "files"`), []byte(`"source": "postgis"`), 1)
	for what, pair := range map[string][2][]byte{"report": {want.json, got.json}, "ledger": {want.ledger, got.ledger}, "list of findings": {want.findings, got.findings}, "map": {want.drawing, got.drawing}} {
		if !bytes.Equal(pair[0], pair[1]) {
			at := 0
			for at < min(len(pair[0]), len(pair[1])) && pair[0][at] == pair[1][at] {
				at++
			}
			around := func(b []byte) []byte { return b[max(0, at-200):min(len(b), at+200)] }
			t.Errorf("%s, county %s: the %s differs at byte %d\nfiles    …%s…\ndatabase …%s…", filepath.Base(path), county, what, at, around(pair[0]), around(pair[1]))
		}
	}
}

// neighbours are the directories of other counties that a box meets: those are
// named by the county's code.
func neighbours(t *testing.T, db *postgis.DB, county string, near orb.Bound) (codes []string) {
	counties, err := db.Counties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counties {
		if c.Code != county && c.LonLat.Intersects(near) {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

// written is all that a check gives.
type written struct {
	name                            string
	json, ledger, findings, drawing []byte
}

func outcome(t *testing.T, p *plan.Plan, base *plan.Base, book *rulebook.Rulebook) (w written) {
	t.Helper()
	r, err := check.Run(context.Background(), check.Request{Plan: p, Base: base, Book: book, Version: "test"})
	if err != nil {
		t.Fatalf("%s: %v", base.Source(), err)
	}
	d, err := r.Drawing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, into := range map[string]*[]byte{"report.json": &w.json, "ledger.csv": &w.ledger, "findings.geojson": &w.findings} {
		path := filepath.Join(dir, name)
		if err := report.WriteFile(t.Context(), path, report.Input{Report: r.Report, Ledger: r.Ledger, Drawing: d}); err != nil {
			t.Fatal(err)
		}
		if *into, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if w.drawing, err = json.Marshal(d); err != nil {
		t.Fatal(err)
	}
	return w
}
