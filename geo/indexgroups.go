package geo

import "github.com/paulmach/orb"

// IndexGroups knows which nodes of an index hold items of one group alone, so
// that a search for items of other groups passes over them: among 200 000 fields
// that are one block already nothing is left to look at. Groups may be joined
// meanwhile, but not parted.
type IndexGroups struct {
	*Index
	members []int32 // node → an item below it where all are of one group, else mixed
}

const mixed = -1

// Groups notes the groups of the items as they are now.
func (ix *Index) Groups(of func(i int) int) *IndexGroups {
	g := &IndexGroups{ix, make([]int32, len(ix.boxes))}
	copy(g.members, ix.items)
	from := 0 // of the level below
	for level := 1; level < len(ix.levels); level++ {
		end := ix.levels[level-1]
		for node := end; node < ix.levels[level]; node++ {
			g.members[node] = oneGroup(g.members[from:min(from+indexFan, end)], of)
			from += indexFan
		}
		from = end
	}
	return g
}

// oneGroup is one of the members of nodes, if all are of one group.
func oneGroup(members []int32, of func(i int) int) int32 {
	first := members[0]
	for _, m := range members {
		if m == mixed || first == mixed || of(int(m)) != of(int(first)) {
			return mixed
		}
	}
	return first
}

// SearchOthers is Search but for the items that are of the group asked about:
// own tells of an item whether it is.
func (g *IndexGroups) SearchOthers(b orb.Bound, own func(i int) bool, visit func(i int) bool) {
	want := boxOf(b)
	if len(g.boxes) == 0 || !want.meets(want) {
		return
	}
	g.searchOthers(want, len(g.levels)-1, 0, 1, own, visit)
}

func (g *IndexGroups) searchOthers(want box, level, first, last int, own func(i int) bool, visit func(i int) bool) bool {
	base := g.start(level)
	for node := base + first; node < base+last; node++ {
		if m := g.members[node]; !g.boxes[node].meets(want) || m != mixed && own(int(m)) {
			continue
		}
		if level == 0 {
			if !visit(int(g.items[node])) {
				return false
			}
			continue
		}
		from := (node - base) * indexFan
		if !g.searchOthers(want, level-1, from, min(from+indexFan, base-g.start(level-1)), own, visit) {
			return false
		}
	}
	return true
}

// start is the first node of a level.
func (ix *Index) start(level int) int {
	if level == 0 {
		return 0
	}
	return ix.levels[level-1]
}
