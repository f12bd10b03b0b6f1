package rings

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// rounding is the share of a ring that may lie outside of another for the two
// to be taken as nested and crossing by rounding only.
const rounding = 0.02

// holds reports whether the inner ring belongs inside the outer one, which is
// at least as large.
func (outer *node) holds(inner *node, work *int) bool {
	same := (outer.area > 0) == (inner.area > 0)
	alike := math.Abs(inner.area) >= (1-rounding)*math.Abs(outer.area)
	if alike && outer.bound == inner.bound && inner.area != 0 && math.Abs(inner.area) == math.Abs(outer.area) {
		return false // the same ring twice: two polygons for the kernel to judge, not a polygon and its hole
	}
	points := inner.points(work)
	if len(points) == 0 {
		return outer.contains(inner, work) // no area to go by
	}
	in, out := 0, 0
	for _, p := range points {
		if *work < 0 {
			return false
		}
		switch outer.side(p, work) {
		case inside:
			in++
		case outside:
			out++
		}
	}
	switch {
	case out == 0 && in == 0:
		return outer.contains(inner, work)
	case in == 0:
		return false
	case out == 0 && !alike && (!same || outer.bound.covers(inner.bound)):
		return true
	}
	share := outer.share(inner, work)
	if same {
		if alike && share < 1 && outer.leaves(inner, work) {
			return false // a copy of it, moved by rounding
		}
		return share > 1-rounding
	}
	return share > 0.5
}

// leaves reports whether a vertex of the inner ring lies outside.
func (outer *node) leaves(inner *node, work *int) bool {
	for _, p := range inner.ring[1:] {
		if *work < 0 || outer.side(p, work) == outside {
			return true
		}
	}
	return false
}

// sampled are the levels at which points inside a ring are taken, and measured
// those at which shares of area are.
const (
	sampled  = 5
	measured = 97
)

// points are places inside the ring: at each of some levels three of the
// longest stretch, away from its ends.
func (n *node) points(work *int) []orb.Point {
	if n.inner != nil || n.area == 0 {
		return n.inner
	}
	n.inner = []orb.Point{}
	low, step := n.levels(sampled)
	for k, xs := range n.stretches(low, step, sampled, work) {
		best := -1
		for i := 0; i+1 < len(xs); i += 2 {
			if best < 0 || xs[i+1]-xs[i] > xs[best+1]-xs[best] {
				best = i
			}
		}
		if best < 0 || !(xs[best+1] > xs[best]) {
			continue
		}
		for _, part := range []float64{1. / 6, 1. / 2, 5. / 6} {
			n.inner = append(n.inner, orb.Point{xs[best] + part*(xs[best+1]-xs[best]), low + float64(k)*step})
		}
	}
	return n.inner
}

// share is the part of the inner ring's area that lies inside the outer one,
// measured along lines.
func (outer *node) share(inner *node, work *int) float64 {
	low, step := inner.levels(measured)
	a, b := inner.stretches(low, step, measured, work), outer.stretches(low, step, measured, work)
	all, both := 0.0, 0.0
	for k := range a {
		for i := 0; i+1 < len(a[k]); i += 2 {
			all += a[k][i+1] - a[k][i]
			for j := 0; j+1 < len(b[k]); j += 2 {
				if *work--; *work < 0 {
					return 0
				}
				both += max(0, min(a[k][i+1], b[k][j+1])-max(a[k][i], b[k][j]))
			}
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}

// levels are evenly spread over the ring's height, between its ends.
func (n *node) levels(count int) (low, step float64) {
	step = (n.bound[3] - n.bound[1]) / float64(count)
	return n.bound[1] + step/2, step
}

// stretches are, for each level, where the ring begins and ends along it, by
// x: it is inside from every first to every second of them.
func (n *node) stretches(low, step float64, count int, work *int) [][]float64 {
	xs := make([][]float64, count)
	*work -= len(n.ring) + level*count
	if !(step > 0) {
		return xs
	}
	for i, b := range n.ring[1:] {
		a := n.ring[i]
		y0, y1 := min(a[1], b[1]), max(a[1], b[1])
		first, last := math.Ceil((y0-low)/step-1e-9), math.Floor((y1-low)/step+1e-9)
		for k := int(max(first, 0)); k <= int(min(last, float64(count-1))); k++ {
			y := low + float64(k)*step
			if (a[1] > y) != (b[1] > y) {
				xs[k] = append(xs[k], a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]))
				*work--
			}
		}
	}
	for _, x := range xs {
		slices.Sort(x)
	}
	return xs
}

// contains is holds for a ring without area, judged
// by points of the inner ring that are off the outer ring's line, so rings may
// touch at vertices and along edges. Rings of drawn maps sometimes cross a
// little; then most of some vertices spread along the ring decide, and a lead
// of three is enough. Each edge looked at is taken off work; below zero the
// answer means nothing.
func (outer *node) contains(inner *node, work *int) bool {
	ring := inner.ring[1:]
	lead := 0
	for k := range votes {
		p := ring[k*voteStride%votes*len(ring)/votes]
		lead += int(outer.side(p, work))
		if lead >= 3 || lead <= -3 || *work < 0 {
			break
		}
	}
	if lead != 0 {
		return lead > 0
	}
	// Most of the ring runs along the other, so every point counts.
	middle := false
	for range 2 {
		for i, p := range ring {
			if *work < 0 {
				return false
			}
			if middle {
				q := inner.ring[i]
				p = orb.Point{p[0]/2 + q[0]/2, p[1]/2 + q[1]/2}
			}
			if s := outer.side(p, work); s != onLine {
				return s == inside
			}
		}
		middle = true
	}
	// All of it runs along the outer ring: the same ring twice, which is two
	// polygons for the kernel to judge, not a polygon and its hole.
	return false
}

const (
	votes      = 16
	voteStride = 5 // visits all sixteenths of a ring, neighbours not in turn
)

// place is where a point lies with regard to a ring.
type place int

const (
	outside place = -1
	onLine  place = 0
	inside  place = +1
)

// side counts the edges to the right of the point.
func (n *node) side(p orb.Point, work *int) place {
	if n.tested++; n.bands == nil && n.tested > 8 && len(n.ring) > 64 {
		n.bands = newBands(n.ring, n.bound)
	}
	in := false
	if n.bands == nil {
		*work -= len(n.ring)
		for i, b := range n.ring[1:] {
			on, crosses := edge(n.ring[i], b, p)
			if on {
				return onLine
			}
			in = in != crosses
		}
	} else {
		edges := n.bands.at(p[1])
		*work -= len(edges)
		for _, i := range edges {
			on, crosses := edge(n.ring[i], n.ring[i+1], p)
			if on {
				return onLine
			}
			in = in != crosses
		}
	}
	if in {
		return inside
	}
	return outside
}

// edge reports whether p lies on the edge from a to b, and if not whether a
// ray from p to the right crosses it. Half-open in y, so that a vertex on the
// ray counts once.
func edge(a, b, p orb.Point) (on, crosses bool) {
	x, y := p[0], p[1]
	if (a[1] > y) != (b[1] > y) {
		// The sign of the cross product says on which side of the edge the
		// point lies; differences keep it exact for near points.
		cross := (b[0]-a[0])*(y-a[1]) - (x-a[0])*(b[1]-a[1])
		return cross == 0, (cross > 0) == (b[1] > a[1])
	}
	if a[1] == y && b[1] == y {
		return min(a[0], b[0]) <= x && x <= max(a[0], b[0]), false
	}
	return a == p || b == p, false
}

// bands are the edges of a ring by the strips of y that they reach, so that a
// red line of 50 000 vertices does not pay for all of them at each hole.
type bands struct {
	low, scale float64
	starts     []int32 // of each band in edges, and the end
	edges      []int32
}

func newBands(ring orb.Ring, bound box) *bands {
	n := min(4096, len(ring)/4)
	b := &bands{low: bound[1]}
	for ; ; n /= 2 {
		b.scale = float64(n) / (bound[3] - bound[1])
		b.starts = make([]int32, n+1)
		total := 0
		for i := range len(ring) - 1 {
			first, last := b.reach(ring, i)
			total += last - first + 1
			for k := first; k <= last && total <= 8*len(ring); k++ {
				b.starts[k+1]++
			}
		}
		if total <= 8*len(ring) { // else the edges are long; one band always fits
			break
		}
	}
	for k := range n {
		b.starts[k+1] += b.starts[k]
	}
	b.edges = make([]int32, b.starts[n])
	next := append([]int32(nil), b.starts...)
	for i := range len(ring) - 1 {
		first, last := b.reach(ring, i)
		for k := first; k <= last; k++ {
			b.edges[next[k]] = int32(i)
			next[k]++
		}
	}
	return b
}

func (b *bands) reach(ring orb.Ring, i int) (first, last int) {
	y0, y1 := ring[i][1], ring[i+1][1]
	return b.band(min(y0, y1)), b.band(max(y0, y1))
}

func (b *bands) band(y float64) int {
	f := (y - b.low) * b.scale
	if !(f > 0) { // also NaN, for a ring without height
		return 0
	}
	return int(min(f, float64(len(b.starts)-2)))
}

// at lists the edges that reach the strip of y.
func (b *bands) at(y float64) []int32 {
	k := b.band(y)
	return b.edges[b.starts[k]:b.starts[k+1]]
}
