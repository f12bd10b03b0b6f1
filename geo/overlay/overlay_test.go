package overlay

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func square(x, y, size float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}}}
}

func cellsOf(t testing.TB, shapes ...orb.MultiPolygon) []Cell {
	t.Helper()
	var prepared []*Shape
	b := shapes[0].Bound()
	for _, s := range shapes {
		prepared = append(prepared, Prepare(s))
		b = b.Union(s.Bound())
	}
	var ar Arranger
	cells, err := ar.Cells(t.Context(), b, prepared, func([]int32) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

func TestTwoSquares(t *testing.T) {
	cells := cellsOf(t, square(0, 0, 10), square(5, 5, 10))
	want := map[string]float64{"[0]": 75, "[0 1]": 25, "[1]": 75}
	if len(cells) != 3 {
		t.Fatalf("%d cells, want 3", len(cells))
	}
	for _, c := range cells {
		if got := planar.Area(c.Polygon); got != want[key(c.Cover)] {
			t.Errorf("cover %v: area %v, want %v", c.Cover, got, want[key(c.Cover)])
		}
	}
}

func TestHoleIslandAndTouchingPocket(t *testing.T) {
	ring := orb.MultiPolygon{{square(0, 0, 30)[0][0], square(5, 5, 20)[0][0]}}
	island := square(10, 10, 5)
	cells := cellsOf(t, ring, island)
	if len(cells) != 2 {
		t.Fatalf("%d cells, want the ring and the island: %v", len(cells), cells)
	}
	if a := planar.Area(cells[0].Polygon); a != 500 {
		t.Errorf("ring %v, want 500", a)
	}
	// A hole that touches the outline in one point stays a hole.
	pocket := orb.MultiPolygon{{
		{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},
		{{0, 0}, {4, 2}, {2, 4}, {0, 0}},
	}}
	cells = cellsOf(t, pocket)
	if len(cells) != 1 || len(cells[0].Polygon) != 2 || planar.Area(cells[0].Polygon) != 94 {
		t.Errorf("pocket: %v", cells)
	}
}

func TestSelfOverlappingInputIsNamed(t *testing.T) {
	bowTie := orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}
	cells := cellsOf(t, bowTie)
	selfOverlapping, area := 0, 0.0
	for _, c := range cells {
		selfOverlapping += len(c.SelfOverlapping)
		area += planar.Area(c.Polygon)
	}
	if len(cells) != 2 || selfOverlapping != 1 || area != 50 {
		t.Errorf("%d cells, %d twisted, area %v; want both lobes, one of them reversed", len(cells), selfOverlapping, area)
	}
}

func key(cover []int32) string {
	s := "["
	for i, c := range cover {
		if i > 0 {
			s += " "
		}
		s += string(rune('0' + c))
	}
	return s + "]"
}

// star draws a simple polygon round a centre, at times with a hole and at
// times with vertices shared with a coarse lattice so that edges coincide.
func star(t *rapid.T, name string) orb.MultiPolygon {
	cx, cy := rapid.Float64Range(0, 60).Draw(t, name+"x"), rapid.Float64Range(0, 60).Draw(t, name+"y")
	n := rapid.IntRange(3, 40).Draw(t, name+"n")
	lattice := rapid.SampledFrom([]float64{0, 0, 1, 5}).Draw(t, name+"lattice")
	outer := make(orb.Ring, 0, n+1)
	hole := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		r := rapid.Float64Range(5, 40).Draw(t, name+"r")
		p := orb.Point{cx + r*math.Cos(a), cy + r*math.Sin(a)}
		if lattice > 0 {
			p = orb.Point{math.Round(p[0]/lattice) * lattice, math.Round(p[1]/lattice) * lattice}
		}
		outer = append(outer, p)
		hole = append(hole, orb.Point{cx + r/3*math.Cos(a), cy + r/3*math.Sin(a)})
	}
	outer, hole = append(outer, outer[0]), append(hole, hole[0])
	if lattice == 0 && rapid.Bool().Draw(t, name+"hole") {
		return orb.MultiPolygon{{outer, hole}}
	}
	return orb.MultiPolygon{{outer}}
}

// TestWindow: what a window shows does not depend on what lies outside it.
func TestWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		target := Rounded(square(20, 20, 15))
		shapes := []*Shape{Prepare(target)}
		n := rapid.IntRange(1, 5).Draw(t, "n")
		for range n {
			shapes = append(shapes, Prepare(star(t, "s")))
		}
		keep := func(cover []int32) bool { return cover[0] == 0 }
		var ar Arranger
		small, err := ar.Cells(t.Context(), target.Bound(), shapes, keep)
		if err != nil {
			t.Fatal(err)
		}
		large, err := ar.Cells(t.Context(), orb.Bound{Min: orb.Point{-500, -500}, Max: orb.Point{500, 500}}, shapes, keep)
		if err != nil {
			t.Fatal(err)
		}
		sum := func(cells []Cell) map[string]float64 {
			m := map[string]float64{}
			for _, c := range cells {
				m[key(c.Cover)] += planar.Area(c.Polygon)
			}
			return m
		}
		a, b := sum(small), sum(large)
		for k := range b {
			if math.Abs(a[k]-b[k]) > 1e-3 {
				t.Fatalf("cover %s: %v in the small window, %v in the large one", k, a[k], b[k])
			}
		}
		if len(a) != len(b) {
			t.Fatalf("%v against %v", a, b)
		}
	})
}

// TestOrderDoesNotMatter: the same shapes in another order give the same cells.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var shapes []*Shape
		for range 4 {
			shapes = append(shapes, Prepare(star(t, "s")))
		}
		b := orb.Bound{Min: orb.Point{-50, -50}, Max: orb.Point{120, 120}}
		var ar Arranger
		all := func([]int32) bool { return true }
		first, err := ar.Cells(t.Context(), b, shapes, all)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(shapes)
		second, err := ar.Cells(t.Context(), b, shapes, all)
		if err != nil {
			t.Fatal(err)
		}
		if len(first) != len(second) {
			t.Fatalf("%d cells, then %d", len(first), len(second))
		}
		for i := range first {
			if !first[i].Polygon.Equal(second[i].Polygon) {
				t.Fatalf("cell %d: %v, then %v", i, first[i].Polygon, second[i].Polygon)
			}
		}
	})
}
