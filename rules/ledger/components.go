package ledger

import (
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Shape is a polygon with its ellipsoidal area in m², as pieces are made of.
type Shape struct {
	Polygon orb.Polygon
	Area    float64
}

// Components joins shapes (the faces of a ledger, the cells of an overlap) into
// pieces and tells slivers from land: README.md, Pieces and slivers.
// Safe for concurrent use.
type Components struct {
	stopped func() error // why to end early, nil while there is no reason to
	limits  SliverLimits
	shapes  []Shape
	around  []float64 // perimeter of each, m
	small   []bool    // a sliver if it stood alone
	indexed []*indexedShape
	hubs    *hubs
	mu      sync.Mutex
	near    map[int][]int // neighbours found so far
}

// NewComponents prepares shapes for Slivers; only those that are small or thin by
// themselves, and what lies beside them, are ever joined. Slivers breaks off
// once stopped says why to.
func NewComponents(stopped func() error, shapes []Shape, limits SliverLimits) *Components {
	p := &Components{stopped: stopped, limits: limits, shapes: shapes, around: make([]float64, len(shapes)), small: make([]bool, len(shapes)), near: map[int][]int{}}
	any := false
	for i, s := range shapes {
		p.around[i] = perimeter(orb.MultiPolygon{s.Polygon})
		p.small[i] = limits.sliver(s.Area, p.around[i])
		any = any || p.small[i]
	}
	if any {
		p.indexed = make([]*indexedShape, len(shapes))
		for i, s := range shapes {
			p.indexed[i] = indexShape(orb.MultiPolygon{s.Polygon})
		}
		looks := looksAt(stopped)
		if p.hubs = hubsOf(looks, p.indexed); looks.err != nil {
			p.stopped = func() error { return looks.err }
		}
	}
	return p
}

// Components prepares the faces.
func (l *Ledger) Components(stopped func() error) *Components {
	shapes := make([]Shape, len(l.Faces))
	for i := range l.Faces {
		shapes[i] = Shape{l.Faces[i].Geometry, l.Faces[i].Area}
	}
	return NewComponents(stopped, shapes, l.Sliver)
}

// sliver tells whether a piece of that area and outline is one:
// smaller than Area, or 2A/P below Width.
func (s SliverLimits) sliver(area, around float64) bool {
	return area < s.Area || around > 0 && 2*area < s.Width*around
}

// Slivers lists those of the shapes (ascending places) whose piece is
// a sliver, ascending, and the number of such pieces. Pieces are made of the
// shapes of set alone, joined where they come within a millimetre. What it says
// means nothing once there is a reason to end early: callers ask afterwards.
func (p *Components) Slivers(set []int) (slivers []int, pieces int) {
	n := componentSearch{Components: p, in: map[int]bool{}, verdict: map[int]verdict{}, opened: map[int32]int{}, looks: looksAt(p.stopped)}
	var small []int
	for _, i := range set {
		if p.small[i] {
			small = append(small, i)
			n.thin += p.around[i]
		}
	}
	if len(small) == 0 {
		return nil, 0
	}
	for _, i := range set {
		n.in[i] = true
	}
	for _, i := range small {
		if n.looks.ended() {
			return nil, 0
		}
		if n.verdict[i] == unknown {
			if n.grow(i) {
				pieces++
			}
		}
		if n.verdict[i] == dust {
			slivers = append(slivers, i)
		}
	}
	// Land that is none by itself may belong to a piece that is thin as a whole.
	if len(slivers) > 0 {
		slivers = slivers[:0]
		for _, i := range set {
			if n.verdict[i] == dust {
				slivers = append(slivers, i)
			}
		}
	}
	return slivers, pieces
}

type verdict int8

const (
	unknown verdict = iota
	solid
	dust
)

// componentSearch is one set of shapes on the way to its pieces.
type componentSearch struct {
	*Components
	in      map[int]bool
	verdict map[int]verdict
	opened  map[int32]int // hub → the shape whose piece took in what meets there
	thin    float64       // outline of all its small shapes, m
	looks   *looks
}

// grow finds the piece of a small shape and judges it; true for a sliver. It stops
// as soon as nothing that the piece might still take in could make it a sliver:
// what is not small by itself only adds width, and of what is, no more outline
// than thin is left. So a sliver beside a field costs one neighbour.
func (n *componentSearch) grow(first int) bool {
	members, taken := []int{first}, map[int]bool{first: true}
	area, around := 0.0, 0.0
	settle := func(v verdict) bool {
		for _, i := range members {
			n.verdict[i] = v
		}
		return v == dust
	}
	take := func(j int) (on bool) {
		if !n.in[j] || taken[j] {
			return true
		}
		members, taken[j] = append(members, j), true
		return n.verdict[j] != solid
	}
	for k := 0; k < len(members); k++ {
		i := members[k]
		area, around = area+n.shapes[i].Area, around+n.around[i]
		if n.looks.ended() || !n.limits.sliver(area, around+n.thin) {
			return settle(solid)
		}
		for _, h := range n.hubs.hubs(i) {
			if at, known := n.opened[h]; known && at != first || !known && !n.open(h, first, take) {
				return settle(solid) // a piece that was a sliver would hold this shape
			}
		}
		for _, j := range n.neighbours(i) {
			if !take(j) {
				return settle(solid)
			}
		}
	}
	slices.Sort(members) // so that sums do not depend on where the flood began
	return settle(n.whole(members))
}

// whole judges a piece by its outline.
func (n *componentSearch) whole(members []int) verdict {
	area, around := 0.0, 0.0
	for _, i := range members {
		area, around = area+n.shapes[i].Area, around+n.around[i]
	}
	if n.limits.sliver(area, around-n.shared(members)) {
		return dust
	}
	return solid
}

// open takes in what meets in a hub, until take says no.
func (n *componentSearch) open(hub int32, first int, take func(j int) bool) bool {
	n.opened[hub] = first
	for _, j := range n.hubs.members[hub] {
		if n.looks.ended() || !take(j) {
			return false
		}
	}
	return true
}

// neighbours are the shapes that come within a millimetre of one and do not meet
// it in a hub, ascending.
func (n *componentSearch) neighbours(a int) []int {
	p := n.Components
	p.mu.Lock()
	found, ok := p.near[a]
	p.mu.Unlock()
	if ok {
		return found
	}
	p.hubs.around(p.indexed, a, touching, func(int) bool { return !n.looks.ended() }, func(b int) {
		touch := false
		bridges(p.indexed[min(a, b)], p.indexed[max(a, b)], touching, n.looks, func([2]orb.Point, float64) bool {
			touch = true
			return false
		})
		if touch {
			found = append(found, b)
		}
	})
	slices.Sort(found)
	p.mu.Lock()
	p.near[a] = found
	p.mu.Unlock()
	return found
}
