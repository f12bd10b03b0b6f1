package overlay

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// Separator tells which polygons lie wholly beside a shape: on the other side of
// a line along which the shape is convex. The boxes of ten thousand parallel
// terraces, canals or roads that run aslant all overlap, and so do those of
// wedges that meet in a corner; by one of their own edges they are told apart in
// a few looks. It belongs to one goroutine; the zero Separator is ready.
type Separator struct {
	corners []point
	hull    []point
	sides   [][2]point // some edges of the hull, the shape on their left, the longest first
	lines   []line     // the same
	Looks   int64      // at vertices so far
}

// fewSides is how many edges of a hull are tried.
const fewSides = 4

// Of prepares for a shape.
func (p *Separator) Of(s *Shape) {
	p.corners, p.sides = p.corners[:0], p.sides[:0]
	for i := range s.rings {
		p.corners = append(p.corners, s.rings[i].pts...)
	}
	p.Looks += 10 * int64(len(p.corners))
	slices.SortFunc(p.corners, compare)
	p.corners = slices.Compact(p.corners)
	p.wrap()
	for i, a := range p.hull {
		p.sides = append(p.sides, [2]point{a, p.hull[(i+1)%len(p.hull)]})
	}
	slices.SortStableFunc(p.sides, func(e, f [2]point) int { return -cmp.Compare(length(e), length(f)) })
	p.sides, p.lines = p.sides[:min(len(p.sides), fewSides)], p.lines[:0]
	for _, side := range p.sides {
		p.lines = append(p.lines, lineOf(side))
	}
}

// wrap finds the convex hull of the corners, counter-clockwise (Andrew 1979).
func (p *Separator) wrap() {
	h := p.hull[:0]
	if len(p.corners) < 3 {
		p.hull = h
		return
	}
	add := func(q point, least int) {
		for len(h) > least && turn(h[len(h)-2], h[len(h)-1], q) <= 0 {
			h = h[:len(h)-1]
		}
		h = append(h, q)
	}
	for _, q := range p.corners {
		add(q, 1)
	}
	lower := len(h)
	for i := len(p.corners) - 2; i >= 0; i-- {
		add(p.corners[i], lower)
	}
	p.hull = h[:len(h)-1] // the first came again
}

func length(e [2]point) int64 {
	dx, dy := e[1].x-e[0].x, e[1].y-e[0].y
	return max(dx, -dx) + max(dy, -dy)
}

// Apart tells that a polygon shares no more with the shape than one corner of
// both; false in doubt.
func (p *Separator) Apart(t *Shape) bool {
	return slices.ContainsFunc(p.sides, func(side [2]point) bool {
		met := 0
		return p.beyond(t, side, &met)
	})
}

func (p *Separator) beyond(t *Shape, side [2]point, met *int) bool {
	for i := range t.rings {
		for _, q := range t.rings[i].pts {
			if p.Looks++; !p.right(side, q, met) {
				return false
			}
		}
	}
	return true
}

// ApartFrom is Apart for a polygon that is not on the grid yet.
func (p *Separator) ApartFrom(mp orb.MultiPolygon) bool {
	return slices.ContainsFunc(p.sides, func(side [2]point) bool {
		met := 0
		for _, polygon := range mp {
			for _, r := range polygon {
				for _, q := range r[:max(len(r)-1, 0)] { // the last is the first
					if p.Looks++; !p.right(side, fromInput(q), &met) {
						return false
					}
				}
			}
		}
		return true
	})
}

// right tells whether a vertex lies strictly beyond a side, or, the first time,
// in one of its ends.
func (p *Separator) right(side [2]point, q point, met *int) bool {
	switch turn(side[0], side[1], q) {
	case -1:
		return true
	case 0:
		*met++
		return *met == 1 && (q == side[0] || q == side[1])
	}
	return false
}
