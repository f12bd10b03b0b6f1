package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

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

// maxPairs bounds the pairs of runs and sides that one look compares: about a
// second. Five million vertices of a coast need fifty million.
const maxPairs = 1 << 28

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

// pairs visits the pairs of sides whose boxes meet, each once, until visit
// returns false. It reports false if there were more than it may compare.
func (s *ringSet) pairs(visit func(e, f *edge, how follows) bool) (within bool) {
	c := comparing{ringSet: s, visit: visit, left: s.most, going: true}
	for from := 0; from < len(s.runs) && c.going && c.left >= 0; {
		to := s.together(from)
		c.compare(from, to)
		from = to
	}
	return c.left >= 0
}

// together gives the end of the runs that are looked up at once: those of a
// ring of few sides, which lie near each other.
func (s *ringSet) together(from int) int {
	to := from + 1
	for to < len(s.runs) && s.runs[to].ring == s.runs[from].ring && s.sides[s.runs[from].ring] <= blockEdges {
		to++
	}
	return to
}

// comparing is one look at all pairs.
type comparing struct {
	*ringSet
	visit  func(e, f *edge, how follows) bool
	left   int  // how many may still be compared
	going  bool // visit wants more
	es, fs [blockEdges]edge
	found  []int
}

// fewFound is how many runs may lie about some that are looked up at once: about
// a ring in the box of which others lie there are many, about its sides few.
const fewFound = 4 * blockEdges

// compare holds some runs against each other and those after them.
func (c *comparing) compare(from, to int) {
	if to-from > 1 {
		around := c.boxes[from]
		for _, b := range c.boxes[from+1 : to] {
			around = around.Union(b)
		}
		c.found = c.found[:0]
		c.index.Search(around, func(j int) bool {
			c.left--
			c.found = append(c.found, j)
			return len(c.found) <= fewFound
		})
		if len(c.found) <= fewFound {
			for i := from; i < to; i++ {
				c.take(i)
				for _, j := range c.found {
					if c.left--; j >= i && c.left >= 0 && c.going && !c.beside(i, j) {
						c.hold(i, j)
					}
				}
			}
			return
		}
	}
	for i := from; i < to && c.left >= 0 && c.going; i++ {
		c.take(i)
		c.index.Search(c.boxes[i], func(j int) bool {
			if c.left--; j >= i && c.left >= 0 {
				c.hold(i, j)
			}
			return c.left >= 0 && c.going
		})
	}
}

// take makes run i the one that others are held against.
func (c *comparing) take(i int) {
	u := c.runs[i]
	for k := u.from; k < u.to; k++ {
		c.es[k-u.from] = c.side(u.ring, k)
	}
}

// beside tells that the boxes of two runs do not meet.
func (s *ringSet) beside(i, j int) bool {
	a, b := &s.boxes[i], &s.boxes[j]
	return b.Min[0] > a.Max[0] || b.Max[0] < a.Min[0] || b.Min[1] > a.Max[1] || b.Max[1] < a.Min[1]
}

// hold compares the sides of run i, which was taken, with those of run j.
func (c *comparing) hold(i, j int) {
	u, v := c.runs[i], c.runs[j]
	for k := v.from; k < v.to; k++ {
		c.fs[k-v.from] = c.side(v.ring, k)
	}
	for a := u.from; a < u.to && c.going; a++ {
		from := v.from
		if j == i {
			from = a + 1
		}
		e := &c.es[a-u.from]
		for b := from; b < v.to && c.going; b++ {
			f := &c.fs[b-v.from]
			if c.left--; f.box.Min[0] > e.box.Max[0] || f.box.Max[0] < e.box.Min[0] || f.box.Min[1] > e.box.Max[1] || f.box.Max[1] < e.box.Min[1] {
				continue
			}
			c.going = c.visit(e, f, c.follows(u, a, v, b))
		}
	}
}

// apart tells that surely no two sides share a point but for neighbours in a
// ring their corner.
func (s *ringSet) apart() bool {
	for _, n := range s.sides {
		if n < 3 {
			return false
		}
	}
	apart := true
	within := s.pairs(func(e, f *edge, how follows) bool {
		switch how {
		case firstLeads:
			apart = continues(e, f)
		case secondLeads:
			apart = continues(f, e)
		default:
			apart = disjoint(e, f)
		}
		return apart
	})
	s.spent = s.spent || !within
	return apart && within
}

// parents gives for each ring the smallest one around it, -1 for none, if the
// rings are apart. It reports false where that is not certain.
func (s *ringSet) parents() ([]int, bool) {
	if !s.apart() {
		return nil, false
	}
	// A ring lies in what lies right below its lowest corner: in the ring of
	// that side, or beside it. The ring below begins lower and is known by then.
	lowest, order := make([]int, len(s.rings)), make([]int, len(s.rings))
	turns := make([]int, len(s.rings))
	for i, r := range s.rings {
		low, n := 0, s.sides[i]
		for k, p := range r[:n] {
			if p[1] < r[low][1] || p[1] == r[low][1] && p[0] < r[low][0] {
				low = k
			}
		}
		lowest[i], order[i] = low, i
		if turns[i] = side(r[(low+n-1)%n], r[low], r[(low+1)%n]); turns[i] == 0 {
			return nil, false
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := s.rings[i][lowest[i]], s.rings[j][lowest[j]]
		return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0]))
	})
	parent := make([]int, len(s.rings))
	left := s.most
	for _, i := range order {
		ring, e, ok := s.below(int32(i), s.rings[i][lowest[i]], &left)
		switch {
		case !ok:
			s.spent = s.spent || left < 0
			return nil, false
		case ring < 0:
			parent[i] = -1
		case (e.a[0] < e.b[0]) == (turns[ring] > 0): // its inside is above the side
			parent[i] = int(ring)
		default:
			parent[i] = parent[ring]
		}
	}
	return parent, true
}

// below finds the side of another ring right below a point; ring is -1 if there
// is none, and not ok means that rounding could have chosen.
func (s *ringSet) below(of int32, p orb.Point, left *int) (ring int32, best edge, ok bool) {
	depth := s.all.Max[1] - s.all.Min[1]
	for reach := 2 * depth / (1 + math.Sqrt(float64(len(s.rings)))); ; reach *= 4 {
		ring, ok = -1, true
		top, next := math.Inf(-1), math.Inf(-1)
		whole := reach >= p[1]-s.all.Min[1]
		zone := orb.Bound{Min: orb.Point{p[0], p[1] - reach}, Max: p}
		if whole {
			zone.Min[1] = s.all.Min[1]
		}
		s.index.Search(zone, func(j int) bool {
			u := s.runs[j]
			for k := u.from; k < u.to && u.ring != of; k++ {
				e := s.side(u.ring, k)
				if *left--; (e.a[0] > p[0]) == (e.b[0] > p[0]) {
					continue
				}
				at := e.a[1] + (p[0]-e.a[0])/(e.b[0]-e.a[0])*(e.b[1]-e.a[1])
				switch {
				case at > p[1]+slack(p[1]):
				case at > top:
					next, top, ring, best = top, at, u.ring, e
				case at > next:
					next = at
				}
			}
			return *left >= 0
		})
		switch {
		case *left < 0, !(reach > 0):
			return 0, best, false
		case whole || top > zone.Min[1]:
			return ring, best, p[1]-top > slack(p[1]) && top-next > slack(p[1]) || ring < 0
		}
	}
}

// slack is what rounding may move a height on a side by.
func slack(y float64) float64 { return 64 * 2.3e-16 * (1 + math.Abs(y)) }

// Nesting gives for each of some closed rings the smallest ring around it, -1
// for none. It reports false, and nothing, if rings meet, cross themselves or
// come too near to each other for floating arithmetic.
//
// Rings no larger than the room that each has on the average mostly lie beside
// each other, and are looked at as a whole first; where many lie in each other
// after all that takes too many looks, and is left for their sides.
func Nesting(rings []orb.Ring) (parents []int, ok bool) {
	all := Bound(nil)
	for _, r := range rings {
		all = all.Union(r.Bound())
	}
	room := max(all.Max[0]-all.Min[0], all.Max[1]-all.Min[1]) / math.Sqrt(float64(len(rings)))
	whole := runsOf(rings, room)
	whole.most = min(wholeLooks*len(whole.runs), maxPairs)
	if parents, ok := whole.parents(); ok || !whole.spent {
		return parents, ok
	}
	return newRingSet(rings).parents()
}

// wholeLooks is how many looks a ring may take as a whole.
const wholeLooks = 1000
