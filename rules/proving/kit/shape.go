package kit

import "github.com/paulmach/orb"

// South-west corner of the county in EPSG 4525, and the side of a cell, in m.
const (
	West  = 37_540_000.0
	South = 4_562_900.0
	Cell  = 100.0
)

// Shape is a figure in metres of the county's zone.
type Shape = orb.MultiPolygon

// At is the place of a point given in cells.
func At(col, row float64) orb.Point { return orb.Point{West + col*Cell, South + row*Cell} }

// Ring is a closed ring through points given in cells, in their order.
func Ring(cells ...float64) orb.Ring {
	var r orb.Ring
	for i := 0; i+1 < len(cells); i += 2 {
		r = append(r, At(cells[i], cells[i+1]))
	}
	return append(r, r[0])
}

// Poly is one part without holes.
func Poly(cells ...float64) Shape { return Shape{{Ring(cells...)}} }

// Box is the rectangle between two corners given in cells, clockwise.
func Box(col0, row0, col1, row1 float64) Shape {
	return Poly(col0, row0, col0, row1, col1, row1, col1, row0)
}

// Minus is a rectangle with a rectangular hole.
func Minus(outer, hole Shape) Shape {
	r := append(orb.Ring{}, hole[0][0]...)
	r.Reverse()
	return Shape{{outer[0][0], r}}
}

// Parts joins figures into one of several parts.
func Parts(shapes ...Shape) Shape {
	var all Shape
	for _, s := range shapes {
		all = append(all, s...)
	}
	return all
}

// Shift moves a figure by metres.
func Shift(s Shape, east, north float64) Shape {
	return Map(s, func(p orb.Point) orb.Point { return orb.Point{p[0] + east, p[1] + north} })
}

// Map makes a figure with every vertex changed.
func Map(s Shape, f func(orb.Point) orb.Point) Shape {
	out := make(Shape, len(s))
	for i, poly := range s {
		out[i] = make(orb.Polygon, len(poly))
		for k, r := range poly {
			for _, p := range r {
				out[i][k] = append(out[i][k], f(p))
			}
		}
	}
	return out
}

// Reversed runs every ring the other way round.
func Reversed(s Shape) Shape {
	out := Map(s, func(p orb.Point) orb.Point { return p })
	for _, p := range out {
		for _, r := range p {
			r.Reverse()
		}
	}
	return out
}
