package overlay

import (
	"context"
	"math"
	"reflect"
	"slices"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestNearest holds the quick rounding against the library's.
func TestNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e15, 1e15).Draw(t, "v")
		half := math.Trunc(v) + rapid.SampledFrom([]float64{0.5, -0.5, 0, 0.49999999999999994}).Draw(t, "rest")
		for _, v := range []float64{v, half, math.Nextafter(half, 0), math.Nextafter(half, 1e300), v / 1e12} {
			if got, want := nearest(v), int64(math.Round(v)); got != want {
				t.Fatalf("%v is rounded to %d, not %d", v, got, want)
			}
		}
	})
}

// TestOrientation holds the sign in doubles against the exact one: rings that
// are next to nothing, or nothing, as well.
func TestOrientation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.SampledFrom([]int64{1, 1000, 1 << 40}).Draw(t, "scale")
		var pts []point
		for range rapid.IntRange(3, 12).Draw(t, "n") {
			x := rapid.Int64Range(-1000, 1000).Draw(t, "x") * scale
			pts = append(pts, point{x, x*rapid.SampledFrom([]int64{1, 3}).Draw(t, "slope") + rapid.Int64Range(-1, 1).Draw(t, "off")})
		}
		if got, want := orientation(pts), doubleArea(pts).sign(); got != want {
			t.Fatalf("%v: %d, exactly %d", pts, got, want)
		}
	})
}

// TestPreparer: shapes in memory that is used again are those prepared apart,
// and their boxes hold what they should.
func TestPreparer(t *testing.T) {
	var p Preparer
	rapid.Check(t, func(t *rapid.T) {
		p.Reset()
		var polygons []orb.MultiPolygon
		var shapes []*Shape
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			s := star(t, "s")
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				s = append(s, star(t, "more")...)
			case 1: // 40 edges cut into 50 each: many blocks
				var r orb.Ring
				for i := 1; i < len(s[0][0]); i++ {
					a, b := s[0][0][i-1], s[0][0][i]
					for k := range 50 {
						f := float64(k) / 50
						r = append(r, orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])})
					}
				}
				s = orb.MultiPolygon{{append(r, r[0])}}
			case 2:
				s = append(s, orb.Polygon{{{1, 1}, {1, 1.00001}, {1, 1}}}) // vanishes
			}
			polygons, shapes = append(polygons, s), append(shapes, p.Prepare(s, geo.Bound(s)))
		}
		for i, s := range shapes {
			alone := Prepare(polygons[i])
			if s.bound != alone.bound || len(s.rings) != len(alone.rings) {
				t.Fatalf("%v and %v", s, alone)
			}
			for k, r := range s.rings {
				a := alone.rings[k]
				if !slices.Equal(r.pts, a.pts) || !slices.Equal(r.blocks, a.blocks) || !slices.Equal(r.groups, a.groups) {
					t.Fatalf("ring %d: %v and %v", k, r, a)
				}
				for j, v := range r.pts { // every vertex in its boxes
					b, g := r.blocks[j/blockSize], r.groups[j/blockSize/groupSize]
					if b.sides(box{v.x, v.y, v.x, v.y}) != 0 || g.sides(b) != 0 {
						t.Fatalf("vertex %d of %d is in no box", j, len(r.pts))
					}
				}
			}
		}
	})
}

// BenchmarkPrepare is 1 000 parcels of 64 vertices, a dozen at a time in the
// same memory, and kept.
func BenchmarkPrepare(b *testing.B) {
	_, parcels := neighbourhood()
	b.Run("again", func(b *testing.B) {
		var p Preparer
		for b.Loop() {
			for i := range 1000 {
				if i%12 == 0 {
					p.Reset()
				}
				p.Prepare(parcels[i%len(parcels)], orb.Bound{})
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			shapes := make([]*Shape, 1000)
			for i := range shapes {
				shapes[i] = Prepare(parcels[i%len(parcels)])
			}
		}
	})
}

// endsAfter is a context that ends once it was asked so many times.
type endsAfter struct {
	context.Context
	left, after int
}

func (c *endsAfter) Err() error {
	if c.left--; c.left >= 0 {
		return nil
	}
	c.after++
	return context.Canceled
}

// TestPrepareEnds: a polygon of any number of vertices, in one ring or in many, is
// given up at the first look that says to, and there is a look every lookEvery vertices.
func TestPrepareEnds(t *testing.T) {
	ring := orb.Ring{}
	for i := range 5 * lookEvery {
		a := 2 * math.Pi * float64(i) / (5 * lookEvery)
		ring = append(ring, orb.Point{1000 * math.Cos(a), 1000 * math.Sin(a)})
	}
	many := orb.MultiPolygon{}
	for i := range lookEvery {
		many = append(many, square(float64(2*i), 0, 1)...)
	}
	for name, mp := range map[string]orb.MultiPolygon{"ring": {{append(ring, ring[0])}}, "rings": many} {
		whole := &endsAfter{Context: context.Background(), left: math.MaxInt}
		s, err := PrepareContext(whole, mp)
		if looks := math.MaxInt - whole.left; err != nil || !reflect.DeepEqual(s.rings, Prepare(mp).rings) || looks < 5 {
			t.Errorf("%s: %d looks, %v, or another shape than without a context", name, looks, err)
		}
		few := &endsAfter{Context: context.Background(), left: 2}
		if s, err := PrepareContext(few, mp); s != nil || err == nil || few.after > 3 { // the last two are asked for the error
			t.Errorf("%s: %v, %d looks after the first that said to end", name, err, few.after)
		}
	}
}
