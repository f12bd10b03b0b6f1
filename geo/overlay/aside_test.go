package overlay

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// TestSetAside: the cells of an input are the same where edges that do not cut
// it are set aside, but for a grid step where one that does is no longer bent
// outside.
func TestSetAside(t *testing.T) {
	aside := 0
	rapid.Check(t, func(t *rapid.T) {
		var shapes []*Shape
		draw := rapid.SampledFrom([]func(*rapid.T) []orb.MultiPolygon{drawShapes, randomScribble}).Draw(t, "draw")
		for _, s := range draw(t) {
			shapes = append(shapes, Prepare(s))
		}
		keep := func(c []int32) bool { return c[0] == 0 }
		var ar Arranger
		want, err := ar.CellsWithin(context.Background(), shapes, keep)
		if err != nil {
			t.Fatal(err)
		}
		ar.aside = 1
		got, err := ar.CellsWithin(context.Background(), shapes, keep)
		if err != nil {
			t.Fatal(err)
		}
		aside += len(ar.far)
		sum := func(cells []Cell) map[string]float64 {
			areas := map[string]float64{}
			for _, c := range cells {
				areas[key(c.Cover)+"/"+key(c.SelfOverlapping)] += planar.Area(c.Polygon)
			}
			return areas
		}
		a, b := sum(got), sum(want)
		for k := range b {
			a[k] += 0
		}
		for k := range a {
			if math.Abs(a[k]-b[k]) > 1e-5 {
				t.Fatalf("%s: %v, with all edges %v", k, a[k], b[k])
			}
		}
	})
	if aside == 0 {
		t.Error("nothing was set aside")
	}
}

// TestSetAsideAtNoAngle: an edge that leaves a corner of the input a tenth of a
// millimetre off its own is on the right side of it, also where a cut close to the
// corner bends the input's edge across it.
func TestSetAsideAtNoAngle(t *testing.T) {
	triangle := func(off float64) *Shape {
		return Prepare(orb.MultiPolygon{{{{0, 0}, {30, -10 - off}, {30, 20}, {0, 0}}}})
	}
	for i := range 400 {
		x := 0.0007 * float64(i+1)
		cut := Prepare(orb.MultiPolygon{{{{x, -1}, {x + 0.0013, -1}, {x + 0.0031, 1}, {x, 1}, {x, -1}}}})
		shapes := []*Shape{triangle(0), triangle(0.0001), cut}
		var ar Arranger
		ar.aside = 1
		cells, err := ar.CellsWithin(t.Context(), shapes, func(c []int32) bool { return c[0] == 0 })
		if err != nil {
			t.Fatal(err)
		}
		both := 0.0
		for _, c := range cells {
			if len(c.Cover) > 1 && c.Cover[1] == 1 {
				both += planar.Area(c.Polygon)
			}
		}
		if math.Abs(both-450) > 0.01 {
			t.Fatalf("cut at %v: %v m² under both, want 450", x, both)
		}
	}
}
