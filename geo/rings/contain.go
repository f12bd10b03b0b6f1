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
			n.inner = append(n.inner, orb.Point{xs[best] + float64(part*(xs[best+1]-xs[best])), low + float64(float64(k)*step)})
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
	return n.bound[1] + float64(step/2), step
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
		first, last := math.Ceil(float64((y0-low)/step)-1e-9), math.Floor(float64((y1-low)/step)+1e-9)
		for k := int(max(first, 0)); k <= int(min(last, float64(count-1))); k++ {
			y := low + float64(float64(k)*step)
			if (a[1] > y) != (b[1] > y) {
				xs[k] = append(xs[k], a[0]+float64((y-a[1])/(b[1]-a[1])*(b[0]-a[0])))
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
				p = orb.Point{float64(p[0]/2) + float64(q[0]/2), float64(p[1]/2) + float64(q[1]/2)}
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
