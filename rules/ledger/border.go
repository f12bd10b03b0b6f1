package ledger

import (
	"math"
	"slices"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// shared is how much of the members' outlines lies between two of them: edges
// that run against each other within a millimetre, as the borders of polygons
// do whose inside is to the left.
func (n *componentSearch) shared(members []int) float64 {
	in := map[int]bool{}
	for _, i := range members {
		in[i] = true
	}
	sum := 0.0
	wheels := map[int32]*wheel{}
	for _, a := range members {
		var own []*wheel
		for _, h := range n.hubs.hubs(a) {
			if wheels[h] == nil {
				wheels[h] = n.wheel(h, in)
			}
			own = append(own, wheels[h])
		}
		var beside []int
		for _, b := range n.neighbours(a) {
			if in[b] {
				beside = append(beside, b)
			}
		}
		if len(beside)+len(own) == 0 {
			continue
		}
		for e := range edges(n.indexed[a].outline) {
			if n.looks.ended() {
				return 0
			}
			sum += n.against(a, e, beside, own)
		}
	}
	return sum
}

// against is the length of an edge of shape a that edges of other shapes run
// along: of some beside it, and of those that it meets in hubs.
func (n *componentSearch) against(a int, e [2]orb.Point, others []int, wheels []*wheel) float64 {
	dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
	length := portable.Hypot(dx, dy)
	if length == 0 {
		return 0
	}
	reach := boundOf(e).Pad(touching)
	var parts [][2]float64
	add := func(f *[2]orb.Point) {
		if from, to, ok := alongside(e, dx/length, dy/length, length, *f); ok {
			parts = append(parts, [2]float64{from, to})
		}
	}
	for _, b := range others {
		if !n.indexed[b].box.Intersects(reach) {
			continue
		}
		n.indexed[b].near(&reach, func(p, q *orb.Point) bool {
			add(&[2]orb.Point{*p, *q})
			return !n.looks.ended()
		})
	}
	for _, w := range wheels {
		w.along(a, e, n.looks, add)
	}
	return covered(parts)
}

// covered is the length that parts of an edge cover together.
func covered(parts [][2]float64) float64 {
	slices.SortFunc(parts, func(a, b [2]float64) int { return slices.Compare(a[:], b[:]) })
	sum, end := 0.0, 0.0
	for _, p := range parts {
		if from := max(p[0], end); p[1] > from {
			sum += p[1] - from
			end = p[1]
		}
	}
	return sum
}

// along is the length of an edge that outlines run along, either way.
func along(e [2]orb.Point, outlines []*indexedShape) float64 {
	dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
	length := portable.Hypot(dx, dy)
	if length == 0 {
		return 0
	}
	reach := boundOf(e).Pad(touching)
	var parts [][2]float64
	for _, f := range outlines {
		f.near(&reach, func(p, q *orb.Point) bool {
			for _, g := range [][2]orb.Point{{*p, *q}, {*q, *p}} {
				if from, to, ok := alongside(e, dx/length, dy/length, length, g); ok {
					parts = append(parts, [2]float64{from, to})
				}
			}
			return true
		})
	}
	return covered(parts)
}

// alongside is the part of edge e, in metres from its start, along which edge f
// runs the other way no further off than a millimetre; ux, uy is e's direction.
func alongside(e [2]orb.Point, ux, uy, length float64, f [2]orb.Point) (from, to float64, ok bool) {
	fx, fy := f[1][0]-f[0][0], f[1][1]-f[0][1]
	if float64(fx*ux)+float64(fy*uy) > -0.99*portable.Hypot(fx, fy) {
		return 0, 0, false
	}
	// f in e's own axes: s along it, t across.
	s0, t0 := float64((f[0][0]-e[0][0])*ux)+float64((f[0][1]-e[0][1])*uy), float64((f[0][1]-e[0][1])*ux)-float64((f[0][0]-e[0][0])*uy)
	s1, t1 := float64((f[1][0]-e[0][0])*ux)+float64((f[1][1]-e[0][1])*uy), float64((f[1][1]-e[0][1])*ux)-float64((f[1][0]-e[0][0])*uy)
	// Clip f to |t| ≤ touching, then to e.
	lo, hi := 0.0, 1.0
	if t0 == t1 {
		if math.Abs(t0) > touching {
			return 0, 0, false
		}
	} else {
		a, b := (-touching-t0)/(t1-t0), (touching-t0)/(t1-t0)
		lo, hi = max(lo, min(a, b)), min(hi, max(a, b))
	}
	if lo >= hi {
		return 0, 0, false
	}
	p, q := s0+float64(lo*(s1-s0)), s0+float64(hi*(s1-s0))
	from, to = max(0, min(p, q)), min(length, max(p, q))
	return from, to, from < to
}
