package main

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

// TestNationalGeodatabase: a plan in the national pilot's layers as one file
// geodatabase, written by GDAL (sums as its maker states them).
func TestNationalGeodatabase(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "filegdb", "sample-plan-national.gdb.zip")
	if _, err := os.Stat(path); err != nil {
		t.Skip(err)
	}
	base := filepath.Join(sampleDir(t), "base")
	r := checked(t, exitViolations, path, "--base", base) // it has no papers
	sums := map[string]float64{}
	for _, c := range r.Changes {
		sums[c.Role] += c.Area
	}
	if out, in := sums["pbf_out"], sums["pbf_in"]; math.Abs(out-275_734.87) > 0.5 || math.Abs(in-288_060.38) > 0.5 {
		t.Errorf("%.2f m² leave and %.2f enter, want 275734.87 and 288060.38", out, in)
	}
	if len(r.LandUse) == 0 || r.Ledger.Changed < 275_734 {
		t.Errorf("%.2f m² changed", r.Ledger.Changed)
	}
	out := filepath.Join(t.TempDir(), "changes.zip")
	if res := landcheck(t, "convert", path, out, "--base", base); res.status != 0 {
		t.Fatal(res)
	}
	sameFigures(t, r, checked(t, exitViolations, out, "--base", base))
}
