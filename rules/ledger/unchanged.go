package ledger

import (
	"context"
	"sync/atomic"

	"github.com/paulmach/orb"
)

// unchanged is fields that are there before the plan and after it: what joins
// them is looked for once.
type unchanged struct {
	shapes []*indexedShape
	index  *shapeIndex
	groups []int // those that no barrier parts, by number
	doubt  []int // shapes that a barrier may part from others, ascending
}

// groupUnchanged looks for what joins fields, whichever of the barriers stand.
// The workers share them out.
func (w *builder) groupUnchanged(ctx context.Context, shapes, barriers []*indexedShape, gap float64) (unchanged, error) {
	gap = max(gap, touching)
	groups := newDisjointSets(len(shapes))
	var index, walls *shapeIndex
	err := w.sideBySide(ctx, func(ctx context.Context) error { index = indexOf(looksAt(ending(ctx)), shapes); return stopped(ctx) },
		func(ctx context.Context) error { walls = indexOf(looksAt(ending(ctx)), barriers); return stopped(ctx) })
	if err != nil {
		return unchanged{}, err
	}
	doubt := make([]atomic.Bool, len(shapes))
	in := shapeSet{index: index}
	for k, gap := range gaps(gap, len(shapes)) {
		if k > 0 {
			in.note(groups)
		}
		err = w.share(ctx, len(shapes), func(a int) error {
			looks := looksAt(ending(ctx))
			gap := gap
			if walls.span(shapes[a]) {
				doubt[a].Store(true)
				gap = touching // a longer line begins or ends by the barrier
			}
			asked := func(b int) bool { return b > a && !looks.ended() && groups.find(a) != groups.find(b) }
			around(shapes, a, gap, in, asked, func(b int) {
				joined, doubtful := reach(shapes[a], shapes[b], gap, walls, looks)
				if joined {
					groups.join(a, b)
				} else if doubtful {
					doubt[a].Store(true)
					doubt[b].Store(true)
				}
			})
			return looks.err
		})
		if err != nil {
			return unchanged{}, err
		}
	}
	u := unchanged{shapes: shapes, index: index, groups: groups.numbers()}
	for a := range doubt {
		if doubt[a].Load() {
			u.doubt = append(u.doubt, a)
		}
	}
	return u, nil
}

// manyFields is from how many shapes on those are joined first that are nearest
// to each other: hundreds may lie within the gap of each. Tests set it lower.
var manyFields = 1 << 14

// gaps are those at which so many shapes are joined one after the other, up to
// the gap that was asked for.
func gaps(gap float64, shapes int) []float64 {
	if shapes < manyFields || gap <= touching {
		return []float64{gap}
	}
	return []float64{touching, gap / 27, gap / 9, gap / 3, gap}
}

// span tells whether the box of a barrier holds that of a shape: then it meets
// that of every line which leads from the shape.
func (walls *shapeIndex) span(f *indexedShape) bool {
	whole := false
	walls.Search(f.box, func(i int) bool {
		box := &walls.shapes[i].box
		whole = box.Contains(f.box.Min) && box.Contains(f.box.Max)
		return !whole
	})
	return whole
}

// reach tells whether a line of at most gap metres joins two shapes, and
// whether one does that a barrier may meet.
func reach(a, b *indexedShape, gap float64, walls *shapeIndex, looks *looks) (joined, doubtful bool) {
	bridges(a, b, gap, looks, func(line [2]orb.Point, length float64) bool {
		near := false
		if length > touching {
			walls.Search(boundOf(line), func(int) bool {
				near = true
				return false
			})
		}
		joined, doubtful = joined || !near, doubtful || near
		return near
	})
	return joined, doubtful
}

// among joins the unchanged shapes of a grouping; at is their places there.
func (u *unchanged) among(j *grouping, at []int) {
	first := make([]int, len(u.shapes)) // of each group, the place of its first shape + 1
	for i, g := range u.groups {
		if first[g] == 0 {
			first[g] = at[i] + 1
		}
		j.groups.join(first[g]-1, at[i])
	}
}

// settle joins the unchanged shapes that a barrier may part, where none of those
// that stand does. What touches is joined by then.
func (u *unchanged) settle(j *grouping, at []int) {
	doubt := make([]bool, len(j.shapes))
	walled := make([]bool, len(u.shapes))
	any := false
	for _, i := range u.doubt {
		if j.looks.ended() {
			return
		}
		doubt[at[i]], walled[i] = true, j.walledIn(u.shapes[i])
		any = any || walled[i]
	}
	open := shapeSet{index: u.index, at: at}
	if any {
		open = u.open(j, at, walled)
	}
	for _, gap := range gaps(j.gap, len(u.doubt)) {
		open.note(j.groups)
		for _, i := range u.doubt {
			a, once := at[i], !walled[i] // each pair of which both are in doubt is met once
			asked := func(b int) bool { return (b > a || !once || !doubt[b]) && j.asked(a, b) }
			around(j.shapes, a, gap, open, asked, func(b int) { j.pair(a, b) })
		}
	}
}

// open is the shapes that are not walled in: with one that is no other of its
// kind is to be held.
func (u *unchanged) open(j *grouping, at []int, walled []bool) shapeSet {
	var shapes []*indexedShape
	var places []int
	for i, f := range u.shapes {
		if !walled[i] {
			shapes, places = append(shapes, f), append(places, at[i])
		}
	}
	return shapeSet{index: indexOf(j.looks, shapes), at: places}
}

// walledIn tells that all corners of a shape lie on outlines of barriers. No line
// that begins in one of them joins it to anything, and between two such shapes
// there are no others.
func (j *grouping) walledIn(f *indexedShape) bool {
	for p := range corners(f) {
		on := false
		j.wallIndex.Search(orb.Bound{Min: p, Max: p}, func(i int) bool {
			on = j.barriers[i].onOutline(p)
			return !on
		})
		if !on || j.looks.ended() {
			return false
		}
	}
	return true
}

// add joins other shapes to those of an index, at their places, and to each
// other.
func (j *grouping) add(others []int, index *shapeIndex, at []int) {
	shapes := make([]*indexedShape, len(others))
	for i, a := range others {
		shapes[i] = j.shapes[a]
	}
	to, own := shapeSet{index: index, at: at}, shapeSet{index: indexOf(j.looks, shapes), at: others}
	j.joinAtCorners(others)
	for _, gap := range gaps(j.gap, len(others)) {
		own.note(j.groups)
		to.note(j.groups)
		for _, a := range others {
			if j.looks.ended() {
				return
			}
			around(j.shapes, a, gap, own, func(b int) bool { return b > a && j.asked(a, b) }, func(b int) { j.pair(a, b) })
			around(j.shapes, a, gap, to, func(b int) bool { return j.asked(a, b) }, func(b int) { j.pair(a, b) })
		}
	}
}
