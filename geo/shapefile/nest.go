package shapefile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// nest builds polygons of rings that may come in any order and orientation,
// by containment alone: a ring inside an even number of others is an outer
// ring (counter-clockwise in the result), one inside an odd number a hole of
// the smallest ring around it (clockwise). Polygons keep the order in which
// their outer rings came. Rings are turned in place.
//
// Rings are taken not to cross; if they do, the result is some polygon of
// these rings, which the kernel then finds invalid. It reports false if
// settling the containment would take unreasonably long.
func nest(rings []orb.Ring) (orb.MultiPolygon, bool) {
	if len(rings) == 1 {
		turn(rings[0], signedArea(rings[0]), +1)
		return orb.MultiPolygon{orb.Polygon{rings[0]}}, true
	}
	nodes := make([]node, len(rings))
	for i, ring := range rings {
		nodes[i] = newNode(ring, i)
	}
	bySize := slices.Clone(nodes)
	slices.SortStableFunc(bySize, func(a, b node) int { return cmp.Compare(math.Abs(b.area), math.Abs(a.area)) })
	work := maxNestWork
	for i := range bySize {
		inner := &bySize[i]
		// The first container from small to large is the parent.
		for j := i - 1; j >= 0; j-- {
			outer := &bySize[j]
			work--
			if !outer.bound.covers(inner.bound) {
				continue
			}
			work -= len(outer.ring)
			if work < 0 {
				return nil, false
			}
			if outer.contains(inner) {
				inner.depth, inner.parent = outer.depth+1, outer.order
				break
			}
		}
		nodes[inner.order] = *inner
	}
	return assemble(nodes), true
}

const maxNestWork = 1 << 31 // box and edge tests, a few seconds

// node is a ring and its place in the nesting.
type node struct {
	ring   orb.Ring
	area   float64 // signed
	bound  box
	order  int // as it came
	depth  int
	parent int // order of the smallest ring around it
}

func newNode(ring orb.Ring, order int) node {
	b := emptyBox
	for _, p := range ring {
		b = box{min(b[0], p[0]), min(b[1], p[1]), max(b[2], p[0]), max(b[3], p[1])}
	}
	return node{ring: ring, area: signedArea(ring), bound: b, order: order, parent: -1}
}

func assemble(nodes []node) orb.MultiPolygon {
	slot := make([]int, len(nodes)) // of the polygon that a ring opens
	var polygons orb.MultiPolygon
	for i, n := range nodes {
		if n.depth%2 == 0 {
			turn(n.ring, n.area, +1)
			slot[i] = len(polygons)
			polygons = append(polygons, orb.Polygon{n.ring})
		}
	}
	for _, n := range nodes {
		if n.depth%2 == 1 {
			turn(n.ring, n.area, -1)
			k := slot[n.parent]
			polygons[k] = append(polygons[k], n.ring)
		}
	}
	return polygons
}

// turn reverses a ring whose orientation is not the wanted one.
func turn(ring orb.Ring, area, want float64) {
	if area*want < 0 {
		slices.Reverse(ring)
	}
}

// signedArea is positive for a counter-clockwise ring. Coordinates are taken
// from the first vertex, or a false easting of 37 500 000 would drown a small
// parcel.
func signedArea(ring orb.Ring) float64 {
	x0, y0 := ring[0][0], ring[0][1]
	sum, px, py := 0.0, 0.0, 0.0
	for _, p := range ring[1:] {
		x, y := p[0]-x0, p[1]-y0
		sum += px*y - x*py
		px, py = x, y
	}
	return sum / 2
}

func (b box) covers(o box) bool {
	return b[0] <= o[0] && b[1] <= o[1] && b[2] >= o[2] && b[3] >= o[3]
}
