package ledger

import (
	"context"
	"math"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/plan"

	orbplanar "github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// TestOfLayer: what rectangles of a layer claim twice is what squares of 100 m,
// counted one by one, have two of them; of several the first keeps it. The same
// for a layer of base data.
func TestOfLayer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const size, side = 8, 100.0
		role := rapid.SampledFrom([]domain.Role{domain.LandUseChange, domain.LandUse, domain.ProjectArea}).Draw(t, "role")
		p := &plan.Plan{CRS: zone37, Layers: []plan.LayerInfo{{Role: role}}}
		type block struct{ x0, y0, x1, y1 int }
		var blocks []block
		for i := range rapid.IntRange(1, 9).Draw(t, "features") {
			x, y := rapid.IntRange(0, size-1).Draw(t, "x"), rapid.IntRange(0, size-1).Draw(t, "y")
			b := block{x, y, rapid.IntRange(x+1, size).Draw(t, "to x"), rapid.IntRange(y+1, size).Draw(t, "to y")}
			blocks = append(blocks, b)
			p.Changes = append(p.Changes, changeAt(role, i+1, rect(side*float64(b.x0), side*float64(b.y0), side*float64(b.x1), side*float64(b.y1)), ""))
		}
		want := map[[2]int]int{} // squares that the first of a pair keeps, the second loses
		for x := range size {
			for y := range size {
				first := 0
				for i, b := range blocks {
					switch {
					case x < b.x0 || x >= b.x1 || y < b.y0 || y >= b.y1:
					case first == 0:
						first = i + 1
					default:
						want[[2]int{first, i + 1}]++
					}
				}
			}
		}
		l, err := OfLayer(context.Background(), p, Options{Sliver: SliverLimits{Area: 1, Width: 0.1}, Jobs: 2})
		if err != nil {
			t.Fatal(err)
		}
		if l.Alone != role || len(l.Faces) != 0 || len(l.Overlaps) != len(want) {
			t.Fatalf("%s, %d faces, %d overlaps of %d", l.Alone, len(l.Faces), len(l.Overlaps), len(want))
		}
		for _, o := range l.Overlaps {
			n := float64(want[[2]int{o.Keeps.Record, o.Loses.Record}])
			if got := orbplanar.Area(o.Geometry); math.Abs(got-n*side*side) > 1e-3 || math.Abs(o.Area-n*hectare) > 1e-3*n*hectare {
				t.Fatalf("%d and %d: %v and %v m², not %v squares", o.Keeps.Record, o.Loses.Record, got, o.Area, n)
			}
		}
		for i, m := range l.Features {
			b := blocks[i]
			if n := float64((b.x1 - b.x0) * (b.y1 - b.y0)); math.Abs(m.Ellipsoid-n*hectare) > 1e-3*n*hectare {
				t.Fatalf("feature %d has %v m²", i+1, m.Ellipsoid)
			}
		}
	})
}
