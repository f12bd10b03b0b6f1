package sample

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

func build(t *testing.T, path string, base *plan.Base) *ledger.Ledger {
	t.Helper()
	p, err := plan.Open(t.Context(), path, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Build(t.Context(), p, base, ledger.Options{Sliver: ledger.SliverLimits{Area: 1, Width: 0.05}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// moved is the PBF that leaves each township, and what comes in anywhere.
func moved(l *ledger.Ledger) (out map[string]float64, in float64) {
	out = map[string]float64{}
	for _, f := range l.Faces {
		if f.Before.PBF && !f.After.PBF {
			out[f.Township] += f.Before.PBFNet
		}
		if !f.Before.PBF && f.After.PBF {
			in += f.After.PBFNet
		}
	}
	return out, in
}

// One plan stands at 5 % to the last 0.01 m², the other 0.25 m² above.
func TestCapIsExact(t *testing.T) {
	dir := t.TempDir()
	c := testCounty(t, Options{})
	if err := c.WriteBase(t.Context(), filepath.Join(dir, "base")); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteVariants(t.Context(), filepath.Join(dir, "plans")); err != nil {
		t.Fatal(err)
	}
	base := openBase(t, filepath.Join(dir, "base"))
	for name, over := range map[string]int64{AtCap: 0, OverCap: 25} {
		l := build(t, filepath.Join(dir, "plans", name), base)
		out, in := moved(l)
		designated := geo.Centi(l.Designated["150123101"].Area)
		if designated%20 != 0 || len(out) != 1 {
			t.Fatalf("%s: designated %d, out of %d townships", name, designated, len(out))
		}
		if got := geo.Centi(out["150123101"]); got != designated/20+over {
			t.Errorf("%s: %d leaves, 5 %% is %d", name, got, designated/20)
		}
		var fails []string
		if over > 0 {
			fails = []string{"pbf-township-cap"}
		}
		if r, _ := judge(t, filepath.Join(dir, "plans", name), base, ""); !slices.Equal(withStatus(r, domain.Fail), fails) {
			t.Errorf("%s: %s", name, reasons(r))
		}
		if in < out["150123101"] {
			t.Errorf("%s: only %.2f comes in", name, in)
		}
	}

	// The good plan is the same plan in every system and format.
	want := build(t, filepath.Join(dir, "plans", Directory), base)
	wantOut, wantIn := moved(want)
	for _, name := range []string{Degrees, Unzoned, Geopackage, GeoJSON} {
		got := build(t, filepath.Join(dir, "plans", name), base)
		out, in := moved(got)
		for township := range wantOut {
			if math.Abs(out[township]-wantOut[township]) > 0.05 {
				t.Errorf("%s: %.3f leaves %s, want %.3f", name, out[township], township, wantOut[township])
			}
		}
		if math.Abs(in-wantIn) > 0.05 || len(got.Plan.Issues) != 0 || len(got.Plan.Documents) != len(want.Plan.Documents) {
			t.Errorf("%s: %.3f comes in, want %.3f; flaws %v; %d documents", name, in, wantIn, got.Plan.Issues, len(got.Plan.Documents))
		}
		t.Log(name, len(got.Faces), len(want.Faces), got.Plan.Native)
	}
}
