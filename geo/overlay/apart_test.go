package overlay

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// wedges meet in a corner.
func wedges(n int) (all []orb.MultiPolygon) {
	at := func(i int) orb.Point {
		a := 2 * math.Pi * float64(i%n) / float64(n)
		return orb.Point{300 * math.Cos(a), 300 * math.Sin(a)}
	}
	for i := range n {
		all = append(all, orb.MultiPolygon{{{{0, 0}, at(i), at(i + 1), {0, 0}}}})
	}
	return all
}

// canals lie side by side, all aslant.
func canals(n int) (all []orb.MultiPolygon) {
	for i := range n {
		d := 2 * float64(i-n/2)
		all = append(all, needle(3000, 1, 0.7, -d*math.Sin(0.7), d*math.Cos(0.7)))
	}
	return all
}

// TestApart: what is told to lie beside a shape shares no land with it, and
// nothing is cut otherwise without it; the three ways of asking agree.
func TestApart(t *testing.T) {
	told := 0
	ctx := t.Context()
	check := func(t rapid.TB, shapes []orb.MultiPolygon) {
		var prepared []*Shape
		for _, s := range shapes {
			prepared = append(prepared, Prepare(s))
		}
		corners := CornersOf(prepared)
		var sep Separator
		sep.Of(prepared[0])
		for i, s := range shapes {
			apart := sep.Apart(prepared[i])
			if sep.Beside(corners, i) != apart || sep.ApartFrom(s) != apart {
				t.Fatalf("%v: apart %v, beside %v, from its polygon %v", s, apart, !apart, sep.ApartFrom(s))
			}
			if !apart {
				continue
			}
			told++
			var ar Arranger
			cells, err := ar.CellsWithin(ctx, []*Shape{prepared[0], prepared[i]}, func(c []int32) bool { return c[0] == 0 })
			if err != nil {
				t.Fatal(err)
			}
			alone, err := ar.CellsWithin(ctx, prepared[:1], func(c []int32) bool { return c[0] == 0 })
			if err != nil || len(alone) != len(cells) {
				t.Fatalf("%d cells with what lies beside, %d without, %v", len(cells), len(alone), err)
			}
			for _, c := range cells {
				if len(c.Cover) != 1 {
					t.Fatalf("%v lies under both", c.Polygon)
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) { check(t, drawShapes(t)) })
	check(t, wedges(8))
	if told == 0 {
		t.Error("nothing was told to lie beside")
	}
}

// TestApartMany: of thousands whose boxes overlap only those near are left.
func TestApartMany(t *testing.T) {
	for name, all := range map[string][]orb.MultiPolygon{"wedges": wedges(2000), "canals": canals(2000)} {
		var shapes []*Shape
		for _, s := range all {
			shapes = append(shapes, Prepare(s))
		}
		corners := CornersOf(shapes)
		for i := 7; i < len(shapes); i += 97 {
			var sep Separator
			sep.Of(shapes[i])
			near := 0
			for k := range shapes {
				if !sep.Beside(corners, k) {
					near++
				}
			}
			if near > 4 { // itself, the two that share its sides, and the one opposite
				t.Errorf("%s: %d lie by %d", name, near, i)
			}
		}
	}
}
