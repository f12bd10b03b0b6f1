package tile

import (
	"math"
	"math/rand/v2"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// TestCover: the cells of a cover hold as much as the land has, each cell by
// itself and all together, with holes, on the edge of cells and across many.
func TestCover(t *testing.T) {
	zone := grids(t)[1]
	r := rand.New(rand.NewPCG(1, 2))
	origin := orb.Point{37_500_000, 4_560_000}
	var land []orb.MultiPolygon
	for i := range 60 {
		x, y := origin[0]+r.Float64()*3000, origin[1]+r.Float64()*3000
		size := []float64{3, 40, 700}[i%3]
		ring := orb.Ring{}
		for k := range 9 {
			a := float64(k) / 9 * 2 * math.Pi
			d := size * (0.4 + r.Float64())
			ring = append(ring, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
		}
		if i%2 == 0 {
			reverseRing(ring)
		}
		p := orb.Polygon{append(ring, ring[0])}
		if size > 100 {
			p = append(p, orb.Ring{{x - 50, y - 50}, {x + 50, y - 50}, {x + 50, y + 50}, {x - 50, y + 50}, {x - 50, y - 50}})
		}
		land = append(land, orb.MultiPolygon{p})
	}
	for _, mp := range land { // one at a time: where land overlaps a cell is full
		c := NewCover(zone, 12, mp.Bound())
		c.Add(mp)
		cells := append([]float32(nil), c.sums...)
		c.Finish()
		var sum, steps float64
		for row := range c.h {
			steps = 0
			for x := range c.w {
				steps += float64(cells[row*(c.w+2)+x])
				sum += steps
			}
		}
		side := c.side()
		if got, want := sum*side*side, math.Abs(geo.PlaneArea(mp)); math.Abs(got-want) > 1e-3*want+1 {
			t.Fatalf("%.2f m² in cells, %.2f m² of land", got, want)
		}
		for range 20 { // a cell against points in it
			k := r.IntN(len(c.share))
			in := 0
			const n = 24
			for i := range n * n {
				p := orb.Point{zone.Origin[0] + side*(float64(c.x+k%c.w)+(float64(i%n)+.5)/n), zone.Origin[1] - side*(float64(c.y+k/c.w)+(float64(i/n)+.5)/n)}
				if geo.Locate(p, mp) != geo.Outside {
					in++
				}
			}
			if got, want := float64(c.share[k])/255, float64(in)/n/n; math.Abs(got-want) > 0.03 {
				t.Fatalf("a cell has %.3f, by its points %.3f", got, want)
			}
		}
	}
}

// TestCoverOutlines: the outlines of a cover have the area of the cells that are
// taken, are valid, and coarser levels keep what there is.
func TestCoverOutlines(t *testing.T) {
	zone := grids(t)[1]
	r := rand.New(rand.NewPCG(3, 4))
	c := &Cover{grid: zone, level: 12, x: 63_001, y: 61_001, w: 40, h: 30, share: make([]uint8, 1200)}
	total := 0
	for i := range c.share {
		if r.IntN(5) > 1 {
			c.share[i] = uint8(r.IntN(256))
		}
		total += int(c.share[i])
	}
	half := c.outlines(func(s uint8) bool { return s > 127 })
	cells := 0
	for _, s := range c.share {
		if s > 127 {
			cells++
		}
	}
	if got, want := geo.PlaneArea(half), float64(cells)*c.side()*c.side(); math.Abs(got-want) > 1e-6*want {
		t.Errorf("outlines of %.1f m², cells of %.1f m²", got, want)
	}
	for i, s := range c.share {
		p := orb.Point{zone.Origin[0] + c.side()*(float64(c.x+i%c.w)+.5), zone.Origin[1] - c.side()*(float64(c.y+i/c.w)+.5)}
		if (geo.Locate(p, half) == geo.Inside) != (s > 127) {
			t.Fatalf("cell %d of share %d", i, s)
		}
	}
	for o := c; o.level > 8; {
		o = o.coarser()
		sum := 0
		for _, s := range o.share {
			sum += int(s)
		}
		if got, want := float64(sum)*math.Pow(4, float64(c.level-o.level)), float64(total); math.Abs(got-want) > 0.02*want {
			t.Errorf("level %d has %.0f of %.0f", o.level, got, want)
		}
	}
	tile, err := c.Layer(10).Tile(t.Context(), zone.At(orb.Point{zone.Origin[0] + c.side()*float64(c.x+20), zone.Origin[1] - c.side()*float64(c.y+15)}, 10), "pbf", Mark)
	if err != nil || tile.Features < 3 || tile.Omitted > 0 {
		t.Errorf("%d features, %v", tile.Features, err)
	}
}

func reverseRing(r orb.Ring) {
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
}
