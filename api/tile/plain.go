package tile

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// area2 is twice the signed area of a ring of whole units, exact; positive for
// a ring that runs clockwise where y points down.
func area2(r orb.Ring) float64 {
	var sum float64
	for i := 1; i < len(r); i++ {
		sum += r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]
	}
	return sum
}

// edge of a ring, its left end first. Whole units of a tile fit 32 bits with
// room for products in 64.
type edge struct {
	ax, ay, bx, by int32
	ring, at, of   int32 // the edge is number at of the ring's
}

// manyRings are more than are looked at one by one.
const manyRings = 64

// plain tells whether a figure in whole units is surely valid: no edge meets
// another but where it follows it, and every hole lies in its outer ring and
// nothing in anything else. A figure that touches itself may be valid and is
// not plain.
func (c *cutter) plain(mp orb.MultiPolygon) bool {
	c.edges = c.edges[:0]
	rings := int32(0)
	for _, p := range mp {
		for _, r := range p {
			n := len(r) - 1
			for i := range n {
				e := edge{int32(r[i][0]), int32(r[i][1]), int32(r[i+1][0]), int32(r[i+1][1]), rings, int32(i), int32(n)}
				if e.bx < e.ax {
					e.ax, e.ay, e.bx, e.by = e.bx, e.by, e.ax, e.ay
				}
				c.edges = append(c.edges, e)
			}
			rings++
		}
	}
	return rings <= manyRings && !c.anyMeet() && (rings < 2 || nested(mp))
}

// anyMeet sweeps the edges from left to right with those that the line still
// cuts.
func (c *cutter) anyMeet() bool {
	c.order = c.order[:0]
	for i, e := range c.edges {
		c.order = append(c.order, int64(e.ax)<<32|int64(i))
	}
	slices.Sort(c.order)
	live := c.live[:0]
	for _, key := range c.order {
		e := &c.edges[int32(key)]
		kept := live[:0]
		for _, i := range live {
			f := &c.edges[i]
			if f.bx < e.ax {
				continue
			}
			kept = append(kept, i)
			if e.meets(f) && !e.follows(f) {
				return true
			}
		}
		live = append(kept, int32(key))
	}
	c.live = live
	return false
}

// follows tells whether two edges share an end because one comes after the
// other. Rings have no spikes (see snap), so they share nothing else; the
// edges of a triangle all follow each other.
func (e *edge) follows(f *edge) bool {
	if e.ring != f.ring {
		return false
	}
	d := e.at - f.at
	return d == 1 || d == -1 || d == e.of-1 || d == 1-e.of
}

// meets is exact. The sweep has seen that the edges meet in x.
func (e *edge) meets(f *edge) bool {
	if max(e.ay, e.by) < min(f.ay, f.by) || max(f.ay, f.by) < min(e.ay, e.by) {
		return false
	}
	s, t := e.side(f.ax, f.ay), e.side(f.bx, f.by)
	if s == 0 && t == 0 { // on one line, and their boxes meet
		return true
	}
	return s*t <= 0 && f.side(e.ax, e.ay)*f.side(e.bx, e.by) <= 0
}

// side is -1, 0 or 1 as a point lies right of the edge, on its line or left.
func (e *edge) side(x, y int32) int {
	return cmp.Compare(int64(e.bx-e.ax)*int64(y-e.ay), int64(e.by-e.ay)*int64(x-e.ax))
}

// nested tells whether rings that do not meet lie as they should: a hole in its
// outer ring alone, a part in no other or in a hole of it.
func nested(mp orb.MultiPolygon) bool {
	for i, p := range mp {
		for j, r := range p {
			for k, q := range mp {
				around := 0
				for m, other := range q {
					if (i != k || j != m) && within(r[0], other) {
						around++
					}
				}
				switch {
				case i != k && around%2 != 0,
					i == k && j == 0 && around != 0,
					i == k && j > 0 && (around != 1 || !within(r[0], q[0])):
					return false
				}
			}
		}
	}
	return true
}

// within tells whether a point that is not on a ring lies inside it.
func within(p orb.Point, r orb.Ring) bool {
	in := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
			in = !in
		}
	}
	return in
}
