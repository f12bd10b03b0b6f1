package ledger

import (
	"landcheck/geo"

	"github.com/paulmach/orb"
)

// strands is edges of several shapes, found by the boxes of parts of them: the
// box of a whole edge that runs aslant holds much else.
type strands struct {
	parts int // of each edge
	edges []strand
	index *geo.Index
}

type strand struct {
	owner int
	edge  [2]orb.Point
}

// slantParts is in how many parts an edge that runs aslant is looked at.
const slantParts = 16

func (s *strands) add(owner int, e [2]orb.Point) { s.edges = append(s.edges, strand{owner, e}) }

// close makes the edges ready to be found.
func (s *strands) close() {
	boxes := make([]orb.Bound, 0, s.parts*len(s.edges))
	for i := range s.edges {
		for k := range s.parts {
			boxes = append(boxes, partBox(&s.edges[i].edge, k, s.parts))
		}
	}
	s.index = geo.NewIndex(boxes)
}

// along yields the edges of other shapes that come near an edge of one, looked
// for in so many parts; some more than once.
func (s *strands) along(a int, e *[2]orb.Point, parts int, looks *looks, yield func(f *[2]orb.Point)) {
	for k := range parts {
		s.index.Search(partBox(e, k, parts).Pad(touching), func(i int) bool {
			if o := &s.edges[i/s.parts]; o.owner != a {
				yield(&o.edge)
			}
			return !looks.ended()
		})
	}
}

// partBox is the box of part k of an edge, a hair wider than that.
func partBox(e *[2]orb.Point, k, parts int) orb.Bound {
	if parts == 1 {
		return boundOf(*e)
	}
	at := func(k int) orb.Point {
		f := float64(k) / float64(parts)
		return orb.Point{e[0][0] + float64(f*(e[1][0]-e[0][0])), e[0][1] + float64(f*(e[1][1]-e[0][1]))}
	}
	return boundOf([2]orb.Point{at(k), at(k + 1)}).Pad(corridorSlack)
}
