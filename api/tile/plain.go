package tile

import (
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

// edge of a ring, its left end first.
type edge struct {
	a, b       orb.Point
	ring, at   int
	ringLength int
}

// manyRings are more than are looked at one by one.
const manyRings = 64

// plain tells whether a figure in whole units is surely valid: no edge meets
// another but where it follows it, and every hole lies in its outer ring and
// nothing in anything else. A figure that touches itself may be valid and is
// not plain.
func plain(mp orb.MultiPolygon) bool {
	var edges []edge
	rings := 0
	for _, p := range mp {
		for _, r := range p {
			n := len(r) - 1
			for i := range n {
				e := edge{r[i], r[i+1], rings, i, n}
				if e.b[0] < e.a[0] {
					e.a, e.b = e.b, e.a
				}
				edges = append(edges, e)
			}
			rings++
		}
	}
	return rings <= manyRings && !anyMeet(edges) && nested(mp)
}

// anyMeet sweeps from left to right with the edges that the line still cuts.
func anyMeet(edges []edge) bool {
	slices.SortFunc(edges, func(e, f edge) int {
		switch {
		case e.a[0] < f.a[0]:
			return -1
		case e.a[0] > f.a[0]:
			return 1
		}
		return 0
	})
	var live []edge
	for _, e := range edges {
		kept := live[:0]
		for _, f := range live {
			if f.b[0] < e.a[0] {
				continue
			}
			kept = append(kept, f)
			if !e.follows(f) && e.meets(f) {
				return true
			}
		}
		live = append(kept, e)
	}
	return false
}

// follows tells whether two edges share an end because one comes after the
// other. Rings have no spikes (see snap), so they share nothing else; the
// edges of a triangle all follow each other.
func (e edge) follows(f edge) bool {
	if e.ring != f.ring {
		return false
	}
	d := e.at - f.at
	return d == 1 || d == -1 || d == e.ringLength-1 || d == 1-e.ringLength
}

// meets is exact: units are whole and small.
func (e edge) meets(f edge) bool {
	if max(e.a[1], e.b[1]) < min(f.a[1], f.b[1]) || max(f.a[1], f.b[1]) < min(e.a[1], e.b[1]) {
		return false
	}
	s, t := side(e.a, e.b, f.a), side(e.a, e.b, f.b)
	u, v := side(f.a, f.b, e.a), side(f.a, f.b, e.b)
	if s == 0 && t == 0 { // on one line: their boxes meet in y, and in x by the sweep
		return true
	}
	return s*t <= 0 && u*v <= 0
}

// side is the sign of the turn from a through b to c.
func side(a, b, c orb.Point) int {
	switch t := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]); {
	case t > 0:
		return 1
	case t < 0:
		return -1
	}
	return 0
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
