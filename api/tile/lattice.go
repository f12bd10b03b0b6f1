package tile

import "math"

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
	unit   float64 // of the grid's plane, metres
	x0, y0 float64 // corner of the tile, in units of the level
	step   int32   // units between lattice points
}

// fine is the length below which detail of land is not worth a vertex: survey
// points of parcels lie further apart.
const fine = 0.5 // m

func (g Grid) lattice(a Address) lattice {
	l := lattice{unit: g.side(a.Z) / Extent, x0: float64(a.X) * Extent, y0: float64(a.Y) * Extent, step: 1}
	for l.step < coarsest && l.unit*float64(l.step) > fine {
		l.step *= 2
	}
	return l
}

// latticePoint is a place between lattice points, in steps from the tile's corner.
type latticePoint struct{ x, y float64 }

// view takes whole numbers of a layer to the lattice of a tile.
type view struct {
	scale, x, y float64 // steps a whole number; of the layer's origin
	lo, hi      float64 // sides of the tile with its margin, in steps
}

func (l *Layer) view(at lattice) view {
	step := float64(at.step)
	return view{
		scale: l.unit / at.unit / step,
		x:     ((l.origin[0]-l.grid.Origin[0])/at.unit - at.x0) / step,
		y:     ((l.grid.Origin[1]-l.origin[1])/at.unit - at.y0) / step,
		lo:    -margin / step, hi: (Extent + margin) / step,
	}
}

func (v view) latticePoint(p point) latticePoint {
	return latticePoint{float64(p.X)*v.scale + v.x, float64(p.Y)*v.scale + v.y}
}

func (p latticePoint) snap() point {
	return point{int32(math.Floor(p.x + 0.5)), int32(math.Floor(p.y + 0.5))}
}

// add appends a point and takes away the one before it if that has become idle.
func add(out []point, p point) []point {
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

// tidy ends a ring made by add: what holds between neighbours holds between
// its ends as well. A ring that encloses nothing is nil.
func tidy(r []point) []point {
	for len(r) >= 3 {
		n := len(r)
		switch {
		case r[0] == r[n-1], straight(r[n-2], r[n-1], r[0]):
			r = r[:n-1]
		case straight(r[n-1], r[0], r[1]):
			r = r[1:]
		default:
			return r
		}
	}
	return nil
}

// straight tells whether b is on the line of a and c, also as the tip of a
// spike. Lattice points of a tile are small, so this is exact.
func straight(a, b, c point) bool { return side(a, b, c) == 0 }

// side is positive, 0 or negative as p lies left of the line from a to b where
// y points up, on it, or right of it.
func side(a, b, p point) int64 {
	return int64(b.X-a.X)*int64(p.Y-a.Y) - int64(b.Y-a.Y)*int64(p.X-a.X)
}
