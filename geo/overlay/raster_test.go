package overlay

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestRasterAgainstPlain: whoever is asked, a box lies on the same side of a
// shape: with holes, islands, crossed and long edges, boxes at its rim, far
// away, over all of it, and along the cells of the raster.
func TestRasterAgainstPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		size := rapid.SampledFrom([]float64{50, 1000, 20_000}).Draw(t, "size")
		rough := rapid.SampledFrom([]float64{0, 0.01, 0.3, 1}).Draw(t, "rough")
		wild := func(x, y, size float64, n int) orb.Ring {
			var r orb.Ring
			for i := range n {
				a := 2 * math.Pi * float64(i) / float64(n)
				d := size * (1 - rough*rng.Float64())
				r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
			}
			return append(r, r[0])
		}
		corners := rapid.SampledFrom([]int{4, 30, 1500}).Draw(t, "corners")
		mp := orb.MultiPolygon{{wild(0, 0, size, corners)}}
		if rapid.Bool().Draw(t, "hole") {
			mp[0] = append(mp[0], wild(size/5, 0, size/3, 40))
			mp = append(mp, orb.Polygon{wild(size/5, 0, size/9, 40)})
		}
		if rapid.Bool().Draw(t, "beside") {
			mp = append(mp, orb.Polygon{wild(1.3*size, size/2, size/2, 40)}) // crosses the first
		}
		s := Prepare(mp)
		s.raster = new(raster)
		s.raster.asked.Store(rasterAsked)
		for range 300 {
			x, y := size*(3*rng.Float64()-1.5), size*(3*rng.Float64()-1.5)
			side := size * math.Pow(10, -4*rng.Float64())
			b := orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + side, y + side*rng.Float64()}}
			if r := s.raster; rng.IntN(4) == 0 && r.cells != nil { // along a cell, a metre within as windows are wider
				c := r.cell(int64(rng.IntN(len(r.cells))))
				b = orb.Bound{Min: point{c.minX + perMetre, c.minY + perMetre}.toOrb(), Max: point{c.maxX - perMetre, c.maxY - perMetre}.toOrb()}
			}
			if got, want := s.Locate(b), s.plainly(windowOf(b)); got != want {
				t.Fatalf("%v is %v, plainly %v", b, got, want)
			}
		}
	})
}
