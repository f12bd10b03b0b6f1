package geo

import "github.com/paulmach/orb"

// ringSet is the sides of some rings, in runs of a few that follow each other,
// indexed by the boxes of the runs. It tells which sides meet and which ring
// lies in which at a cost near n log n: GEOS holds every hole against every
// vertex of its shell and nested rings against each other, cannot be stopped,
// and took minutes for a file of a megabyte.
type ringSet struct {
	rings []orb.Ring
	sides []int // of each ring, its closing one included
	runs  []run
	boxes []orb.Bound
	index *Index
	all   orb.Bound
	most  int  // pairs of runs and sides that one look compares
	spent bool // there were more
}

// run is the sides from..to of a ring.
type run struct{ ring, from, to int32 }

func newRingSet(rings []orb.Ring) *ringSet { return runsOf(rings, 0) }

// runsOf is a set in which each ring of few sides that is no larger than small is
// one run.
func runsOf(rings []orb.Ring, small float64) *ringSet {
	s := &ringSet{rings: rings, all: Bound(nil), sides: make([]int, 0, len(rings)), most: maxPairs}
	few := 0 // runs at least
	for _, r := range rings {
		few += min(max(len(r)-1, 0), blockEdges)
	}
	s.runs, s.boxes = make([]run, 0, few), make([]orb.Bound, 0, few)
	for i, r := range rings {
		n := len(r)
		if n > 1 && r[0] == r[n-1] {
			n--
		}
		s.sides = append(s.sides, n)
		step := blockEdges
		if n <= blockEdges && larger(r, small) { // one run would be as large as its ring, and meet all that lies in it
			step = 1
		}
		for from := 0; from < n; from += step {
			u := run{int32(i), int32(from), int32(min(from+step, n))}
			b := s.side(u.ring, u.from).box
			for k := u.from + 1; k < u.to; k++ {
				b = b.Union(s.side(u.ring, k).box)
			}
			s.runs, s.boxes, s.all = append(s.runs, u), append(s.boxes, b), s.all.Union(b)
		}
	}
	s.index = NewIndex(s.boxes)
	return s
}

func larger(r orb.Ring, than float64) bool {
	if than == 0 {
		return true
	}
	b := r.Bound()
	return !(b.Max[0]-b.Min[0] <= than && b.Max[1]-b.Min[1] <= than)
}

// side k of a ring leads from its vertex k to the next.
func (s *ringSet) side(ring, k int32) edge {
	r := s.rings[ring]
	a, b := r[k], r[0]
	if int(k)+1 < s.sides[ring] {
		b = r[k+1]
	}
	return edge{a, b, orb.Bound{Min: orb.Point{min(a[0], b[0]), min(a[1], b[1])}, Max: orb.Point{max(a[0], b[0]), max(a[1], b[1])}}}
}

// follows tells that two sides of a ring share a corner, and which comes first.
type follows byte

const (
	apartInRing follows = iota
	firstLeads
	secondLeads
)

func (s *ringSet) follows(u run, i int32, v run, j int32) follows {
	n := int32(s.sides[u.ring])
	switch {
	case u.ring != v.ring:
		return apartInRing
	case j == i+1 || i == n-1 && j == 0:
		return firstLeads
	case i == j+1 || j == n-1 && i == 0:
		return secondLeads
	}
	return apartInRing
}
