package ledger

import (
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Shape is a polygon with its ellipsoidal area in m², as pieces are made of.
type Shape struct {
	Polygon orb.Polygon
	Area    float64
}

// Pieces joins shapes (the faces of a ledger, the cells of an overlap) into
// pieces and tells boundary noise from land: README.md, Pieces and slivers.
// Safe for concurrent use.
type Pieces struct {
	limits  SliverLimits
	shapes  []Shape
	around  []float64 // perimeter of each, m
	small   []bool    // noise if it stood alone
	figures []*figure
	index   *figureIndex
	mu      sync.Mutex
	near    map[int][]int // neighbours found so far
}

// NewPieces prepares shapes for Noise; only those that are small or thin by
// themselves, and what lies beside them, are ever joined.
func NewPieces(shapes []Shape, limits SliverLimits) *Pieces {
	p := &Pieces{limits: limits, shapes: shapes, around: make([]float64, len(shapes)), small: make([]bool, len(shapes)), near: map[int][]int{}}
	any := false
	for i, s := range shapes {
		p.around[i] = perimeter(orb.MultiPolygon{s.Polygon})
		p.small[i] = limits.noise(s.Area, p.around[i])
		any = any || p.small[i]
	}
	if any {
		p.figures = make([]*figure, len(shapes))
		for i, s := range shapes {
			p.figures[i] = figureOf(orb.MultiPolygon{s.Polygon})
		}
		p.index = indexOf(p.figures)
	}
	return p
}

// Pieces prepares the faces.
func (l *Ledger) Pieces() *Pieces {
	shapes := make([]Shape, len(l.Faces))
	for i := range l.Faces {
		shapes[i] = Shape{l.Faces[i].Geometry, l.Faces[i].Area}
	}
	return NewPieces(shapes, l.Sliver)
}

// noise tells whether a piece of that area and outline is boundary noise:
// smaller than Area, or 2A/P below Width.
func (s SliverLimits) noise(area, around float64) bool {
	return area < s.Area || around > 0 && 2*area < s.Width*around
}

// Noise lists those of the shapes (ascending places) whose piece is boundary
// noise, ascending, and the number of such pieces. Pieces are made of the
// shapes of set alone, joined where they come within a millimetre.
func (p *Pieces) Noise(set []int) (noise []int, pieces int) {
	n := joinable{Pieces: p, in: map[int]bool{}, verdict: map[int]verdict{}}
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
		if n.verdict[i] == unknown {
			if n.grow(i) {
				pieces++
			}
		}
		if n.verdict[i] == dust {
			noise = append(noise, i)
		}
	}
	// Land that is none by itself may belong to a piece that is thin as a whole.
	if len(noise) > 0 {
		noise = noise[:0]
		for _, i := range set {
			if n.verdict[i] == dust {
				noise = append(noise, i)
			}
		}
	}
	return noise, pieces
}

type verdict int8

const (
	unknown verdict = iota
	solid
	dust
)

// joinable is one set of shapes on the way to its pieces.
type joinable struct {
	*Pieces
	in      map[int]bool
	verdict map[int]verdict
	thin    float64 // outline of all its small shapes, m
}

// grow finds the piece of a small shape and judges it; true for noise. It stops
// as soon as nothing that the piece might still take in could make it noise:
// what is not small by itself only adds width, and of what is, no more outline
// than thin is left. So a sliver beside a field costs one neighbour.
func (n *joinable) grow(first int) bool {
	members, taken := []int{first}, map[int]bool{first: true}
	area, around := 0.0, 0.0
	settle := func(v verdict) bool {
		for _, i := range members {
			n.verdict[i] = v
		}
		return v == dust
	}
	for k := 0; k < len(members); k++ {
		i := members[k]
		area, around = area+n.shapes[i].Area, around+n.around[i]
		if !n.limits.noise(area, around+n.thin) {
			return settle(solid)
		}
		for _, j := range n.neighbours(i) {
			if !n.in[j] || taken[j] {
				continue
			}
			if n.verdict[j] == solid {
				return settle(solid)
			}
			members, taken[j] = append(members, j), true
		}
	}
	slices.Sort(members) // so that sums do not depend on where the flood began
	return settle(n.whole(members))
}

// whole judges a piece by its outline.
func (n *joinable) whole(members []int) verdict {
	area, around := 0.0, 0.0
	for _, i := range members {
		area, around = area+n.shapes[i].Area, around+n.around[i]
	}
	if n.limits.noise(area, around-n.shared(members)) {
		return dust
	}
	return solid
}

// neighbours are the shapes that come within a millimetre of one, ascending.
func (p *Pieces) neighbours(a int) []int {
	p.mu.Lock()
	found, ok := p.near[a]
	p.mu.Unlock()
	if ok {
		return found
	}
	around(p.figures, a, touching, p.index, nil, func(int) bool { return true }, func(b int) {
		touch := false
		bridges(p.figures[min(a, b)], p.figures[max(a, b)], touching, func([2]orb.Point, float64) bool {
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

// shared is how much of the members' outlines lies between two of them: edges
// that run against each other within a millimetre, as the borders of polygons
// do whose inside is to the left.
func (n *joinable) shared(members []int) float64 {
	in := map[int]bool{}
	for _, i := range members {
		in[i] = true
	}
	sum := 0.0
	for _, a := range members {
		var beside []int
		for _, b := range n.neighbours(a) {
			if in[b] {
				beside = append(beside, b)
			}
		}
		if len(beside) == 0 {
			continue
		}
		for e := range edges(n.figures[a].outline) {
			sum += n.against(e, beside)
		}
	}
	return sum
}

// against is the length of an edge that edges of other shapes run along.
func (n *joinable) against(e [2]orb.Point, others []int) float64 {
	dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
	length := math.Hypot(dx, dy)
	if length == 0 {
		return 0
	}
	reach := boundOf(e).Pad(touching)
	var parts [][2]float64
	for _, b := range others {
		if !n.figures[b].box.Intersects(reach) {
			continue
		}
		n.figures[b].near(&reach, func(p, q *orb.Point) bool {
			if from, to, ok := alongside(e, dx/length, dy/length, length, [2]orb.Point{*p, *q}); ok {
				parts = append(parts, [2]float64{from, to})
			}
			return true
		})
	}
	slices.SortFunc(parts, func(a, b [2]float64) int { return slices.Compare(a[:], b[:]) })
	sum, end := 0.0, 0.0
	for _, p := range parts {
		if from := max(p[0], end); p[1] > from {
			sum += p[1] - from
			end = p[1]
		}
	}
	return sum
}

// alongside is the part of edge e, in metres from its start, along which edge f
// runs the other way no further off than a millimetre; ux, uy is e's direction.
func alongside(e [2]orb.Point, ux, uy, length float64, f [2]orb.Point) (from, to float64, ok bool) {
	fx, fy := f[1][0]-f[0][0], f[1][1]-f[0][1]
	if fx*ux+fy*uy > -0.99*math.Hypot(fx, fy) {
		return 0, 0, false
	}
	// f in e's own axes: s along it, t across.
	s0, t0 := (f[0][0]-e[0][0])*ux+(f[0][1]-e[0][1])*uy, (f[0][1]-e[0][1])*ux-(f[0][0]-e[0][0])*uy
	s1, t1 := (f[1][0]-e[0][0])*ux+(f[1][1]-e[0][1])*uy, (f[1][1]-e[0][1])*ux-(f[1][0]-e[0][0])*uy
	// Clip f to |t| ≤ touching, then to e.
	lo, hi := 0.0, 1.0
	if t0 == t1 {
		if math.Abs(t0) > touching {
			return 0, 0, false
		}
	} else {
		a, b := (-touching-t0)/(t1-t0), (touching-t0)/(t1-t0)
		lo, hi = max(lo, min(a, b)), min(hi, max(a, b))
	}
	if lo >= hi {
		return 0, 0, false
	}
	p, q := s0+lo*(s1-s0), s0+hi*(s1-s0)
	from, to = max(0, min(p, q)), min(length, max(p, q))
	return from, to, from < to
}
