package rings

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// drawRings fills a rectangle with nested, disjoint and touching rings: each
// is split into a grid of cells, some of which become rings that share corners
// with their neighbours or with the ring around them.
func drawRings(t *rapid.T, x, y, w, h float64, depth int, rings *[]orb.Ring) {
	if depth == 4 {
		return
	}
	n := rapid.IntRange(1, 3).Draw(t, "cells")
	for i := range n {
		for j := range n {
			if (i+j)%2 == 1 || !rapid.Bool().Draw(t, "filled") {
				continue // diagonal neighbours touch at a corner only
			}
			cw, ch := w/float64(n), h/float64(n)
			cx, cy := x+float64(i)*cw, y+float64(j)*ch
			// A diamond touches the sides of its cell, so also the ring around.
			if rapid.Bool().Draw(t, "diamond") {
				*rings = append(*rings, orb.Ring{{cx + cw/2, cy}, {cx + cw, cy + ch/2}, {cx + cw/2, cy + ch}, {cx, cy + ch/2}, {cx + cw/2, cy}})
				drawRings(t, cx+cw/4, cy+ch/4, cw/2, ch/2, depth+1, rings)
				continue
			}
			*rings = append(*rings, orb.Ring{{cx, cy}, {cx + cw, cy}, {cx + cw, cy + ch}, {cx, cy + ch}, {cx, cy}})
			gap := rapid.SampledFrom([]float64{0.125, 0.25}).Draw(t, "gap")
			drawRings(t, cx+cw*gap, cy+ch*gap, cw*(1-2*gap), ch*(1-2*gap), depth+1, rings)
		}
	}
}

// TestNestAgainstParity holds that whatever the order and orientation of the
// rings, a point is in the polygons exactly if it is in an odd number of rings
// (counted by orb's own test), outer rings run counter-clockwise, holes
// clockwise, and no ring is lost.
func TestNestAgainstParity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rings []orb.Ring
		drawRings(t, 37500000, 4500000, 4096, 4096, 0, &rings)
		if len(rings) == 0 {
			return
		}
		rings = rapid.Permutation(rings).Draw(t, "order")
		given := make([]orb.Ring, len(rings))
		for i := range rings {
			if rapid.Bool().Draw(t, "reversed") {
				slices.Reverse(rings[i])
			}
			given[i] = slices.Clone(rings[i])
		}
		polygons, ok := Nest(rings)
		if !ok {
			t.Fatal("refused")
		}
		count := 0
		for _, polygon := range polygons {
			for k, ring := range polygon {
				count++
				if want := map[bool]orb.Orientation{true: orb.CCW, false: orb.CW}[k == 0]; ring.Orientation() != want {
					t.Errorf("ring %d of a polygon runs %v", k, ring.Orientation())
				}
			}
		}
		if count != len(given) {
			t.Errorf("%d rings of %d", count, len(given))
		}
		for range 50 {
			p := orb.Point{
				37500000 + rapid.Float64Range(0, 4096).Draw(t, "x"),
				4500000 + rapid.Float64Range(0, 4096).Draw(t, "y"),
			}
			in, onLine := false, false
			for _, ring := range given {
				onLine = onLine || planar.DistanceFrom(orb.LineString(ring), p) < 1e-6
				in = in != planar.RingContains(ring, p)
			}
			if got := planar.MultiPolygonContains(polygons, p); !onLine && got != in {
				t.Fatalf("%v: in the polygons %v, by parity %v: %v", p, got, in, given)
			}
		}
	})
}

// TestNestManyHoles takes the ways that only many rings and long rings take:
// the index over boxes and the bands of a ring.
func TestNestManyHoles(t *testing.T) {
	var outer orb.Ring
	for k := range 20000 {
		a := 2 * math.Pi * float64(k) / 20000
		outer = append(outer, orb.Point{1000 * math.Cos(a), 1000 * math.Sin(a)})
	}
	outer = append(outer, outer[0])
	rings := []orb.Ring{}
	holes := 0
	for x := -1000.0; x < 1000; x += 20 {
		for y := -1000.0; y < 1000; y += 20 {
			rings = append(rings, square(x+5, y+5, 10))
			// Inside if all corners are within the circle.
			if math.Hypot(max(math.Abs(x+5), math.Abs(x+15)), max(math.Abs(y+5), math.Abs(y+15))) < 999.9 {
				holes++
			} else if math.Hypot(x+10, y+10) < 1015 {
				rings = rings[:len(rings)-1] // would cross the circle
			}
		}
	}
	outside := len(rings) - holes
	rings = append(rings, outer)
	polygons, ok := Nest(rings)
	if !ok || len(polygons) != outside+1 || len(polygons[outside]) != holes+1 {
		t.Errorf("%v: %d polygons, want %d", ok, len(polygons), outside+1)
	}
}

// TestNestDoubled keeps a doubled ring as two polygons: as outer ring and hole
// the parcel would vanish.
func TestNestDoubled(t *testing.T) {
	polygons, _ := Nest([]orb.Ring{square(0, 0, 1), square(0, 0, 1)})
	if len(polygons) != 2 {
		t.Errorf("got %v", polygons)
	}
}

// TestNestGivesUp refuses rings made to cost a day, combs that all cross, once
// its work is used up; without a bound the test would not end.
func TestNestGivesUp(t *testing.T) {
	if testing.Short() {
		t.Skip("half a billion tests of edges: two seconds, but minutes under the race detector")
	}
	rings := []orb.Ring{}
	for i := range 300 {
		var comb orb.Ring
		for k := range 10000 {
			comb = append(comb, orb.Point{float64(k) + float64(i)/1000, float64(k%2) * 1e6})
		}
		comb = append(comb, orb.Point{10000, -1}, orb.Point{0, -1 - float64(i)}, comb[0])
		if i%2 == 1 {
			slices.Reverse(comb)
		}
		rings = append(rings, comb)
	}
	if _, ok := Nest(rings); ok {
		t.Error("settled: the rings are not as costly as they were made to be")
	}
}

func square(x, y, side float64) orb.Ring {
	return orb.Ring{{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}}
}
