package tile

import (
	"cmp"
	"math"
	"slices"
)

// arranger makes valid figures of rings on the lattice, whatever rounding and
// clipping did to them: edges are cut where they meet, on lattice points again
// (snap rounding, Hobby 1999, repeated until nothing crosses), and what more
// rings run round than back is inside. It is reused from figure to figure.
type arranger struct {
	cells cells
	edges []edge
	cuts  []cut
	sweep sweep
}

// cut is where an edge is cut.
type cut struct {
	edge int32
	at   point
}

const (
	maxRounds = 24 // of cutting; two or three do for land
	maxWork   = 8 << 20
)

// simple tells whether a ring meets itself nowhere.
func (a *arranger) simple(r []point) bool {
	a.edges = a.edges[:0]
	n := int32(len(r))
	for i := range n {
		a.edges = append(a.edges, newEdge(r[i], r[(i+1)%n]))
	}
	work := maxWork
	return a.cells.pairs(a.edges, &work, func(i, j int32) bool {
		if d := i - j; d == 1 || d == -1 || d == n-1 || d == 1-n {
			return true // they follow each other, and there are no spikes
		}
		return !meets(&a.edges[i], &a.edges[j])
	})
}

// meets tells whether two edges share a point.
func meets(e, f *edge) bool {
	s, t := sign(side(e.a, e.b, f.a)), sign(side(e.a, e.b, f.b))
	if s == 0 && t == 0 { // on one line, and their boxes meet
		return true
	}
	return s*t <= 0 && sign(side(f.a, f.b, e.a))*sign(side(f.a, f.b, e.b)) <= 0
}

func sign(x int64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// polygons makes valid polygons of rings, outer ones first in each. It gives
// up, with false, where too much meets: more than there is work for.
func (a *arranger) polygons(rings [][]point, work *int) ([][][]point, bool) {
	a.edges = a.edges[:0]
	for _, r := range rings {
		for i := range r {
			if p, q := r[i], r[(i+1)%len(r)]; p != q {
				a.edges = append(a.edges, newEdge(p, q))
			}
		}
	}
	if !a.node(work) {
		return nil, false
	}
	return a.sweep.polygons(a.edges), true
}

// node cuts the edges at each other until they meet at their ends only.
func (a *arranger) node(work *int) bool {
	for range maxRounds {
		a.merge()
		a.cuts = a.cuts[:0]
		if !a.cells.pairs(a.edges, work, func(i, j int32) bool { a.cross(i, j); return true }) {
			return false
		}
		if len(a.cuts) == 0 {
			return true
		}
		a.split()
	}
	return false
}

// merge makes one edge of those with the same ends; what runs to and fro as
// often is none.
func (a *arranger) merge() {
	slices.SortFunc(a.edges, func(e, f edge) int { return cmp.Compare(e.key(), f.key()) })
	out := a.edges[:0]
	for _, e := range a.edges {
		if n := len(out); n > 0 && out[n-1].a == e.a && out[n-1].b == e.b {
			if out[n-1].wind += e.wind; out[n-1].wind == 0 {
				out = out[:n-1]
			}
			continue
		}
		out = append(out, e)
	}
	a.edges = out
}

// cross notes where two edges are to be cut.
func (a *arranger) cross(i, j int32) {
	e, f := &a.edges[i], &a.edges[j]
	s, t := side(e.a, e.b, f.a), side(e.a, e.b, f.b)
	u, v := side(f.a, f.b, e.a), side(f.a, f.b, e.b)
	if sign(s)*sign(t) < 0 && sign(u)*sign(v) < 0 {
		k := float64(u) / float64(u-v)
		p := point{e.a.X + int32(math.Round(k*float64(e.b.X-e.a.X))), e.a.Y + int32(math.Round(k*float64(e.b.Y-e.a.Y)))}
		a.cut(i, p)
		a.cut(j, p)
		return
	}
	for _, x := range [...]struct {
		on   int64
		edge int32
		at   point
	}{{s, i, f.a}, {t, i, f.b}, {u, j, e.a}, {v, j, e.b}} {
		if x.on == 0 && a.edges[x.edge].holds(x.at) {
			a.cut(x.edge, x.at)
		}
	}
}

// holds tells whether a point on the line of an edge lies on the edge.
func (e *edge) holds(p point) bool {
	return !p.before(e.a) && !e.b.before(p)
}

func (a *arranger) cut(i int32, p point) {
	if e := &a.edges[i]; p != e.a && p != e.b {
		a.cuts = append(a.cuts, cut{i, p})
	}
}

// split replaces edges by their pieces.
func (a *arranger) split() {
	slices.SortFunc(a.cuts, func(x, y cut) int {
		if x.edge != y.edge {
			return int(x.edge - y.edge)
		}
		e := &a.edges[x.edge]
		if d := along(e, x.at) - along(e, y.at); d != 0 {
			return sign(d)
		}
		return compare(x.at, y.at)
	})
	for from := 0; from < len(a.cuts); {
		i := a.cuts[from].edge
		whole := a.edges[i]
		last, first := whole.a, true
		put := func(to point) {
			if last == to {
				return
			}
			piece := newEdge(last, to)
			piece.wind *= whole.wind
			if last = to; first {
				a.edges[i], first = piece, false
				return
			}
			a.edges = append(a.edges, piece)
		}
		for ; from < len(a.cuts) && a.cuts[from].edge == i; from++ {
			put(a.cuts[from].at)
		}
		put(whole.b)
	}
}

// along is how far along an edge a point lies.
func along(e *edge, p point) int64 {
	return int64(e.b.X-e.a.X)*int64(p.X-e.a.X) + int64(e.b.Y-e.a.Y)*int64(p.Y-e.a.Y)
}
