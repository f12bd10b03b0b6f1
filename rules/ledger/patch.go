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
// of each one's patch; numbers count up from 0 by the first face. They mean
// nothing once stopped says why to end early: callers ask it afterwards.
func (l *Ledger) Patches(stopped func() error, faces []int, gap float64) []int {
	shapes := make([]*indexedShape, len(faces))
	for i, f := range faces {
		shapes[i] = indexShape(orb.MultiPolygon{l.Faces[f].Geometry})
	}
	return join(looksAt(stopped), shapes, gap, nil)
}

// join groups shapes that some line of at most gap metres joins: from a
// corner of one straight to the other, meeting no barrier. A road that runs
// all along between two fields parts them, one that ends between them does
// not. Shapes that touch are joined whatever lies there. The numbers count
// up from 0 by the first member.
func join(looks *looks, shapes []*indexedShape, gap float64, barriers []*indexedShape) []int {
	j := grouping{shapes, newDisjointSets(len(shapes)), max(gap, touching), barriers, indexOf(looks, barriers), looks}
	all := make([]int, len(shapes))
	for i := range all {
		all[i] = i
	}
	j.joinAtCorners(all)
	in := shapeSet{index: indexOf(looks, shapes)}
	in.note(j.groups)
	for a := range shapes {
		if looks.ended() {
			break
		}
		around(shapes, a, j.gap, in, func(b int) bool { return b > a && j.asked(a, b) }, func(b int) { j.pair(a, b) })
	}
	return j.groups.numbers()
}

// grouping is shapes on the way to their groups.
type grouping struct {
	shapes    []*indexedShape
	groups    disjointSets
	gap       float64
	barriers  []*indexedShape
	wallIndex *shapeIndex
	looks     *looks
}

// shapeSet is shapes among which others are looked for.
type shapeSet struct {
	index  *shapeIndex
	at     []int            // their places, nil where all shapes are in the index
	groups *geo.IndexGroups // of the index, where it was noted which are joined already, or nil
	joined disjointSets     // of all shapes, where groups are noted
}

// place is that of a shape of the index.
func (w *shapeSet) place(k int) int {
	if w.at == nil {
		return k
	}
	return w.at[k]
}

// note notes which shapes are joined by now: they are not met again.
func (w *shapeSet) note(joined disjointSets) {
	w.joined = joined
	w.groups = w.index.Groups(func(k int) int { return joined.find(w.place(k)) })
}

// search visits the shapes about a box, without those that are known to be
// joined to shape a.
func (w *shapeSet) search(box orb.Bound, a int, visit func(k int) bool) {
	if w.groups == nil {
		w.index.Search(box, visit)
		return
	}
	w.groups.SearchOthers(box, func(k int) bool { return w.joined.find(w.place(k)) == w.joined.find(a) }, visit)
}

// around visits the shapes that are asked about and whose boxes come as near as
// gap to that of shape a. Which of two shapes asks makes no difference, down to
// the last bit.
func around(shapes []*indexedShape, a int, gap float64, in shapeSet, asked func(b int) bool, visit func(b int)) {
	index := in.index
	met := 0
	var own corridor
	var lanes []corridor
	known := false // both are
	learn := func() { own, lanes, known = corridorOf(shapes[a]), index.lanes(), true }
	look := func(k int) bool {
		b := in.place(k)
		if met++; a == b || !asked(b) {
			return true
		}
		first, second := shapes[min(a, b)], shapes[max(a, b)]
		if !first.box.Pad(gap).Intersects(second.box) {
			return true
		}
		if met >= manyAround && !known {
			learn()
		}
		if met < manyAround || !own.clear(shapes[b], gap) && !lanes[k].clear(shapes[a], gap) {
			visit(b)
		}
		return true
	}
	if index.many.Load() {
		met = manyAround
		learn()
		if t := index.along(&own); t != nil {
			t.index.Search(t.box(shapes[a]).Pad(gap+touching), look)
			return
		}
	}
	in.search(shapes[a].box.Pad(gap+touching), a, look)
	if met > manyAround {
		if !known {
			learn()
		}
		index.busy(own.trend(), met)
	}
}

// apart tells that two shapes are in no common group so far.
func (j *grouping) apart(a, b int) bool { return j.groups.find(a) != j.groups.find(b) }

// asked tells whether it is worth while to hold two shapes against each other.
func (j *grouping) asked(a, b int) bool { return !j.looks.ended() && j.apart(a, b) }

// pair joins two shapes if a line does.
func (j *grouping) pair(a, b int) {
	if !j.apart(a, b) {
		return
	}
	bridges(j.shapes[min(a, b)], j.shapes[max(a, b)], j.gap, j.looks, func(line [2]orb.Point, length float64) bool {
		if length > touching && j.blocked(line) {
			return true
		}
		j.groups.join(a, b)
		return false
	})
}

// blocked tells whether a line meets any of the barriers.
func (j *grouping) blocked(line [2]orb.Point) bool {
	hit := false
	j.wallIndex.Search(boundOf(line), func(i int) bool {
		hit = meets(line, j.barriers[i])
		return !hit
	})
	return hit
}

// meets tells whether a line and a polygon share a point.
func meets(line [2]orb.Point, f *indexedShape) bool {
	if f.holds(line[0]) {
		return true
	}
	box := boundOf(line)
	return !f.near(&box, func(p, q *orb.Point) bool {
		edge := [2]orb.Point{*p, *q}
		if cross(line, edge) {
			return false
		}
		for _, l := range between(line, edge) {
			if l[0] == l[1] {
				return false
			}
		}
		return true
	})
}
