package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// simpleChecker tells rings that surely neither cross nor touch themselves, which
// is what a polygon without holes needs to be valid. GEOS, which has to be
// asked about all others, takes six times as long (BenchmarkValidate). The
// memory is reused from ring to ring.
type simpleChecker struct {
	edges  []edge
	blocks []block
}

// edge is a side of a ring with its box.
type edge struct {
	a, b orb.Point
	box  orb.Bound
}

// block is the box of some edges that follow each other.
type block struct {
	box      orb.Bound
	from, to int
}

const (
	blockEdges = 8

	// pairsPerBlock bounds the work that a ring wound up on itself can ask for.
	pairsPerBlock = 512
)

// isSimple reports a ring, closed or not, of which it is certain that no two sides
// share a point but for neighbours their corner. False says nothing: the ring
// repeats a point, comes too near to itself for floating arithmetic, or is too
// tangled.
func (s *simpleChecker) isSimple(r orb.Ring) bool {
	if len(r) > 1 && r[0] == r[len(r)-1] {
		r = r[:len(r)-1]
	}
	if len(r) < 3 {
		return false
	}
	s.cut(r)
	left := pairsPerBlock * len(s.blocks)
	for i, b := range s.blocks {
		if !s.apart(b, b) {
			return false
		}
		for _, c := range s.blocks[i+1:] {
			if c.box.Min[0] > b.box.Max[0] {
				break
			}
			if left--; left < 0 || c.box.Min[1] <= b.box.Max[1] && b.box.Min[1] <= c.box.Max[1] && !s.apart(b, c) {
				return false
			}
		}
	}
	return true
}

// cut lays out the edges of an open ring, and its blocks from west to east.
func (s *simpleChecker) cut(r orb.Ring) {
	s.edges, s.blocks = s.edges[:0], s.blocks[:0]
	a := r[len(r)-1]
	for i, b := range r {
		e := edge{a, b, orb.Bound{Min: orb.Point{min(a[0], b[0]), min(a[1], b[1])}, Max: orb.Point{max(a[0], b[0]), max(a[1], b[1])}}}
		s.edges = append(s.edges, e)
		if i%blockEdges == 0 {
			s.blocks = append(s.blocks, block{e.box, i, i})
		}
		last := &s.blocks[len(s.blocks)-1]
		last.to = i + 1
		last.box.Min = orb.Point{min(last.box.Min[0], b[0]), min(last.box.Min[1], b[1])}
		last.box.Max = orb.Point{max(last.box.Max[0], b[0]), max(last.box.Max[1], b[1])}
		a = b
	}
	slices.SortFunc(s.blocks, func(a, b block) int { return cmp.Compare(a.box.Min[0], b.box.Min[0]) })
}

// apart tells whether the edges of two blocks, or of one, surely meet nowhere
// but where they follow each other.
func (s *simpleChecker) apart(b, c block) bool {
	for i := b.from; i < b.to; i++ {
		e := &s.edges[i]
		from := c.from
		if b.from == c.from {
			from = i + 1
		}
		for j := from; j < c.to; j++ {
			f := &s.edges[j]
			switch {
			case f.box.Min[0] > e.box.Max[0] || f.box.Max[0] < e.box.Min[0] || f.box.Min[1] > e.box.Max[1] || f.box.Max[1] < e.box.Min[1]:
			case j == i+1 || i == len(s.edges)-1 && j == 0:
				if !continues(e, f) {
					return false
				}
			case i == j+1 || j == len(s.edges)-1 && i == 0:
				if !continues(f, e) {
					return false
				}
			case !disjoint(e, f):
				return false
			}
		}
	}
	return true
}

// continues tells whether an edge surely shares nothing with the one before it but
// the corner: it turns aside, or leads on.
func continues(e, f *edge) bool {
	return side(e.a, e.b, f.b) != 0 ||
		certain(float64((e.b[0]-e.a[0])*(f.b[0]-f.a[0])), float64((e.b[1]-e.a[1])*(f.b[1]-f.a[1]))) > 0
}

// disjoint tells whether one edge surely lies on one side of the other.
func disjoint(e, f *edge) bool {
	if s := side(e.a, e.b, f.a); s != 0 && s == side(e.a, e.b, f.b) {
		return true
	}
	s := side(f.a, f.b, e.a)
	return s != 0 && s == side(f.a, f.b, e.b)
}

// side is 1 where c surely lies left of the line from a to b, -1 where it
// surely lies right of it, else 0.
func side(a, b, c orb.Point) int {
	return certain(float64((a[0]-c[0])*(b[1]-c[1])), float64(-(a[1]-c[1])*(b[0]-c[0])))
}

// certain is the sign of the sum of two products of differences, 0 where
// rounding could have turned it: Shewchuk's bound, (3 + 16ε)ε with ε = 2⁻⁵³, and
// what products too small for a float may lack.
func certain(p, q float64) int {
	const bound, min = 3.3306690738754716e-16, 1e-300
	sum := p + q
	switch within := float64(bound*(math.Abs(p)+math.Abs(q))) + min; {
	case sum > within:
		return 1
	case -sum > within:
		return -1
	}
	return 0
}
