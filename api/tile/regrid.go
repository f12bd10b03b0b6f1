package tile

import (
	"math"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// On is the layer on another grid. It belongs to a zone; a point takes some
// hundredths of a microsecond (see Warp).
func (l *Layer) On(g Grid) (*Layer, error) {
	if g.Name == l.grid.Name || len(l.points) == 0 {
		same := *l
		same.grid = g
		return &same, nil
	}
	way, err := geo.NewTransform(l.grid.system, g.system)
	if err != nil {
		return nil, err
	}
	sheets := newWarpGrid(way, g)
	places := make([]orb.Point, len(l.points))
	lo, hi := orb.Point{math.Inf(1), math.Inf(1)}, orb.Point{math.Inf(-1), math.Inf(-1)}
	for i, p := range l.points {
		q, err := sheets.point(orb.Point{l.origin[0] + float64(p.X)*l.unit, l.origin[1] - float64(p.Y)*l.unit})
		if err != nil {
			return nil, err
		}
		lo, hi = orb.Point{min(lo[0], q[0]), min(lo[1], q[1])}, orb.Point{max(hi[0], q[0]), max(hi[1], q[1])}
		places[i] = q
	}
	out := *l
	out.grid, out.unit = g, fineness
	out.span(lo, hi)
	out.points = make([]point, len(places))
	for i, q := range places {
		out.points[i] = out.point(q)
	}
	out.boxes()
	return &out, nil
}

// boxes puts the boxes of parts and items round their points.
func (l *Layer) boxes() {
	parts, items := make([]part, len(l.parts)), make([]item, len(l.items))
	ring, from := int32(0), int32(0)
	for i, p := range l.parts {
		b := nowhere()
		for ; ring < p.Rings; ring++ {
			b = b.union(boxOf(l.points[from:l.rings[ring]]))
			from = l.rings[ring]
		}
		parts[i] = part{b, p.Rings}
	}
	from = 0
	for i, n := range l.items {
		items[i] = n
		items[i].Box = around(parts[from:n.Parts])
		from = n.Parts
	}
	l.parts, l.items = parts, items
}

// warpGrid takes points anywhere to the plane of a grid, by a Warp for each square
// of theirs, made when first needed. A square depends on the point alone: equal points stay
// equal, whichever feature they are of. It belongs to one goroutine.
type warpGrid struct {
	exact *geo.Transform
	grid  Grid
	known map[[2]int32]*Warp
	last  *Warp
	at    [2]int32
}

// sheetSide is the side of a square.
const sheetSide = 16_000 // m

// newWarpGrid goes from a system in metres.
func newWarpGrid(way *geo.Transform, g Grid) *warpGrid { return &warpGrid{exact: way, grid: g} }

func (s *warpGrid) point(p orb.Point) (orb.Point, error) {
	at := [2]int32{int32(math.Floor(p[0] / sheetSide)), int32(math.Floor(p[1] / sheetSide))}
	if s.last == nil || s.at != at {
		if err := s.turn(at); err != nil {
			return orb.Point{}, err
		}
	}
	return s.last.point(p), nil
}

// turn makes a square the present one.
func (s *warpGrid) turn(at [2]int32) (err error) {
	w, ok := s.known[at]
	if !ok {
		x, y := float64(at[0])*sheetSide, float64(at[1])*sheetSide
		if w, err = newWarp(s.exact, s.place, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + sheetSide, y + sheetSide}}); err != nil {
			return err
		}
		if s.known == nil {
			s.known = map[[2]int32]*Warp{}
		}
		s.known[at] = w
	}
	s.last, s.at = w, at
	return nil
}

// place is where a point lies exactly.
func (s *warpGrid) place(p orb.Point) (orb.Point, error) {
	q, err := s.exact.Point(p)
	return s.grid.plane(q), err
}
