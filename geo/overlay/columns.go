package overlay

import "slices"

// columns finds the edges below places: a segment tree over their eastings. The
// edges of a node span all its places, so that each lies above or below
// another, and a place is found between two of them by halving.
type columns struct {
	xs       []int64 // eastings of the places, ascending
	leaves   int     // a power of two
	ends     []int32 // node → end of its edges in segments; the first node is 1
	segments []int32 // from the lowest to the highest in each node
}

// columns prepares for the smallest vertices of inner cycles and islands.
func (ar *Arranger) columns() *columns {
	g, segs := &ar.graph, ar.segments
	t := &columns{leaves: 1}
	for i := range ar.islands {
		t.xs = append(t.xs, ar.islands[i].smallest().x)
	}
	for c := range g.start {
		if !g.outer[c] {
			t.xs = append(t.xs, g.smallest(c).x)
		}
	}
	slices.Sort(t.xs)
	t.xs = slices.Compact(t.xs)
	for t.leaves < len(t.xs) {
		t.leaves *= 2
	}
	t.ends = make([]int32, 2*t.leaves+1)
	t.spread(segs, func(node, _ int) { t.ends[node+1]++ })
	for n := 1; n < len(t.ends); n++ {
		t.ends[n] += t.ends[n-1]
	}
	t.segments = make([]int32, t.ends[len(t.ends)-1])
	t.spread(segs, func(node, k int) {
		t.segments[t.ends[node]] = int32(k)
		t.ends[node]++
	})
	for node := 1; node < 2*t.leaves; node++ {
		slices.SortFunc(t.of(node), func(i, j int32) int {
			switch {
			case i == j:
				return 0
			case higher(&segs[i], &segs[j]):
				return 1
			}
			return -1
		})
	}
	return t
}

// of is the edges of a node.
func (t *columns) of(node int) []int32 { return t.segments[t.ends[node-1]:t.ends[node]] }

// spread visits the nodes that make up the eastings of each edge, half-open.
func (t *columns) spread(segs []segment, visit func(node, k int)) {
	for k := range segs {
		from, _ := slices.BinarySearch(t.xs, segs[k].a.x)
		to, _ := slices.BinarySearch(t.xs, segs[k].b.x)
		for l, r := from+t.leaves, to+t.leaves; l < r; l, r = l/2, r/2 {
			if l&1 == 1 {
				visit(l, k)
				l++
			}
			if r&1 == 1 {
				r--
				visit(r, k)
			}
		}
	}
}

// below is the nearest edge under a place, as that of graph.
func (t *columns) below(segs []segment, p point) int {
	at, _ := slices.BinarySearch(t.xs, p.x)
	best := -1
	for node := at + t.leaves; node > 0; node /= 2 {
		edges := t.of(node)
		over, _ := slices.BinarySearchFunc(edges, p, func(k int32, p point) int {
			if turn(segs[k].a, segs[k].b, p) > 0 {
				return -1
			}
			return 1
		})
		if over == 0 {
			continue
		}
		if k := int(edges[over-1]); best < 0 || higher(&segs[k], &segs[best]) {
			best = k
		}
	}
	return best
}
