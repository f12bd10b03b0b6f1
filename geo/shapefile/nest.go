package shapefile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// maxNestWork bounds the edge and box tests of one record, about a second.
const maxNestWork = 1 << 29

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
	nodes := make([]*node, len(rings))
	for i, ring := range rings {
		nodes[i] = newNode(ring)
	}
	bySize := slices.Clone(nodes)
	slices.SortStableFunc(bySize, func(a, b *node) int { return cmp.Compare(math.Abs(b.area), math.Abs(a.area)) })
	around := containers(bySize)
	work := maxNestWork
	for i, inner := range bySize {
		// The first container from small to large is the parent.
		for _, j := range around(i) {
			outer := bySize[j]
			if work--; outer.bound.covers(inner.bound) && outer.contains(inner, &work) {
				inner.depth, inner.parent = outer.depth+1, outer
				break
			}
			if work < 0 {
				return nil, false
			}
		}
	}
	return assemble(nodes), true
}

// containers returns a function that lists the rings, given from large to
// small, whose boxes may cover that of ring i: from the smallest up, all of
// them larger than ring i.
func containers(bySize []*node) func(i int) []int {
	var list []int
	if len(bySize) <= 64 {
		return func(i int) []int {
			list = list[:0]
			for j := i - 1; j >= 0; j-- {
				list = append(list, j)
			}
			return list
		}
	}
	boxes := make([]orb.Bound, len(bySize))
	for i, n := range bySize {
		boxes[i] = orb.Bound{Min: orb.Point{n.bound[0], n.bound[1]}, Max: orb.Point{n.bound[2], n.bound[3]}}
	}
	index := geo.NewIndex(boxes)
	return func(i int) []int {
		list = list[:0]
		corner := orb.Bound{Min: boxes[i].Min, Max: boxes[i].Min}
		index.Search(corner, func(j int) bool {
			if j < i {
				list = append(list, j)
			}
			return true
		})
		slices.SortFunc(list, func(a, b int) int { return b - a })
		return list
	}
}

// node is a ring and its place in the nesting.
type node struct {
	ring   orb.Ring
	area   float64 // signed
	bound  box
	depth  int
	parent *node // the smallest ring around it
	slot   int   // the polygon that it opens
	tested int
	bands  *bands
}

func newNode(ring orb.Ring) *node {
	b := emptyBox
	for _, p := range ring {
		b = box{min(b[0], p[0]), min(b[1], p[1]), max(b[2], p[0]), max(b[3], p[1])}
	}
	return &node{ring: ring, area: signedArea(ring), bound: b}
}

func assemble(nodes []*node) orb.MultiPolygon {
	var polygons orb.MultiPolygon
	for _, n := range nodes {
		if n.depth%2 == 0 {
			turn(n.ring, n.area, +1)
			n.slot = len(polygons)
			polygons = append(polygons, orb.Polygon{n.ring})
		}
	}
	for _, n := range nodes {
		if n.depth%2 == 1 {
			turn(n.ring, n.area, -1)
			k := n.parent.slot
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
