package overlay

import (
	"math"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// TestCellsAgainstGEOS holds every pairwise overlap, and the union, against
// GEOS, pair by pair.
func TestCellsAgainstGEOS(t *testing.T) {
	k := geo.NewKernel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "n")
		var shapes []orb.MultiPolygon
		var prepared []*Shape
		b := orb.Bound{Min: orb.Point{-50, -50}, Max: orb.Point{120, 120}}
		for range n {
			s := Rounded(star(t, "s"))
			if _, flawed := k.Validate(s); flawed {
				s = mustRepair(t, k, s)
			}
			shapes = append(shapes, s)
			prepared = append(prepared, Prepare(s))
		}
		var ar Arranger
		cells, err := ar.Cells(t.Context(), b, prepared, func([]int32) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		total := 0.0
		pairs := map[[2]int32]float64{}
		for _, c := range cells {
			a := planar.Area(c.Polygon)
			total += a
			for i, x := range c.Cover {
				for _, y := range c.Cover[i:] {
					pairs[[2]int32{x, y}] += a
				}
			}
		}
		union, err := k.Union(shapes, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "union", total, planar.Area(union))
		for i := range shapes {
			near(t, "self", pairs[[2]int32{int32(i), int32(i)}], planar.Area(shapes[i]))
			for j := i + 1; j < n; j++ {
				x, err := k.Intersection(shapes[i], shapes[j], 0)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "pair", pairs[[2]int32{int32(i), int32(j)}], planar.Area(x))
			}
		}
		var polygons []orb.Polygon
		for _, c := range cells {
			polygons = append(polygons, c.Polygon)
			if invalidity, flawed := k.Validate(orb.MultiPolygon{c.Polygon}); flawed && planar.Area(c.Polygon) > 1e-6 {
				t.Fatalf("cell is not valid: %v %v", invalidity, c.Polygon)
			}
		}
		near(t, "dissolved", planar.Area(dissolved(t, polygons)), total)
	})
}

func mustRepair(t *rapid.T, k *geo.Kernel, s orb.MultiPolygon) orb.MultiPolygon {
	r, err := k.Repair(s)
	if err != nil {
		t.Fatal(err)
	}
	return Rounded(r)
}

// near allows what snapping nodes to 1.6 µm moves: far below 0.01 m².
func near(t *rapid.T, what string, got, want float64) {
	if math.Abs(got-want) > 1e-3+1e-9*want {
		t.Fatalf("%s: %.6f, want %.6f (off by %g)", what, got, want, got-want)
	}
}
