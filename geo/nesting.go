package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

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
				at := e.a[1] + float64((p[0]-e.a[0])/(e.b[0]-e.a[0])*(e.b[1]-e.a[1]))
				higher := 0
				if ring >= 0 && math.Abs(at-top) <= slack(p[1]) {
					higher = rightOfFork(&best, &e, p[0])
				}
				switch {
				case higher > 0:
					top, ring, best = max(top, at), u.ring, e
				case higher < 0:
					top = max(top, at)
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

// rightOfFork tells of two sides that lead east from one corner at an easting
// whether the second runs above the first, 1, or below, -1; else 0.
func rightOfFork(e, f *edge, x float64) int {
	v, to := e.a, e.b
	if to[0] == x {
		v, to = to, v
	}
	w, other := f.a, f.b
	if other[0] == x {
		w, other = other, w
	}
	if v != w || v[0] != x {
		return 0
	}
	return side(v, to, other)
}

// slack is what rounding may move a height on a side by.
func slack(y float64) float64 { return float64(64 * 2.3e-16 * (1 + math.Abs(y))) }

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
