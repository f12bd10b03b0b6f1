package main

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"landcheck/rules/result"
)

// TestYears: in its second year plan 13 lives on the surplus of the first;
// plan 14 comes to the same totals and is short at the end of 2025.
func TestYears(t *testing.T) {
	dir := sampleDir(t)
	base := filepath.Join(dir, "base")
	check := func(name string, want int) *result.Report {
		r := checked(t, want, filepath.Join(dir, "plans", name), "--base", base)
		if r.Plan.Stage != "annual" || len(r.Years) != 3 {
			t.Fatalf("%s: stage %s, years %+v", name, r.Plan.Stage, r.Years)
		}
		var sum result.YearRow
		for i, y := range r.Years {
			if y.Year == nil || *y.Year != 2024+i {
				t.Fatalf("%s: row %d is %+v", name, i, y)
			}
			sum.PBFIn, sum.PBFOut = sum.PBFIn+y.PBFIn, sum.PBFOut+y.PBFOut
			sum.CroplandGained, sum.CroplandLost = sum.CroplandGained+y.CroplandGained, sum.CroplandLost+y.CroplandLost
			for _, p := range [][2]float64{{sum.PBFIn, y.PBFInCumulative}, {sum.PBFOut, y.PBFOutCumulative},
				{sum.CroplandGained, y.CroplandGainedCumulative}, {sum.CroplandLost, y.CroplandLostCumulative}} {
				if math.Abs(p[0]-p[1]) > 0.02 {
					t.Errorf("%s %d: the rows add up to %.2f, so far it says %.2f", name, *y.Year, p[0], p[1])
				}
			}
		}
		terms := rule(t, r, "pbf-area-kept").Measures[0].Terms
		if math.Abs(terms["plus_m2"]-sum.PBFIn) > 0.03 || math.Abs(terms["minus_m2"]-sum.PBFOut) > 0.03 {
			t.Errorf("%s: the years' PBF %.2f and %.2f, the rule's %v", name, sum.PBFIn, sum.PBFOut, terms)
		}
		return r
	}
	carried, short := check("13-three-years.zip", exitCompliant), check("14-second-year-short.zip", exitViolations)
	if y := carried.Years[1]; y.PBFOut <= y.PBFIn || y.CroplandLost <= y.CroplandGained {
		t.Errorf("plan 13 does not draw on its first year: %+v", y)
	}
	if a, b := carried.Years[2], short.Years[2]; a.CroplandGainedCumulative != b.CroplandGainedCumulative || a.CroplandLostCumulative != b.CroplandLostCumulative {
		t.Errorf("the totals differ: %+v, %+v", a, b)
	}
	kept := rule(t, short, "cropland-area-kept")
	y := short.Years[1]
	if len(kept.Findings) != 1 || kept.Findings[0].Scope != (result.Scope{Kind: "year", Code: "2025"}) {
		t.Fatalf("%+v", kept.Findings)
	}
	missing := y.CroplandLostCumulative - y.CroplandGainedCumulative
	for _, m := range kept.Measures {
		if m.Scope.Code == "2025" && math.Abs(m.Margin+missing) > 0.02 {
			t.Errorf("margin %.2f, by the years table %.2f", m.Margin, -missing)
		}
	}
	for _, text := range []string{kept.Findings[0].Message.ZH, kept.Findings[0].Message.EN} {
		if figure := strconv.FormatFloat(missing/10000, 'f', 4, 64); !strings.Contains(text, "2025") || !strings.Contains(text, figure) {
			t.Errorf("the message does not name the year and %s hm²: %s", figure, text)
		}
	}
	out := landcheck(t, "check", filepath.Join(dir, "plans", "14-second-year-short.zip"), "--base", base).stdout
	if !strings.Contains(out, "年度台账") || !strings.Contains(out, "✗") {
		t.Error("the text does not show the years")
	}
}
