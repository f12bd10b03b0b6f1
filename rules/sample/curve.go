package sample

import (
	"math"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// band is the land between two wavy lines across the county.
type band struct {
	noise      noise
	from, to   float64 // eastings
	low, high  func(x float64) float64
	wave, room float64 // how far a line strays from low and high, and over what length
	vertices   int
}

// line is the northing of the lower (0) or upper (1) line.
func (b *band) line(which int, x float64) float64 {
	f := b.low
	if which == 1 {
		f = b.high
	}
	return f(x) + float64(b.wave*(float64(0.7*b.noise.field(x/b.room, 0, 21+which))+float64(0.3*b.noise.field(float64(x/b.room*6), 0, 23+which))))
}

// meets reports whether the band may reach into a box; it errs towards yes.
func (b *band) meets(box orb.Bound) bool {
	if box.Max[0] < b.from || box.Min[0] > b.to {
		return false
	}
	return !b.clear(box)
}

// holds reports whether a box surely lies in the band.
func (b *band) holds(box orb.Bound) bool {
	if box.Min[0] < b.from || box.Max[0] > b.to {
		return false
	}
	for k := 0; k <= 4; k++ {
		x := box.Min[0] + float64(float64(k)/4*(box.Max[0]-box.Min[0]))
		if box.Min[1] < b.line(0, x)+nearby || box.Max[1] > b.line(1, x)-nearby {
			return false
		}
	}
	return true
}

// nearby is how far from a line, in metres, a box must be to be on one side.
const nearby = 15

func (b *band) clear(box orb.Bound) bool {
	below, above := true, true
	for k := 0; k <= 4; k++ {
		x := box.Min[0] + float64(float64(k)/4*(box.Max[0]-box.Min[0]))
		below = below && box.Max[1] < b.line(0, x)-nearby
		above = above && box.Min[1] > b.line(1, x)+nearby
	}
	return below || above
}

func (b *band) shape() orb.MultiPolygon {
	n := b.vertices / 2
	ring := make(orb.Ring, 0, 2*n+1)
	for which := range 2 {
		for k := range n {
			t := float64(k) / float64(n-1)
			if which == 1 {
				t = 1 - t
			}
			x := b.from + float64(t*(b.to-b.from))
			ring = append(ring, millimetres(x, b.line(which, x)))
		}
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}

// ring is a wavy closed line round a place.
type ring struct {
	noise    noise
	centre   orb.Point
	radius   float64
	vertices int
}

func (r *ring) at(angle float64) float64 {
	x, y := portable.Cos(angle), portable.Sin(angle)
	return float64(r.radius * (1 + float64(0.15*r.noise.field(float64(1.5*x), float64(1.5*y), 25)) + float64(0.02*r.noise.field(float64(12*x), float64(12*y), 26))))
}

func (r *ring) shape() orb.MultiPolygon {
	line := make(orb.Ring, 0, r.vertices+1)
	for k := range r.vertices {
		a := 2 * math.Pi * float64(k) / float64(r.vertices)
		d := r.at(a)
		line = append(line, millimetres(r.centre[0]+float64(d*portable.Cos(a)), r.centre[1]+float64(d*portable.Sin(a))))
	}
	return orb.MultiPolygon{{append(line, line[0])}}
}

// holds and misses ask by a box's corners; between them a box may be cut.
func (r *ring) holds(box orb.Bound) bool { return r.farthest(box) < 0.8*r.radius }

func (r *ring) misses(box orb.Bound) bool {
	dx := math.Max(0, math.Max(box.Min[0]-r.centre[0], r.centre[0]-box.Max[0]))
	dy := math.Max(0, math.Max(box.Min[1]-r.centre[1], r.centre[1]-box.Max[1]))
	return portable.Hypot(dx, dy) > 1.2*r.radius
}

func (r *ring) farthest(box orb.Bound) float64 {
	return portable.Hypot(
		math.Max(box.Max[0]-r.centre[0], r.centre[0]-box.Min[0]),
		math.Max(box.Max[1]-r.centre[1], r.centre[1]-box.Min[1]))
}

// bound is a box that surely holds a block of cells.
func (c *County) bound(r rect) orb.Bound {
	a, b := c.node(r.x.from, r.y.from), c.node(r.x.to, r.y.to)
	d, e := c.node(r.x.from, r.y.to), c.node(r.x.to, r.y.from)
	return orb.MultiPoint{a, b, d, e}.Bound().Pad(0.2 * pitch)
}

// drawCurves places what does not follow parcels.
func (c *County) drawCurves(vertices int) {
	west, east := c.origin[0], c.origin[0]+c.x.length()
	height := func(share, x float64) float64 { // follows the rows' offsets
		at := float64((x - c.origin[0]) / c.x.length() * float64(len(c.x.lanes)))
		i := min(max(0, int(at)), len(c.x.lanes)-1)
		part := min(max(0, at-float64(i)), 1)
		return c.origin[1] + float64(share*c.y.length()) + float64(c.x.offsets[i]*(1-part)) + float64(c.x.offsets[i+1]*part)
	}
	inset := float64(0.02 * c.x.length())
	c.red = band{
		noise: c.noise, from: west + inset, to: east - inset, wave: 60, room: 700, vertices: vertices,
		low:  func(x float64) float64 { return height(0.885, x) },
		high: func(x float64) float64 { return height(0.985, x) },
	}
	c.water = band{noise: c.noise, from: west, to: east, wave: 15, room: 500, vertices: max(200, vertices/10)}
	for j, l := range c.y.lanes {
		if l == river {
			c.water.low = func(x float64) float64 { return height(0, x) + c.y.at[j] - 70 }
			c.water.high = func(x float64) float64 { return height(0, x) + c.y.at[j+1] + 70 }
		}
	}
	r := c.villageRect(c.seat())
	columns, rows := c.x.runs(r.x.from, r.x.to), c.y.runs(r.y.from, r.y.to)
	town := rect{columns[min(1, len(columns)-1)], rows[min(1, len(rows)-1)]}
	c.urban = ring{noise: c.noise, centre: c.centre(town), radius: 600, vertices: vertices}
	c.grassland = ring{noise: c.noise, centre: c.centre(c.villageRect(c.village(c.side-1, c.side-1))), radius: 420, vertices: max(200, vertices/10)}
	r = c.villageRect(c.village(2, 0))
	columns, rows = c.x.runs(r.x.from, r.x.to), c.y.runs(r.y.from, r.y.to)
	c.heritage = ring{noise: c.noise, centre: c.node(columns[0].from+2, rows[0].from+2), radius: 60, vertices: 40}
}
