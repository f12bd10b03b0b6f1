package tile

import (
	"cmp"
	"slices"
)

// sweep goes over noded edges from left to right and keeps those between
// inside and outside, then makes rings of them. It is reused.
type sweep struct {
	status []int32  // edges that the line cuts, the lowest first
	starts []int32  // edges by their left end, the lowest first
	ends   []uint64 // edges by their right end: its key, then the edge
	known  []known  // of each edge
	walker walker
}

// known is what the sweep finds out of an edge.
type known struct {
	above int32 // how often rings run round what lies above it
	under int32 // of a kept edge: the next kept one below, or -1
	a, b  int32 // numbers of its ends among all points, from the left
	kept  bool  // between inside and outside
}

// polygons of edges that meet at their ends only, sorted by those.
func (s *sweep) polygons(edges []edge) [][][]point {
	s.reset(edges)
	corner := int32(0)
	for i, j := 0, 0; i < len(s.starts) || j < len(s.ends); corner++ {
		p := edges[uint32(s.ends[j])].b // an edge begins before it ends
		if i < len(s.starts) && !p.before(edges[s.starts[i]].a) {
			p = edges[s.starts[i]].a
		}
		at := s.leave(edges, p)
		for ; j < len(s.ends) && s.ends[j]>>32 == p.key(); j++ {
			s.known[uint32(s.ends[j])].b = corner
		}
		first := i
		for ; i < len(s.starts) && edges[s.starts[i]].a == p; i++ {
			s.known[s.starts[i]].a = corner
		}
		s.enter(edges, at, s.starts[first:i])
	}
	return s.walker.polygons(edges, s.known, s.starts, int(corner))
}

func (s *sweep) reset(edges []edge) {
	n := len(edges)
	s.status, s.starts, s.ends = s.status[:0], s.starts[:0], s.ends[:0]
	s.known = slices.Grow(s.known[:0], n)[:n]
	for i := range edges {
		s.starts = append(s.starts, int32(i))
		s.ends = append(s.ends, edges[i].b.key()<<32|uint64(i))
	}
	slices.Sort(s.ends)
	for from, to := 0, 0; from < n; from = to {
		for to = from + 1; to < n && edges[to].a == edges[from].a; to++ {
		}
		if to > from+1 {
			slices.SortFunc(s.starts[from:to], func(i, j int32) int {
				return cmp.Compare(0, side(edges[i].a, edges[i].b, edges[j].b)) // j above i: i first
			})
		}
	}
}

// leave takes away the edges that end at a point and gives its place.
func (s *sweep) leave(edges []edge, p point) int {
	at, _ := slices.BinarySearchFunc(s.status, p, func(i int32, p point) int {
		return -sign(side(edges[i].a, edges[i].b, p)) // below p: before it
	})
	to := at
	for to < len(s.status) && edges[s.status[to]].b == p {
		to++
	}
	s.status = slices.Delete(s.status, at, to)
	return at
}

// enter puts edges at a place, and tells what lies above them.
func (s *sweep) enter(edges []edge, at int, all []int32) {
	if len(all) == 0 {
		return
	}
	wind, under := int32(0), int32(-1)
	if at > 0 {
		wind = s.known[s.status[at-1]].above
	}
	for k := at - 1; k >= 0 && under < 0; k-- {
		if s.known[s.status[k]].kept {
			under = s.status[k]
		}
	}
	for _, i := range all {
		below := wind
		wind += edges[i].wind
		k := &s.known[i]
		k.above, k.under, k.kept = wind, under, (below > 0) != (wind > 0)
		if k.kept {
			under = i
		}
	}
	s.status = slices.Insert(s.status, at, all...)
}
