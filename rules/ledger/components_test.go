package ledger

import (
	"context"
	"math"
	"slices"
	"testing"

	"landcheck/geo/overlay"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// boxes makes shapes of planar area.
func boxes(list ...[4]float64) []Shape {
	var out []Shape
	for _, b := range list {
		out = append(out, Shape{rect(b[0], b[1], b[2], b[3])[0], (b[2] - b[0]) * (b[3] - b[1])})
	}
	return out
}

func all(n int) []int {
	var out []int
	for i := range n {
		out = append(out, i)
	}
	return out
}

func TestPieces(t *testing.T) {
	limits := SliverLimits{Area: 1, Width: 0.05}
	for _, c := range []struct {
		name    string
		shapes  []Shape
		slivers []int
		pieces  int
	}{
		{"small ones apart", boxes([4]float64{0, 0, 0.9, 0.9}, [4]float64{5, 0, 5.9, 0.9}), []int{0, 1}, 2},
		{"small ones that touch", boxes([4]float64{0, 0, 0.9, 0.9}, [4]float64{0.9, 0, 1.8, 0.9}), nil, 0},
		{"within a millimetre", boxes([4]float64{0, 0, 0.9, 0.9}, [4]float64{0.9009, 0, 1.8, 0.9}), nil, 0},
		{"two millimetres apart", boxes([4]float64{0, 0, 0.9, 0.9}, [4]float64{0.902, 0, 1.8, 0.9}), []int{0, 1}, 2},
		{"corner to corner", boxes([4]float64{0, 0, 0.9, 0.9}, [4]float64{0.9, 0.9, 1.8, 1.8}), nil, 0},
		{"strips that lie side by side", boxes([4]float64{0, 0, 100, 0.03}, [4]float64{0, 0.03, 100, 0.06}), nil, 0},
		{"strips end to end", boxes([4]float64{0, 0, 100, 0.04}, [4]float64{100, 0, 200, 0.04}), []int{0, 1}, 1},
		{"a strip along a field", boxes([4]float64{0, 0, 100, 100}, [4]float64{0, 100, 100, 100.01}), nil, 0},
		{"thick and thin ends of one strip", boxes([4]float64{0, 0, 20, 0.06}, [4]float64{20, 0, 100, 0.03}), []int{0, 1}, 1},
		{"stacked strips of half a millimetre", boxes([4]float64{0, 0, 3000, 0.0005}, [4]float64{0, 0.0005, 3000, 0.001}), []int{0, 1}, 1},
		{"a field alone", boxes([4]float64{0, 0, 100, 100}), nil, 0},
	} {
		slivers, pieces := NewComponents(t.Context().Err, c.shapes, limits).Slivers(all(len(c.shapes)))
		if !slices.Equal(slivers, c.slivers) || pieces != c.pieces {
			t.Errorf("%s: %v in %d pieces", c.name, slivers, pieces)
		}
	}
	// Only what is asked about is joined.
	if slivers, _ := NewComponents(t.Context().Err, boxes([4]float64{0, 0, 0.9, 0.9}, [4]float64{0.9, 0, 1.8, 0.9}), limits).Slivers([]int{1}); !slices.Equal(slivers, []int{1}) {
		t.Errorf("one of two: %v", slivers)
	}
}

// TestPiecesAgainstUnion holds slivers against the union of what touches, made
// by the overlay, and 2A/P of that union: no early end, no shared borders.
func TestPiecesAgainstUnion(t *testing.T) {
	limits := SliverLimits{Area: 1, Width: 0.05}
	rapid.Check(t, func(t *rapid.T) {
		// A tiling of thin columns and rows, of which some cells are there.
		cuts := func(name string) []float64 {
			at := []float64{0}
			for range rapid.IntRange(2, 6).Draw(t, name) {
				step := rapid.SampledFrom([]float64{0.002, 0.01, 0.04, 0.06, 0.5, 0.9, 3, 40}).Draw(t, "step")
				at = append(at, math.Round((at[len(at)-1]+step)*1e4)/1e4)
			}
			return at
		}
		xs, ys := cuts("columns"), cuts("rows")
		var list [][4]float64
		for i := 1; i < len(xs); i++ {
			for j := 1; j < len(ys); j++ {
				if rapid.Bool().Draw(t, "there") {
					list = append(list, [4]float64{xs[i-1], ys[j-1], xs[i], ys[j]})
				}
			}
		}
		shapes := boxes(list...)
		got, _ := NewComponents(t.Context().Err, shapes, limits).Slivers(all(len(shapes)))
		var indexed []*indexedShape
		for _, s := range shapes {
			indexed = append(indexed, indexShape(orb.MultiPolygon{s.Polygon}))
		}
		numbers := join(nil, indexed, 0, nil)
		var want []int
		for n := range len(shapes) {
			var cells []orb.Polygon
			var members []int
			area := 0.0
			for i := range shapes {
				if numbers[i] == n {
					members, cells, area = append(members, i), append(cells, shapes[i].Polygon), area+shapes[i].Area
				}
			}
			if len(cells) == 0 {
				continue
			}
			outline := 0.0
			union, err := overlay.Dissolve(context.Background(), cells)
			if err != nil {
				t.Fatal(err)
			}
			for _, polygon := range union {
				outline += perimeter(orb.MultiPolygon{polygon})
			}
			width := 2 * area / outline
			if math.Abs(width-limits.Width) < 1e-6 || math.Abs(area-limits.Area) < 1e-9 {
				t.Skip("on the limit")
			}
			if area < limits.Area || width < limits.Width {
				want = append(want, members...)
			}
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("slivers %v, by union %v of %v", got, want, list)
		}
	})
}
