package ledger

import (
	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// bridges yields the straight lines of at most limit metres that lead from a
// corner of one outline to the nearest point of an edge of the other, until
// yield returns false or the looks end. Outlines that share land have a line of
// length 0.
func bridges(shapeA, shapeB *indexedShape, limit float64, looks *looks, yield func(line [2]orb.Point, length float64) bool) {
	a, b, reach := shapeA.outline, shapeB.outline, shapeB.box.Pad(limit)
	if shapeA.index != nil {
		if !shapeA.near(&reach, func(p, q *orb.Point) bool {
			return !looks.ended() && fromEdge(&[2]orb.Point{*p, *q}, shapeB, limit, yield)
		}) {
			return
		}
		a = nil
	}
	for _, p := range a {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				if near(&r[i-1], &r[i], &reach) && (looks.ended() || !fromEdge(&[2]orb.Point{r[i-1], r[i]}, shapeB, limit, yield)) {
					return
				}
			}
		}
	}
	a = shapeA.outline
	if len(a) == 0 || len(b) == 0 {
		return
	}
	p, q := a[0][0][0], b[0][0][0]
	if shapeB.holds(p) || shapeA.holds(q) {
		yield([2]orb.Point{p, p}, 0) // one lies inside the other
	}
}

// fromEdge yields the lines between an edge and a shape; false when it was
// told to stop. The loops are written out: they run over every pair of
// neighbouring fields.
func fromEdge(s *[2]orb.Point, b *indexedShape, limit float64, yield func(line [2]orb.Point, length float64) bool) bool {
	box := boundOf(*s).Pad(limit)
	if b.index != nil {
		return b.near(&box, func(p, q *orb.Point) bool { return lines(s, p, q, limit, yield) })
	}
	for _, p := range b.outline {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				if !near(&r[i-1], &r[i], &box) {
					continue
				}
				if !lines(s, &r[i-1], &r[i], limit, yield) {
					return false
				}
			}
		}
	}
	return true
}

// lines yields the lines of at most limit metres between an edge and another.
func lines(s *[2]orb.Point, p, q *orb.Point, limit float64, yield func(line [2]orb.Point, length float64) bool) bool {
	for _, line := range between(*s, [2]orb.Point{*p, *q}) {
		if d := portable.Hypot(line[0][0]-line[1][0], line[0][1]-line[1][1]); d <= limit && !yield(line, d) {
			return false
		}
	}
	return true
}

// edges yields every edge of every ring.
func edges(mp orb.MultiPolygon) func(yield func([2]orb.Point) bool) {
	return func(yield func([2]orb.Point) bool) {
		for _, polygon := range mp {
			for _, r := range polygon {
				for i := 1; i < len(r); i++ {
					if !yield([2]orb.Point{r[i-1], r[i]}) {
						return
					}
				}
			}
		}
	}
}

// near tells whether the box of a segment meets another.
func near(p, q *orb.Point, b *orb.Bound) bool {
	return (p[0] >= b.Min[0] || q[0] >= b.Min[0]) && (p[0] <= b.Max[0] || q[0] <= b.Max[0]) &&
		(p[1] >= b.Min[1] || q[1] >= b.Min[1]) && (p[1] <= b.Max[1] || q[1] <= b.Max[1])
}

func boundOf(s [2]orb.Point) orb.Bound {
	return orb.Bound{
		Min: orb.Point{min(s[0][0], s[1][0]), min(s[0][1], s[1][1])},
		Max: orb.Point{max(s[0][0], s[1][0]), max(s[0][1], s[1][1])},
	}
}

// between is the lines from each end of two segments to the other segment, or
// a point where they cross.
func between(s, t [2]orb.Point) [4][2]orb.Point {
	if cross(s, t) {
		at := [2]orb.Point{s[0], s[0]}
		return [4][2]orb.Point{at, at, at, at}
	}
	return [4][2]orb.Point{{s[0], foot(s[0], t)}, {s[1], foot(s[1], t)}, {t[0], foot(t[0], s)}, {t[1], foot(t[1], s)}}
}

// foot is the point of a segment nearest to p.
func foot(p orb.Point, s [2]orb.Point) orb.Point {
	dx, dy := s[1][0]-s[0][0], s[1][1]-s[0][1]
	length := float64(dx*dx) + float64(dy*dy)
	if length == 0 {
		return s[0]
	}
	f := min(max((float64((p[0]-s[0][0])*dx)+float64((p[1]-s[0][1])*dy))/length, 0), 1)
	return orb.Point{s[0][0] + float64(f*dx), s[0][1] + float64(f*dy)}
}

// cross tells whether two segments cross within.
func cross(s, t [2]orb.Point) bool {
	side := func(a, b, c orb.Point) float64 {
		return float64((b[0]-a[0])*(c[1]-a[1])) - float64((b[1]-a[1])*(c[0]-a[0]))
	}
	return side(s[0], s[1], t[0])*side(s[0], s[1], t[1]) < 0 && side(t[0], t[1], s[0])*side(t[0], t[1], s[1]) < 0
}
