package plan

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// TestSpread: the places lie in the area, and as many of them in a part of it
// as the part's share, which package planar measures.
func TestSpread(t *testing.T) {
	const n = 1000
	rapid.Check(t, func(t *rapid.T) {
		var shapes []orb.MultiPolygon
		whole, west := 0.0, 0.0
		for k := range rapid.IntRange(1, 4).Draw(t, "parts") { // side by side: what shapes share counts twice
			x := float64(k) * 1000
			w, h := rapid.Float64Range(50, 900).Draw(t, "width"), rapid.Float64Range(200, 900).Draw(t, "height")
			y, slant := rapid.Float64Range(0, 200).Draw(t, "y"), rapid.Float64Range(-50, 50).Draw(t, "slant")
			polygon := orb.Polygon{{{x, y}, {x + w, y + slant}, {x + w, y + h}, {x, y + h}, {x, y}}}
			if rapid.Bool().Draw(t, "hole") {
				polygon = append(polygon, orb.Ring{{x + w/4, y + h/3}, {x + w/4, y + 2*h/3}, {x + w/2, y + 2*h/3}, {x + w/2, y + h/3}, {x + w/4, y + h/3}})
			}
			shapes = append(shapes, orb.MultiPolygon{polygon})
			area := math.Abs(planar.Area(polygon))
			if whole += area; k == 0 {
				west = area
			}
		}
		in := 0
		places := spread(shapes, n)
		for _, p := range places {
			inside := false
			for _, s := range shapes {
				inside = inside || planar.MultiPolygonContains(s, p)
			}
			if !inside {
				t.Fatalf("%v lies outside", p)
			}
			if p[0] < 950 {
				in++
			}
		}
		if share := float64(in) / n; len(places) != n || math.Abs(share-west/whole) > 0.05 {
			t.Fatalf("%d places, %.3f of them in %.3f of the area", len(places), share, west/whole)
		}
	})
	if got := spread(nil, n); got != nil {
		t.Errorf("nothing has %d places", len(got))
	}
	flat := orb.MultiPolygon{{{{0, 0}, {5, 0}, {0, 0}}}}
	if got := spread([]orb.MultiPolygon{flat}, n); got != nil {
		t.Errorf("a line has %d places", len(got))
	}
}
