package adversary

import (
	"slices"
	"strings"
	"testing"

	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// TestElsewhere: a plan that names a county in which it does not lie never
// complies, and the report says that it knows nothing of that land; with the
// neighbour's base data it says whose townships are there.
func TestElsewhere(t *testing.T) {
	beyond := func(a *kit.Result) bool {
		return slices.ContainsFunc(a.Report.Reservations, func(r result.Reservation) bool { return r.Kind == result.BeyondCounty })
	}
	says := func(a *kit.Result, text string) bool {
		for _, n := range a.Report.Inputs {
			if strings.Contains(n.Message.EN, text) {
				return true
			}
		}
		return false
	}
	const max = "most of the project area"
	if a := kit.NewCase().Judge(t); a.Verdict() != "compliant" || beyond(a) || says(a, max) {
		t.Errorf("a clean plan: %s, %v", a.Verdict(), a.Report.Reservations)
	}
	far := kit.NewCase() // no base data there at all
	for _, l := range far.Plan.Layers {
		for _, r := range l.Rows {
			r.Shape = kit.Shift(r.Shape, 30*kit.Cell, 0)
		}
	}
	if a := far.Judge(t); a.Verdict() != "violations" || !beyond(a) || !says(a, max) || says(a, "townships of") && says(a, "are there") {
		t.Errorf("far away: %s, %v, %v", a.Verdict(), a.Report.Reservations, a.Report.Inputs)
	}
	// A neighbour's base data that lie elsewhere, or under half of it, do not speak for the rest.
	for east, project := range map[float64]bool{-30: true, 24: true, 18: false} {
		part := kit.NewCase()
		towns := part.Base.Layer("XZQ")
		for i := range 2 {
			towns.Add(kit.Shift(kit.Box(float64(8*i), 0, float64(8*i+8), 10), east*kit.Cell, 0), kit.F{"XZQDM": []string{"150223101", "150223102"}[i], "XZQMC": "邻镇"})
		}
		for _, l := range part.Plan.Layers {
			for _, r := range l.Rows {
				r.Shape = kit.Shift(r.Shape, 20*kit.Cell, 0)
			}
		}
		a := part.Judge(t)
		tells := slices.ContainsFunc(a.Report.Reservations, func(r result.Reservation) bool {
			return r.Kind == result.BeyondCounty && !strings.Contains(r.Message.EN, " 0.00 m² of the project area")
		})
		if tells != project || a.Verdict() == "compliant" {
			t.Errorf("%v: %s, %v", east, a.Verdict(), a.Report.Reservations)
		}
	}
	wrong := kit.NewCase() // the base data given is of the county that it lies in
	wrong.Plan.Manifest.County = "150223"
	if a := wrong.Judge(t); a.Verdict() != "violations" || !says(a, max) || !says(a, "townships of 150123 are there") {
		t.Errorf("the wrong county: %s, %v", a.Verdict(), a.Report.Inputs)
	}
}
