package tile

import (
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// TestTouching: figures that touch themselves in points come out valid, as
// many polygons and rings as they are.
func TestTouching(t *testing.T) {
	square := func(x, y, w int32) []point { return []point{{x, y}, {x + w, y}, {x + w, y + w}, {x, y + w}} }
	hole := func(r []point) []point { reverse(r); return r }
	diamond := func(x, y, w int32) []point { return []point{{x - w, y}, {x, y - w}, {x + w, y}, {x, y + w}} }
	for name, c := range map[string]struct {
		rings    [][]point
		polygons int
		holes    int
		area     float64
	}{
		"corner to corner":              {[][]point{square(0, 0, 8), square(8, 8, 8)}, 2, 0, 128},
		"side by side":                  {[][]point{square(0, 0, 8), square(8, 0, 8)}, 1, 0, 128},
		"a hole touches once":           {[][]point{square(0, 0, 16), hole(diamond(4, 8, 4))}, 1, 1, 256 - 32},
		"a hole touches twice":          {[][]point{square(0, 0, 16), hole(diamond(8, 8, 8))}, 4, 0, 128},
		"holes touch each other":        {[][]point{square(0, 0, 32), hole(diamond(8, 16, 4)), hole(diamond(16, 16, 4))}, 1, 2, 1024 - 64},
		"an island touches its hole":    {[][]point{square(0, 0, 32), hole(square(8, 8, 16)), diamond(16, 16, 8)}, 2, 1, 1024 - 256 + 128},
		"a ring of squares":             {[][]point{square(0, 0, 8), square(8, 8, 8), square(0, 16, 8), square(-8, 8, 8)}, 4, 0, 256},
		"a ring of joined squares":      {[][]point{square(0, 0, 8), square(8, 0, 8), square(16, 0, 8), square(16, 8, 8), square(16, 16, 8), square(8, 16, 8), square(0, 16, 8), square(0, 8, 8)}, 1, 1, 512},
		"the same twice":                {[][]point{square(0, 0, 8), square(0, 0, 8)}, 1, 0, 64},
		"one in another":                {[][]point{square(0, 0, 16), square(4, 4, 4)}, 1, 0, 256},
		"across each other":             {[][]point{{{0, 4}, {12, 4}, {12, 8}, {0, 8}}, {{4, 0}, {8, 0}, {8, 12}, {4, 12}}}, 1, 0, 80},
		"a bridge along a side":         {[][]point{{{0, 0}, {4, 0}, {4, 8}, {8, 8}, {8, 0}, {12, 0}, {12, 8}, {12, 8}, {0, 8}}}, 2, 0, 64},
		"what turns about and vanishes": {[][]point{{{0, 0}, {8, 0}, {0, 0}}}, 0, 0, 0},
	} {
		a := arranger{}
		work := maxWork
		shape, ok := a.polygons(c.rings, &work)
		if !ok {
			t.Fatalf("%s: given up", name)
		}
		var mp orb.MultiPolygon
		holes := 0
		for _, p := range shape {
			var q orb.Polygon
			for _, r := range p {
				var ring orb.Ring
				for _, v := range append(r, r[0]) {
					ring = append(ring, orb.Point{float64(v.X), float64(v.Y)})
				}
				q = append(q, ring)
			}
			mp, holes = append(mp, q), holes+len(p)-1
		}
		if issue, bad := geo.NewKernel().Validate(mp); bad && len(mp) > 0 {
			t.Errorf("%s: %s at %v: %v", name, issue.Reason.EN, issue.Location, mp)
		}
		if area := areaOf(shape); len(shape) != c.polygons || holes != c.holes || area != c.area {
			t.Errorf("%s: %d polygons with %d holes, %v units²: %v", name, len(shape), holes, area, mp)
		}
	}
}
