package room

import (
	"cmp"
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"

	"github.com/paulmach/orb"
)

// in makes candidates of cropland with their reasons: what ranks them first.
func (s *survey) in(ctx context.Context, l *ledger.Ledger, pieces []piece) error {
	land := make([]ledger.LandShape, len(pieces))
	for i, p := range pieces {
		land[i] = ledger.LandShape{Geometry: orb.MultiPolygon{p.polygon}, Box: geo.Bound(orb.MultiPolygon{p.polygon})}
	}
	touched, err := ledger.Touched(ctx, land, s.pbfShapes(), s.Jobs)
	if err != nil {
		return err
	}
	for i, p := range pieces {
		c := s.candidate(l, p, func(f *ledger.Face) float64 { return f.Before.CroplandNet })
		c.Reasons = append(s.ranking(&c, p, touched[i]), s.keeping(&c)...)
		c.Unchecked = s.unchecked(&c, RedLine, UrbanBoundary, WaterManagement, Slope, Refinement, PBFReserve, Grade)
		s.room.In = append(s.room.In, c)
	}
	return nil
}

// ranking are the reasons that rank land in.
func (s *survey) ranking(c *Candidate, p piece, touched []int) (list []Reason) {
	if p.reserve {
		list = append(list, Reason{Kind: InReserve, Area: c.Area, Text: geo.Text{ZH: "在永久基本农田储备区内", EN: "in the PBF reserve"}})
	}
	if len(touched) > 0 {
		r := Reason{Kind: TouchesPBF, Area: c.Area, Value: float64(len(touched)), Unit: "parcels",
			Text: geo.Textf("与 %[1]d 个永久基本农田图斑相接", "touches PBF parcels: %[1]d", len(touched))}
		for _, k := range touched {
			r.Refs = append(r.Refs, s.pbf[k].ID)
		}
		list = append(list, r)
	}
	if c.Grade > 0 {
		list = append(list, Reason{Kind: GoodGrade, Area: c.Area, Value: float64(c.Grade), Unit: "grade",
			Text: geo.Textf("质量等别 %[1]d", "quality grade %[1]d", c.Grade)})
	}
	return list
}

// keeping are the reasons that land in has to have, as far as they were checked.
func (s *survey) keeping(c *Candidate) []Reason {
	class, _ := domain.Lookup(c.Class)
	list := []Reason{{Kind: NotPBF, Area: c.Area, Refs: []string{c.Class}, Text: geo.Textf("%[1]s（%[2]s），未划入永久基本农田", "%[3]s (%[2]s), no PBF", class.NameZH, c.Class, class.NameEN)}}
	if c.Slope > 0 && !s.undone[Refinement] {
		list = append(list, Reason{Kind: Stable, Area: c.Area, Value: float64(c.Slope), Unit: "slope_class", Limit: slopeMost,
			Text: geo.Textf("稳定利用：坡度级别 %[1]d，不超过 %[2]d（25°），无不稳定利用标注", "stable: slope class %[1]d, %[2]d (25°) at most, and no code of unstable cropland", c.Slope, slopeMost)})
	}
	if !s.undone[RedLine] {
		list = append(list, Reason{Kind: OutsideRedLine, Area: c.Area, Text: geo.Text{ZH: "在生态保护红线及其天窗之外", EN: "outside the red line and its windows"}})
	}
	if !s.undone[UrbanBoundary] {
		list = append(list, Reason{Kind: OutsideUrban, Area: c.Area, Text: geo.Text{ZH: "在城镇开发边界围合范围之外", EN: "outside what the urban boundary encloses"}})
	}
	return list
}

// compareIn orders land in: the reserve first, then what touches PBF, then by grade,
// by slope, and the larger first.
func compareIn(a, b *Candidate) int {
	return cmp.Or(
		firstWith(a, b, InReserve),
		firstWith(a, b, TouchesPBF),
		cmp.Compare(unknownLast(a.Grade), unknownLast(b.Grade)),
		cmp.Compare(unknownLast(a.Slope), unknownLast(b.Slope)),
		-cmp.Compare(a.Area, b.Area),
		compareParcels(a, b))
}

// firstWith has a candidate with a reason before one without.
func firstWith(a, b *Candidate, kind Kind) int {
	_, first := a.has(kind)
	_, second := b.has(kind)
	switch {
	case first == second:
		return 0
	case first:
		return -1
	}
	return 1
}

func unknownLast(class int) int {
	if class == 0 {
		return 99
	}
	return class
}

// unchecked lists which of the checks a candidate was not held against: for want of
// a layer or column, or of a value of its own.
func (s *survey) unchecked(c *Candidate, checks ...Check) (list []Check) {
	for _, check := range checks {
		if s.undone[check] || check == Slope && c.Slope == 0 || check == Grade && c.Grade == 0 {
			list = append(list, check)
		}
	}
	slices.Sort(list)
	return list
}
