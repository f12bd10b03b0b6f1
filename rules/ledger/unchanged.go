package ledger

import (
	"github.com/paulmach/orb"
)

// unchanged is fields that are there before the plan and after it: what joins
// them is looked for once.
type unchanged struct {
	shapes []*indexedShape
	index  *shapeIndex
	groups []int    // those that no barrier parts, by number
	doubt  [][2]int // pairs that a barrier may part
}

// groupUnchanged looks for what joins fields, whichever of the barriers stand.
// The workers share them out.
func (w *builder) groupUnchanged(shapes, barriers []*indexedShape, gap float64) (unchanged, error) {
	gap = max(gap, touching)
	groups := newDisjointSets(len(shapes))
	var index, walls *shapeIndex
	err := w.sideBySide(func() error { index = indexOf(shapes); return nil },
		func() error { walls = indexOf(barriers); return nil })
	if err != nil {
		return unchanged{}, err
	}
	doubt := make([][]int, len(shapes))
	err = w.share(len(shapes), func(a int) error {
		looks := looksAt(w.stopped)
		asked := func(b int) bool { return b > a && !looks.ended() && groups.find(a) != groups.find(b) }
		around(shapes, a, gap, index, nil, asked, func(b int) {
			joined, doubtful := reach(shapes[a], shapes[b], gap, walls, looks)
			if joined {
				groups.join(a, b)
			} else if doubtful {
				doubt[a] = append(doubt[a], b)
			}
		})
		return looks.err
	})
	u := unchanged{shapes: shapes, index: index, groups: groups.numbers()}
	for a := range doubt {
		for _, b := range doubt[a] {
			u.doubt = append(u.doubt, [2]int{a, b})
		}
	}
	return u, err
}

// reach tells whether a line of at most gap metres joins two figures, and
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

// among joins the unchanged figures of a joining; at is their places there.
func (u *unchanged) among(j *grouping, at []int) {
	first := make([]int, len(u.shapes)) // of each group, the place of its first figure + 1
	for i, g := range u.groups {
		if first[g] == 0 {
			first[g] = at[i] + 1
		}
		j.groups.join(first[g]-1, at[i])
	}
	for _, p := range u.doubt {
		j.pair(at[p[0]], at[p[1]])
	}
}

// add joins other figures to those of an index, at their places, and to each
// other.
func (j *grouping) add(others []int, index *shapeIndex, at []int) {
	shapes := make([]*indexedShape, len(others))
	for i, a := range others {
		shapes[i] = j.shapes[a]
	}
	own := indexOf(shapes)
	for _, a := range others {
		around(j.shapes, a, j.gap, index, at, func(b int) bool { return j.asked(a, b) }, func(b int) { j.pair(a, b) })
		around(j.shapes, a, j.gap, own, others, func(b int) bool { return b > a && j.asked(a, b) }, func(b int) { j.pair(a, b) })
	}
}
