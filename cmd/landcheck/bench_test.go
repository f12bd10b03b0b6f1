package main

import (
	"fmt"
	"path/filepath"
	"testing"

	"landcheck/rules/sample"
)

// BenchmarkCounty checks 500 changes all over a county of 100 000 parcels of
// 60 vertices, from files to a written report, on one processor and on two.
// The project area is the whole county: the worst case for its totals.
func BenchmarkCounty(b *testing.B) {
	dir := b.TempDir()
	c, err := sample.New(sample.Options{Parcels: 100_000, VerticesPerParcel: 60, CurveVertices: 50_000})
	if err != nil {
		b.Fatal(err)
	}
	base, plan := filepath.Join(dir, "base"), filepath.Join(dir, "plan.zip")
	if err := c.WriteBase(b.Context(), base); err != nil {
		b.Fatal(err)
	}
	if err := c.WriteBulk(b.Context(), plan, sample.Bulk{Changes: 500}); err != nil {
		b.Fatal(err)
	}
	for _, jobs := range []int{1, 2} {
		b.Run(fmt.Sprintf("jobs=%d", jobs), func(b *testing.B) {
			for b.Loop() {
				res := landcheck(b, "check", plan, "--base", base, "--cache", "off", "--jobs", fmt.Sprint(jobs), "--fail-on", "never", "-o", filepath.Join(dir, "report.json"))
				if res.status != exitCompliant {
					b.Fatal(res.stderr)
				}
			}
		})
	}
}
