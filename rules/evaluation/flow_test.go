package evaluation

import (
	"reflect"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
)

// Each change's land stands with its sub-project, what has none last, and the
// columns have the sums of the years'.
func TestSubProjects(t *testing.T) {
	s := newScene()
	a, b := s.named(domain.PBFOut, "A"), s.named(domain.PBFOut, "B")
	a.SubProject, a.Year = "Z2", 2026
	b.Year = 2025
	in := s.named(domain.PBFIn, "C")
	in.SubProject, in.Date = "Z10", "20250630"
	use := s.named(domain.LandUseChange, "D")
	use.SubProject, use.Year = "Z2", 2025
	s.out(100, a)
	s.out(20.5, b)
	s.in(130, in)
	s.face(ledger.Face{Area: 40, Use: use, Before: ledger.State{Construction: true}, After: ledger.State{CroplandNet: 38}})
	s.face(ledger.Face{Area: 7, Use: use, Before: ledger.State{CroplandNet: 6}, After: ledger.State{Construction: true}})
	r := s.check(t, book(t, "mandatory", keptRule))
	want := []result.SubProjectRow{
		{Code: "Z10", Changes: 1, Years: []int{2025}, Flow: result.Flow{PBFIn: 130}},
		{Code: "Z2", Changes: 2, Years: []int{2025, 2026}, Flow: result.Flow{PBFOut: 100, CroplandGained: 38, CroplandLost: 6, ConstructionGained: 7, ConstructionLost: 40}},
		{Changes: 1, Years: []int{2025}, Flow: result.Flow{PBFOut: 20.5}},
	}
	if !reflect.DeepEqual(r.SubProjects, want) {
		t.Errorf("got %+v\nwant %+v", r.SubProjects, want)
	}
	var years, parts result.Flow
	add := func(to *result.Flow, f result.Flow) {
		to.PBFOut, to.PBFIn = to.PBFOut+f.PBFOut, to.PBFIn+f.PBFIn
		to.CroplandGained, to.CroplandLost = to.CroplandGained+f.CroplandGained, to.CroplandLost+f.CroplandLost
		to.ConstructionGained, to.ConstructionLost = to.ConstructionGained+f.ConstructionGained, to.ConstructionLost+f.ConstructionLost
	}
	for _, y := range r.Years {
		add(&years, y.Flow)
	}
	for _, p := range r.SubProjects {
		add(&parts, p.Flow)
	}
	if years != parts {
		t.Errorf("by year %+v, by sub-project %+v", years, parts)
	}
}
