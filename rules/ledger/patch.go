package ledger

import (
	"landcheck/geo"

	"github.com/paulmach/orb"
)

// touching is how near two outlines count as one border: faces of different
// changes are noded apart, so a shared border may differ by the input grid.
const touching = 0.001 // m

// Patches joins faces that share a border, or come nearer than gap metres,
// into patches. It gives, parallel to faces (indices into Faces), the number
// of each one's patch; numbers count up from 0 by the first face.
func (l *Ledger) Patches(faces []int, gap float64) []int {
	outlines := make([]orb.MultiPolygon, len(faces))
	for i, f := range faces {
		outlines[i] = orb.MultiPolygon{l.Faces[f].Geometry}
	}
	return join(outlines, gap, nil)
}

// join groups outlines that some line of at most gap metres joins: from a
// corner of one straight to the other, meeting no barrier. A road that runs
// all along between two fields parts them, one that ends between them does
// not. Outlines that touch are joined whatever lies there. The numbers count
// up from 0 by the first member.
func join(outlines []orb.MultiPolygon, gap float64, barriers []orb.MultiPolygon) []int {
	gap = max(gap, touching)
	boxes := make([]orb.Bound, len(outlines))
	for i, o := range outlines {
		boxes[i] = geo.Bound(o)
	}
	walls := make([]orb.Bound, len(barriers))
	for i, b := range barriers {
		walls[i] = geo.Bound(b)
	}
	index, wallIndex := geo.NewIndex(boxes), geo.NewIndex(walls)
	groups := newGroups(len(outlines))
	for i := range outlines {
		near := boxes[i].Pad(gap)
		index.Search(near, func(j int) bool {
			if j <= i || groups.find(i) == groups.find(j) {
				return true
			}
			bridges(outlines[i], outlines[j], boxes[j], gap, func(line [2]orb.Point, length float64) bool {
				if length > touching && blocked(line, barriers, wallIndex) {
					return true
				}
				groups.join(i, j)
				return false
			})
			return true
		})
	}
	return groups.numbers()
}

// blocked tells whether a line meets any of the barriers.
func blocked(line [2]orb.Point, barriers []orb.MultiPolygon, index *geo.Index) bool {
	hit := false
	box := boundOf(line)
	index.Search(box, func(i int) bool {
		hit = meets(line, barriers[i])
		return !hit
	})
	return hit
}

// meets tells whether a line and a polygon share a point.
func meets(line [2]orb.Point, mp orb.MultiPolygon) bool {
	if geo.Locate(line[0], mp) != geo.Outside {
		return true
	}
	for edge := range edges(mp) {
		if cross(line, edge) {
			return true
		}
		for _, l := range between(line, edge) {
			if l[0] == l[1] {
				return true
			}
		}
	}
	return false
}

// groups is a union of sets.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g groups) find(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

// join makes the smaller root the root, so that numbers follow first members.
func (g groups) join(i, j int) {
	i, j = g.find(i), g.find(j)
	g[max(i, j)] = min(i, j)
}

func (g groups) numbers() []int {
	out := make([]int, len(g))
	next := 0
	for i := range g {
		if r := g.find(i); r == i {
			out[i] = next
			next++
		} else {
			out[i] = out[r]
		}
	}
	return out
}
