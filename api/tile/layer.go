package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// fineness is how exactly a layer keeps vertices: a millimetre, a quarter of a
// pixel at the last level. Layers wider than 32 bits hold are coarser.
const fineness = 0.001 // m

// widest is the extent of a layer in its own whole numbers.
const widest = 1 << 29

// Layer is a layer of features on the plane of a grid, ready to be cut into
// tiles. It never changes, so any goroutine may cut it.
type Layer struct {
	grid   Grid
	origin orb.Point // of the whole numbers, on the grid's plane: top left
	unit   float64   // metres a whole number
	items  []item
	parts  []part
	rings  []int32  // end of each ring in points
	points []point  // rings without their closing point; outer ones turn as in tiles
	tags   []uint32 // of items: number of a key, number of a value, …
	keys   []string
	values []string // as a tile writes them
}

// point is a vertex in whole numbers, y down.
type point struct{ X, Y int32 }

// box of points, its sides with it.
type box struct{ Min, Max point }

// item is one feature. What it has reaches from the end of the item before to
// its own end.
type item struct {
	ID    uint64
	Box   box
	Parts int32
	Tags  int32
}

// part is one polygon; its rings reach from the end of the part before.
type part struct {
	Box   box
	Rings int32
}

// Prepare makes a layer of features for a grid. Their coordinates are in the
// grid's system; they are not changed.
func Prepare(g Grid, features []Feature) *Layer {
	l := &Layer{grid: g, unit: fineness}
	l.place(features)
	d := newDictionary()
	for i := range features {
		f := &features[i]
		at := len(l.parts)
		for _, p := range f.Geometry {
			l.add(p)
		}
		d.add(f.Properties)
		l.items = append(l.items, item{f.ID, around(l.parts[at:]), int32(len(l.parts)), int32(len(d.tags))})
	}
	l.keys, l.values, l.tags = d.keys, d.values, d.tags
	return l
}

// place chooses the origin and the unit.
func (l *Layer) place(features []Feature) {
	lo, hi := orb.Point{math.Inf(1), math.Inf(1)}, orb.Point{math.Inf(-1), math.Inf(-1)}
	for i := range features {
		if b := features[i].Bound; !b.IsEmpty() {
			p, q := l.grid.plane(b.Min), l.grid.plane(b.Max)
			lo, hi = orb.Point{min(lo[0], p[0]), min(lo[1], p[1])}, orb.Point{max(hi[0], q[0]), max(hi[1], q[1])}
		}
	}
	if lo[0] <= hi[0] {
		l.span(lo, hi)
	}
}

// span chooses them for a box of the plane.
func (l *Layer) span(lo, hi orb.Point) {
	l.origin = orb.Point{lo[0], hi[1]}
	for max(hi[0]-lo[0], hi[1]-lo[1])/l.unit > widest {
		l.unit *= 2
	}
}

// add takes in a polygon. Rings without three vertices enclose nothing, but a
// finding that is nothing else is still shown, as a mark.
func (l *Layer) add(p orb.Polygon) {
	from := len(l.points)
	for i, r := range p {
		at := len(l.points)
		for _, v := range r {
			l.points = append(l.points, l.point(l.grid.plane(v)))
		}
		if n := len(l.points); n > at+1 && l.points[at] == l.points[n-1] {
			l.points = l.points[:n-1]
		}
		if (turn(l.points[at:]) > 0) != (i == 0) {
			reverse(l.points[at:])
		}
		l.rings = append(l.rings, int32(len(l.points)))
	}
	if len(l.points) > from {
		l.parts = append(l.parts, part{boxOf(l.points[from:]), int32(len(l.rings))})
	}
}

// point is a place of the plane in whole numbers; a box that leaves vertices
// out cannot make it overflow.
func (l *Layer) point(q orb.Point) point {
	number := func(metres float64) int32 {
		return int32(max(-widest, min(2*widest, math.Round(metres/l.unit))))
	}
	return point{number(q[0] - l.origin[0]), number(l.origin[1] - q[1])}
}

// Features is how many features the layer has.
func (l *Layer) Features() int { return len(l.items) }

// Bound is the box of all features, in the grid's system; empty where there
// are none.
func (l *Layer) Bound() orb.Bound {
	all := around(l.parts)
	if all.empty() {
		return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	}
	corner := func(x, y int32) orb.Point {
		return l.grid.unplane(orb.Point{l.origin[0] + float64(x)*l.unit, l.origin[1] - float64(y)*l.unit})
	}
	return orb.Bound{Min: corner(all.Min.X, all.Max.Y), Max: corner(all.Max.X, all.Min.Y)}
}

// Size is about how many bytes of memory the layer takes.
func (l *Layer) Size() int64 {
	size := int64(len(l.points)*8 + len(l.rings)*4 + len(l.parts)*20 + len(l.items)*32 + len(l.tags)*4)
	for _, texts := range [][]string{l.keys, l.values} {
		for _, s := range texts {
			size += int64(len(s)) + 16
		}
	}
	return size + 256
}

func (b box) empty() bool { return b.Min.X > b.Max.X }

func nowhere() box {
	return box{point{math.MaxInt32, math.MaxInt32}, point{math.MinInt32, math.MinInt32}}
}

func (b box) union(c box) box {
	return box{point{min(b.Min.X, c.Min.X), min(b.Min.Y, c.Min.Y)}, point{max(b.Max.X, c.Max.X), max(b.Max.Y, c.Max.Y)}}
}

func boxOf(points []point) box {
	b := nowhere()
	for _, p := range points {
		b = b.union(box{p, p})
	}
	return b
}

func around(parts []part) box {
	b := nowhere()
	for i := range parts {
		b = b.union(parts[i].Box)
	}
	return b
}

// turn is twice the signed area of a ring without its closing point: positive
// where it runs clockwise with y down. For whole numbers that are wide apart
// only its sign means something.
func turn(r []point) float64 {
	var sum float64
	for i := range r {
		a, b := r[i], r[(i+1)%len(r)]
		sum += float64(a.X-r[0].X)*float64(b.Y-r[0].Y) - float64(b.X-r[0].X)*float64(a.Y-r[0].Y)
	}
	return sum
}

func reverse(r []point) {
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
}
