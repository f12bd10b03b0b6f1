package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// margin is how far beyond its tile a feature is drawn, in units: a line along
// the edge is as wide as any other.
const margin = 64

// coarsest is the widest lattice: half a pixel.
const coarsest = Extent / Pixels / 2

// lattice is the plane of one level in units, and how coarsely it is drawn.
// Every vertex goes to the nearest lattice point of the whole level, whichever
// tile it is in: a vertex that neighbours share stays shared, so thinning opens
// no gaps between them.
type lattice struct {
	grid   Grid
	unit   float64 // of the grid's plane, metres
	x0, y0 float64 // corner of the tile, in units of the level
	step   float64 // units between lattice points
}

// fine is the length below which detail of land is not worth a vertex: survey
// points of parcels lie further apart.
const fine = 0.5 // m

func (g Grid) lattice(a Address) lattice {
	l := lattice{grid: g, unit: g.side(a.Z) / Extent, x0: float64(a.X) * Extent, y0: float64(a.Y) * Extent, step: 1}
	for l.step < coarsest && l.unit*l.step > fine {
		l.step *= 2
	}
	return l
}

// units brings a figure into the tile's units, y down. What it gives is new.
func (l lattice) units(mp orb.MultiPolygon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, len(mp))
	for i, p := range mp {
		out[i] = make(orb.Polygon, len(p))
		for j, r := range p {
			ring := make(orb.Ring, len(r))
			for k, v := range r {
				q := l.grid.plane(v)
				ring[k] = orb.Point{(q[0]-l.grid.Origin[0])/l.unit - l.x0, (l.grid.Origin[1]-q[1])/l.unit - l.y0}
			}
			out[i][j] = ring
		}
	}
	return out
}

// snap puts a ring on the lattice, without points that say nothing: repeated
// ones, those on a straight line, spikes. A ring that encloses nothing is nil.
func (l lattice) snap(r orb.Ring) orb.Ring {
	out := make(orb.Ring, 0, len(r))
	for _, v := range r {
		out = l.add(out, orb.Point{math.Round(v[0]/l.step) * l.step, math.Round(v[1]/l.step) * l.step})
	}
	// Close: what holds between neighbours holds between the ends as well.
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	for changed := true; changed && len(out) >= 3; {
		changed = false
		if straight(out[len(out)-2], out[len(out)-1], out[0]) {
			out, changed = out[:len(out)-1], true
		} else if straight(out[len(out)-1], out[0], out[1]) {
			out, changed = out[1:], true
		}
		for len(out) > 1 && out[0] == out[len(out)-1] {
			out, changed = out[:len(out)-1], true
		}
	}
	if len(out) < 3 {
		return nil
	}
	return append(out, out[0])
}

// add appends a point and takes away the one before it if that has become idle.
func (l lattice) add(out orb.Ring, p orb.Point) orb.Ring {
	for {
		n := len(out)
		switch {
		case n > 0 && out[n-1] == p:
			return out
		case n > 1 && straight(out[n-2], out[n-1], p):
			out = out[:n-1]
		default:
			return append(out, p)
		}
	}
}

// straight tells whether b is on the line of a and c, also as the tip of a
// spike. Lattice points are whole numbers, so this is exact.
func straight(a, b, c orb.Point) bool {
	return (b[0]-a[0])*(c[1]-a[1]) == (b[1]-a[1])*(c[0]-a[0])
}
