package ledger

import "sync/atomic"

// disjointSets is a union of sets: each member names another of its set, or itself,
// never a later one. Any number of goroutines may find and join at once
// (Anderson & Woll 1991).
type disjointSets []atomic.Int32

func newDisjointSets(n int) disjointSets {
	g := make(disjointSets, n)
	for i := range g {
		g[i].Store(int32(i))
	}
	return g
}

// find is the first member of a set, as far as joined by now.
func (g disjointSets) find(i int) int {
	for at := int32(i); ; {
		up := g[at].Load()
		if up == at {
			return int(at)
		}
		above := g[up].Load()
		if above != up {
			g[at].CompareAndSwap(up, above) // the way gets shorter
		}
		at = above
	}
}

// join makes the smaller root the root, so that numbers follow first members.
func (g disjointSets) join(i, j int) {
	for {
		i, j = g.find(i), g.find(j)
		if i == j || g[max(i, j)].CompareAndSwap(int32(max(i, j)), int32(min(i, j))) {
			return
		}
	}
}

// numbers counts the groups up from 0 by their first members.
func (g disjointSets) numbers() []int {
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
