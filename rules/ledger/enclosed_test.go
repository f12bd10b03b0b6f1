package ledger

import (
	"context"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestEnclosedAgainstGEOS holds the faces that the urban boundary encloses, and
// those in windows of the red line, against the outer rings of the union that
// GEOS makes: of features that close a ring only together and whose boxes are
// nowhere near the change, drawn with holes, with islands in them, with a cut
// that leads into the hole.
func TestEnclosedAgainstGEOS(t *testing.T) {
	k := geo.NewKernel()
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string, most int) float64 { return float64(rapid.IntRange(0, most).Draw(t, name)) * 10 }
		var shapes []orb.MultiPolygon
		if rapid.Bool().Draw(t, "frame") { // of four bars, far round the changes
			x0, y0, x1, y1 := -at("x0", 20), -at("y0", 20), 400+at("x1", 20), 400+at("y1", 20)
			gap := 0.0
			if rapid.IntRange(0, 3).Draw(t, "open") == 0 {
				gap = 10
			}
			shapes = append(shapes, rect(x0, y0, x1-gap, y0+10), rect(x0, y1-10, x1, y1), rect(x0, y0+10, x0+10, y1-10), rect(x1-10, y0+10, x1, y1-10))
		}
		for range rapid.IntRange(0, 6).Draw(t, "bars") {
			x, y := at("x", 40), at("y", 40)
			shapes = append(shapes, rect(x, y, x+10+at("w", 30), y+10+at("h", 30)))
		}
		if rapid.Bool().Draw(t, "drawn") {
			hole := rect(80, 80, 220, 260)[0][0]
			outer := rect(30, 30, 300, 320)
			if rapid.Bool().Draw(t, "cut") { // one ring, led in and back
				o := outer[0][0]
				ring := orb.Ring{o[0], o[1], o[2], o[3], o[0], hole[0], hole[3], hole[2], hole[1], hole[0], o[0]}
				outer = orb.MultiPolygon{{ring}}
			} else {
				outer[0] = append(outer[0], hole)
			}
			shapes = append(shapes, outer)
		}
		if len(shapes) == 0 {
			return
		}
		base := memoryBase{}
		for i, mp := range shapes {
			base[domain.UrbanBoundary] = append(base[domain.UrbanBoundary], parcelAt(domain.UrbanBoundary, i+1, mp, "", ""))
			base[domain.RedLine] = append(base[domain.RedLine], parcelAt(domain.RedLine, i+1, mp, "", ""))
		}
		p := &plan.Plan{CRS: zone37, Project: []plan.Feature{{Geometry: rect(0, 0, 400, 400)}}}
		var changed []orb.MultiPolygon
		for i := range rapid.IntRange(1, 3).Draw(t, "changes") {
			x, y := rapid.Float64Range(0, 380).Draw(t, "cx"), at("cy", 38)
			mp := rect(x, y, x+5+at("cw", 20), y+5+at("ch", 20))
			p.Changes = append(p.Changes, changeAt(domain.PBFOut, i+1, mp, ""))
			changed = append(changed, mp)
		}
		l, err := Build(context.Background(), p, base, Options{Sliver: SliverLimits{1, 0.05}, Jobs: 2})
		if err != nil {
			t.Fatal(err)
		}
		area := func(a, b orb.MultiPolygon, op func(a, b orb.MultiPolygon, grid float64) (orb.MultiPolygon, error)) float64 {
			got, err := op(a, b, 0)
			if err != nil {
				t.Fatal(err)
			}
			return s.MultiPolygon(got)
		}
		union := func(all []orb.MultiPolygon) orb.MultiPolygon {
			for i := range all {
				fix(t, k, &all[i])
			}
			u, err := k.Union(all, 0)
			if err != nil {
				t.Fatal(err)
			}
			return u
		}
		land, layer := union(changed), union(shapes)
		var outlines []orb.MultiPolygon
		for _, part := range layer {
			outlines = append(outlines, orb.MultiPolygon{{part[0]}})
		}
		filled := union(outlines)
		urban, enclosed, window := 0.0, 0.0, 0.0
		for _, f := range l.Faces {
			if f.Before.Urban {
				urban += f.Area
			}
			if f.Before.UrbanEnclosed {
				enclosed += f.Area
			}
			if f.Before.RedLineWindow {
				window += f.Area
			}
			if f.After.UrbanEnclosed != f.Before.UrbanEnclosed || f.Before.RedLineWindow && f.Before.RedLine {
				t.Fatalf("face %d: %+v", f.ID, f.Before)
			}
		}
		agree(t, "urban", urban, area(land, layer, k.Intersection))
		agree(t, "enclosed", enclosed, area(land, filled, k.Intersection))
		agree(t, "in windows", window, area(land, filled, k.Intersection)-area(land, layer, k.Intersection))
	})
}
