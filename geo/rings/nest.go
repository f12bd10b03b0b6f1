// Package rings makes polygons of rings that formats give without saying which
// is a hole of which: Shapefile and survey coordinates.
package rings

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

const (
	// maxNestWork bounds the edge and box tests of one record, about two seconds.
	maxNestWork = 1 << 29
	// listed is what a ring found by its box costs, and level what a line that
	// areas are measured along does, in such tests.
	listed, level = 16, 32
	// manyRings is from where on an index of rings costs less than it saves.
	manyRings = 64
)

// Nest builds polygons of closed rings of three distinct points or more that may
// come in any order and orientation: a ring inside an even number of others is
// an outer ring (counter-clockwise in the result), one inside an odd number a
// hole of the smallest ring around it (clockwise). Polygons keep the order in
// which their outer rings came. Rings are turned in place.
//
// Inside is where most of a ring's area lies, so that a hole drawn along its
// shell, touching it or crossing it by what rounding moves belongs to it
// whichever vertex comes first (README.md of shapefile). Rings that cross by more are told
// apart by orientation: one that runs the other way is a hole, one that runs
// the same way a part of its own. The area is that of shell minus hole; the
// kernel finds such a polygon invalid and subtracts the one from the other.
//
// It reports false if settling this would take unreasonably long.
func Nest(rings []orb.Ring) (orb.MultiPolygon, bool) {
	if len(rings) == 1 {
		turn(rings[0], geo.PlaneRing(rings[0]), +1)
		return orb.MultiPolygon{orb.Polygon{rings[0]}}, true
	}
	nodes := make([]*node, len(rings))
	for i, ring := range rings {
		nodes[i] = newNode(ring)
	}
	if len(rings) > manyRings {
		if parents, ok := geo.Nesting(rings); ok {
			adopt(nodes, parents)
			return assemble(nodes), true
		}
	}
	bySize := slices.Clone(nodes)
	slices.SortStableFunc(bySize, func(a, b *node) int { return cmp.Compare(math.Abs(b.area), math.Abs(a.area)) })
	work := maxNestWork
	around := containers(bySize, &work)
	for i, inner := range bySize {
		// The first container from small to large is the parent.
		for _, j := range around(i) {
			outer := bySize[j]
			if work--; outer.bound.meets(inner.bound) && outer.holds(inner, &work) {
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
// small, whose boxes may meet that of ring i: from the smallest up, all of
// them larger than ring i.
func containers(bySize []*node, work *int) func(i int) []int {
	var list []int
	if len(bySize) <= manyRings {
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
		index.Search(boxes[i], func(j int) bool {
			if *work -= listed; j < i {
				list = append(list, j)
			}
			return *work >= 0
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
	inner  []orb.Point // points inside, spread over the ring, once they were made
}

func newNode(ring orb.Ring) *node {
	b := emptyBox
	for _, p := range ring {
		b = box{min(b[0], p[0]), min(b[1], p[1]), max(b[2], p[0]), max(b[3], p[1])}
	}
	return &node{ring: ring, area: geo.PlaneRing(ring), bound: b}
}

// adopt notes which ring lies in which, where that is known. Rings around
// others begin lower, so that theirs is known first: their areas may be the
// same but for rounding.
func adopt(nodes []*node, parents []int) {
	order := make([]int, len(nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(nodes[i].bound[1], nodes[j].bound[1]) })
	for _, i := range order {
		if p := parents[i]; p >= 0 {
			nodes[i].parent, nodes[i].depth = nodes[p], nodes[p].depth+1
		}
	}
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

// box is west, south, east, north.
type box [4]float64

var emptyBox = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}

func (b box) meets(o box) bool {
	return b[0] <= o[2] && o[0] <= b[2] && b[1] <= o[3] && o[1] <= b[3]
}

func (b box) covers(o box) bool {
	return b[0] <= o[0] && b[1] <= o[1] && b[2] >= o[2] && b[3] >= o[3]
}
