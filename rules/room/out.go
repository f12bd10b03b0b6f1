package room

import (
	"cmp"
	"fmt"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/wording"
)

// out makes a candidate of PBF with its reasons, in the order of their kinds.
func (s *survey) out(l *ledger.Ledger, p piece) Candidate {
	c := s.candidate(l, p, func(f *ledger.Face) float64 { return f.Before.PBFNet })
	if s.scattered(p.change) {
		patch := s.patch[p.change]
		c.Patch = Patch{Number: patch + 1, Area: geo.RoundArea(s.sizes[patch])}
		c.Reasons = append(c.Reasons, scatteredIn(c.Patch, p.area))
	}
	add := func(kind Kind, holds func(*ledger.State) bool, r Reason) {
		if r.Area = s.within(l, p, holds); r.Area > 0 {
			r.Kind = kind
			c.Reasons = append(c.Reasons, r)
		}
	}
	steepest := 0
	steep := func(b *ledger.State) bool {
		if b.Slope < steepFrom {
			return false
		}
		steepest = max(steepest, b.Slope)
		return true
	}
	if area := s.within(l, p, steep); area > 0 {
		c.Reasons = append(c.Reasons, Reason{Kind: Steep, Area: area, Value: float64(steepest), Unit: "slope_class", Limit: steepFrom,
			Text: geo.Textf("坡度级别 %[1]d（大于 15°）", "slope class %[1]d (over 15°)", steepest)})
	}
	add(RiverBed, riverBed, s.inBed(l, p, &c))
	add(Window, func(b *ledger.State) bool { return b.RedLineWindow },
		Reason{Text: geo.Text{ZH: "位于生态保护红线的天窗内", EN: "in a window of the red line"}})
	c.Unchecked = s.unchecked(&c, RedLine, UrbanBoundary, WaterManagement, Slope, Refinement)
	return c
}

func scatteredIn(patch Patch, area float64) Reason {
	mu, step := patch.Area/wording.Mu, 0.0
	for _, step = range patchSteps() {
		if mu <= step {
			break
		}
	}
	return Reason{Kind: Scattered, Area: area, Value: mu, Unit: "mu", Limit: step,
		Text: geo.Textf("零散：所在连片 %.2[1]f 亩，不超过 %[2]s 亩", "scattered: its patch has %.2[1]f mu, %[2]s at most", mu, wording.Number(step))}
}

// inBed says what makes a river bed of a piece.
func (s *survey) inBed(l *ledger.Ledger, p piece, c *Candidate) Reason {
	var r Reason
	if inRiverBed(c.Refinement) {
		r.Refs = append(r.Refs, c.Refinement)
	}
	switch water := s.within(l, p, func(b *ledger.State) bool { return b.WaterManagement }); {
	case len(r.Refs) > 0 && water > 0:
		r.Text = geo.Textf("河道湖泊内：细化代码 %[1]s，且有 %[2]s 在河湖管理范围内", "in a river or lake bed: refinement code %[1]s, and %[2]s in the water management area", c.Refinement, wording.Area(water))
	case len(r.Refs) > 0:
		r.Text = geo.Textf("河道湖泊内：细化代码 %[1]s", "in a river or lake bed: refinement code %[1]s", c.Refinement)
	default:
		r.Text = geo.Textf("有 %[1]s 在河湖管理范围内", "%[1]s in the water management area", wording.Area(water))
	}
	return r
}

// compareOut orders land out: by the first of its reasons, the smallest step of
// patches first, then those with more reasons, the worse grade, the smaller patch
// and the smaller area.
func compareOut(a, b *Candidate) int {
	return cmp.Or(
		cmp.Compare(outClass(a), outClass(b)),
		-cmp.Compare(len(a.Reasons), len(b.Reasons)),
		-cmp.Compare(a.Grade, b.Grade),
		cmp.Compare(a.Patch.Area, b.Patch.Area),
		cmp.Compare(a.Patch.Number, b.Patch.Number),
		cmp.Compare(a.Area, b.Area),
		compareParcels(a, b))
}

// outClass is the place of the first reason among the kinds.
func outClass(c *Candidate) string {
	r := c.Reasons[0]
	place := map[Kind]int{Scattered: 1, Steep: 2, RiverBed: 3, Window: 4}[r.Kind]
	if r.Kind == Scattered {
		return fmt.Sprintf("%d %03.0f", place, r.Limit)
	}
	return fmt.Sprint(place)
}

func compareParcels(a, b *Candidate) int {
	return cmp.Or(cmp.Compare(a.Township, b.Township), cmp.Compare(a.Parcel.File, b.Parcel.File), cmp.Compare(a.Parcel.Record, b.Parcel.Record))
}
