package overlay

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestApartAtHub: what is told to share one corner alone with a shape shares no
// land with it, and cuts it no otherwise. Shapes lie to any side of the hub, some
// all round it, some side by side, some in narrow angles.
func TestApartAtHub(t *testing.T) {
	told, near := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var all []orb.MultiPolygon
		for range coneShapes + rapid.IntRange(0, 8).Draw(t, "more") {
			from := rapid.IntRange(-12, 12).Draw(t, "from") // in twelfths of half a turn
			width := rapid.IntRange(1, 14).Draw(t, "width")
			ring := orb.Ring{{0, 0}}
			for k := range 3 {
				a := math.Pi / 12 * (float64(from) + float64(width*k)/2)
				d := 100 * rapid.Float64Range(0.2, 1).Draw(t, "length")
				ring = append(ring, orb.Point{d * math.Cos(a), d * math.Sin(a)})
			}
			all = append(all, orb.MultiPolygon{{append(ring, ring[0])}})
		}
		var shapes []*Shape
		for _, s := range all {
			shapes = append(shapes, Prepare(s))
		}
		corners := CornersOf(shapes)
		var ar Arranger
		own := func(c []int32) bool { return c[0] == 0 }
		alone, err := ar.CellsWithin(t.Context(), shapes[:1], own)
		if err != nil {
			t.Fatal(err)
		}
		for j := 1; j < len(shapes); j++ {
			if !corners.ApartAtHub(0, j) {
				near++
				continue
			}
			told++
			cells, err := ar.CellsWithin(t.Context(), []*Shape{shapes[0], shapes[j]}, own)
			if err != nil {
				t.Fatal(err)
			}
			if len(cells) != len(alone) {
				t.Fatalf("%v beside %v: %d cells, %d alone", all[0], all[j], len(cells), len(alone))
			}
			for _, c := range cells {
				if len(c.Cover) != 1 {
					t.Fatalf("%v and %v: %v lies under both", all[0], all[j], c.Polygon)
				}
			}
		}
	})
	if told == 0 || near == 0 {
		t.Errorf("%d were told to be apart, %d were not", told, near)
	}
}

// TestConesOfMany: of thousands of wedges about a corner nearly none is left to be
// looked at.
func TestConesOfMany(t *testing.T) {
	var shapes []*Shape
	for _, s := range wedges(2000) {
		shapes = append(shapes, Prepare(s))
	}
	corners := CornersOf(shapes)
	for i := range shapes {
		near := 0
		for j := range shapes {
			if !corners.ApartAtHub(i, j) {
				near++
			}
		}
		if near > 3 { // itself and those that share its sides
			t.Fatalf("%d lie by %d", near, i)
		}
	}
}
