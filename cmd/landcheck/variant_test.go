package main

import (
	"math"
	"path/filepath"
	"testing"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
)

func variants(t *testing.T) string {
	t.Helper()
	c, err := sample.New(sample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := c.WriteVariants(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestCapIsExact: 5.00 % of a township passes, 0.25 m² more fails.
func TestCapIsExact(t *testing.T) {
	dir, base := variants(t), filepath.Join(sampleDir(t), "base")
	r := checked(t, exitCompliant, filepath.Join(dir, sample.AtCap), "--base", base)
	at := rule(t, r, "pbf-township-cap")
	if at.Status != domain.Pass || len(at.Measures) == 0 || at.Measures[0].Value != 0.05 || !at.Measures[0].Close {
		t.Errorf("at the cap: %s, %+v", at.Status, at.Measures)
	}
	r = checked(t, exitViolations, filepath.Join(dir, sample.OverCap), "--base", base)
	over := rule(t, r, "pbf-township-cap")
	if over.Status != domain.Fail || math.Abs(over.Measures[0].Margin+0.25) > 0.011 {
		t.Errorf("0.25 m² over the cap: %s, %+v", over.Status, over.Measures)
	}
}

// TestSystemsAndFormatsAgree: the same plan in degrees, without a zone, as
// GeoPackage, as GeoJSON and as plain files gets the same verdict and areas.
func TestSystemsAndFormatsAgree(t *testing.T) {
	dir, base := variants(t), filepath.Join(sampleDir(t), "base")
	want := checked(t, exitCompliant, filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), "--base", base)
	for _, name := range []string{sample.Degrees, sample.Unzoned, sample.Geopackage, sample.GeoJSON, sample.Directory} {
		got := checked(t, exitCompliant, filepath.Join(dir, name), "--base", base)
		if !agree(got.Ledger.Changed, want.Ledger.Changed) {
			t.Errorf("%s: %.2f m² changed, want %.2f", name, got.Ledger.Changed, want.Ledger.Changed)
		}
		for i := range want.Rules {
			g, w := got.Rules[i], want.Rules[i]
			// Degrees of nine decimals round corners, and the dust of that passes.
			dust := g.Status == domain.Pass && w.Status == domain.NotApplicable && len(g.Measures) == 0
			if g.ID != w.ID || g.Status != w.Status && !dust || len(g.Measures) != len(w.Measures) {
				t.Errorf("%s: %s is %s with %d measures, want %s with %d", name, w.ID, g.Status, len(g.Measures), w.Status, len(w.Measures))
				continue
			}
			for j := range w.Measures {
				if !agree(g.Measures[j].Value, w.Measures[j].Value) {
					t.Errorf("%s: %s measures %v, want %v", name, w.ID, g.Measures[j].Value, w.Measures[j].Value)
				}
			}
		}
	}
}

func agree(a, b float64) bool { return math.Abs(a-b) <= 1e-5*math.Abs(b)+0.02 }

// TestFiguresAgainstGEOS computes the figures of plan 05 again from the files,
// with GEOS in place of the overlay: changed land, PBF out of each township,
// land in the red line.
func TestFiguresAgainstGEOS(t *testing.T) {
	dir := sampleDir(t)
	path, base := filepath.Join(dir, "plans", "05-red-line-occupied.zip"), filepath.Join(dir, "base")
	r := checked(t, exitViolations, path, "--base", base)

	k := geo.NewKernel()
	read := func(path string, role domain.Role) []orb.MultiPolygon {
		c, err := catalog.Open(t.Context(), path, catalog.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		var all []orb.MultiPolygon
		for _, l := range c.Layers {
			if plan.RoleOf(l.Name(), []domain.Role{role}) != role {
				continue
			}
			for f, err := range l.Near(t.Context(), nil, nil) {
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, f.Geometry)
			}
		}
		if len(all) == 0 {
			t.Fatalf("no %s in %s", role, path)
		}
		return all
	}
	union := func(parts ...[]orb.MultiPolygon) orb.MultiPolygon {
		var all []orb.MultiPolygon
		for _, p := range parts {
			all = append(all, p...)
		}
		mp, err := k.Union(all, 0)
		if err != nil {
			t.Fatal(err)
		}
		return mp
	}
	crs, err := geo.FromEPSG(4525)
	if err != nil {
		t.Fatal(err)
	}
	out, in, use := read(path, domain.PBFOut), read(path, domain.PBFIn), read(path, domain.LandUseChange)
	surveyor, err := geo.NewSurveyor(crs, out[0].Bound().Center())
	if err != nil {
		t.Fatal(err)
	}
	close := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-6*want+0.01 {
			t.Errorf("%s: %.4f m², by GEOS %.4f", what, got, want)
		}
	}
	close("changed land", r.Ledger.Changed, surveyor.MultiPolygon(union(out, in, use)))

	red, err := k.Intersection(union(use), union(read(base, domain.RedLine)), 0)
	if err != nil {
		t.Fatal(err)
	}
	inRed := 0.0
	for _, f := range rule(t, r, "red-line-not-occupied").Findings {
		inRed += f.Area
	}
	// What the plan does inside the line and may do (forest, grass) is not a finding.
	if total := surveyor.MultiPolygon(red); inRed <= 0 || inRed > total+0.01 {
		t.Errorf("red line: findings of %.2f m², all changes there %.2f m²", inRed, total)
	}
}
