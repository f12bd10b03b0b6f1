package overlay

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

const (
	// fewestIslands is from how many small rings on it is worth while to look for
	// islands, and islandEdges what is small.
	fewestIslands = 256
	islandEdges   = 16
	// Other edges are looked at by the boxes of so many that follow each other.
	runEdges = 8
)

// island is a small simple ring that no edge of another comes near to. It is cut
// against nothing, and linked to nothing: where it lies it is a hole of one face,
// and a face itself. So are nearly all of 200 000 holes.
type island struct {
	pts   []point // counter-clockwise, its smallest segment first
	delta         // by how much the winding number inside is higher than outside
	face  int32   // in which it lies
	next  int32   // island of that face + 1
}

// smallRing is the segments of a small ring.
type smallRing struct{ from, to int32 }

// note notes that the segments from the given one on are a ring of so many.
func (ar *Arranger) note(from, edges int) {
	if edges >= 3 && edges <= islandEdges && len(ar.segments)-from == edges {
		ar.smallRings = append(ar.smallRings, smallRing{int32(from), int32(len(ar.segments))})
	}
}

// setIslandsApart takes the islands out of the segments, of which own are those of
// the first input, and tells how many of those remain. Parts of the first input are
// left where they are if only that is looked at: what covers them is told by edges.
func (ar *Arranger) setIslandsApart(own int, holes bool) int {
	if len(ar.smallRings) < cmp.Or(ar.fewest, fewestIslands) {
		return own
	}
	boxes, small := ar.surroundings()
	index := geo.NewIndex(boxes)
	ar.islandPoints = slices.Grow(ar.islandPoints, runEdges*len(small)/2)
	kept, from := ar.segments[:0], 0
	for k, s := range small {
		alone := ar.window.holds(boxes[k]) && isSimple(ar.segments[s.from:s.to])
		if alone {
			index.Search(boxes[k].Pad(finer), func(i int) bool {
				alone = i == k
				return alone
			})
		}
		if !alone {
			continue
		}
		i := ar.islandOf(s)
		if holes && i.input == 0 && i.winding > 0 {
			continue
		}
		ar.islands = append(ar.islands, i)
		if ar.islandEdges += len(i.pts); i.input == 0 {
			own -= len(i.pts)
		}
		kept = append(kept, ar.segments[from:s.from]...)
		from = int(s.to)
	}
	ar.segments = append(kept, ar.segments[from:]...)
	ar.sortIslands()
	return own
}

// sortIslands orders the islands by their keys, as segments are.
func (ar *Arranger) sortIslands() {
	segments, keys := ar.segments, make([]segment, len(ar.islands))
	for k := range ar.islands {
		keys[k] = ar.islands[k].key()
		keys[k].from = int32(k)
	}
	ar.segments = keys
	ar.sort()
	sorted := make([]island, len(ar.islands))
	for k := range ar.segments {
		sorted[k] = ar.islands[ar.segments[k].from]
	}
	ar.segments, ar.islands = segments, sorted
}

// surroundings are the boxes of the small rings, but for those larger than the room
// that each has on the average, and then those of all other edges: of runs, or of
// pieces where one is long.
func (ar *Arranger) surroundings() (boxes []orb.Bound, small []smallRing) {
	all := boxOf(ar.segments)
	room := float64(max(all.maxX-all.minX, all.maxY-all.minY)) / math.Sqrt(float64(len(ar.smallRings)))
	boxes = make([]orb.Bound, 0, 2*len(ar.smallRings))
	small = make([]smallRing, 0, len(ar.smallRings))
	for _, s := range ar.smallRings {
		if b := boxOf(ar.segments[s.from:s.to]); b.within(room) {
			boxes, small = append(boxes, b.bound()), append(small, s)
		}
	}
	pieces := 8 * len(ar.smallRings) // that long edges may have
	from := int32(0)
	others := func(to int32) {
		for ; from < to; from += runEdges {
			run := ar.segments[from:min(from+runEdges, to)]
			if b := boxOf(run); b.within(room) {
				boxes = append(boxes, b.bound())
				continue
			}
			for i := range run {
				boxes = run[i].piecewise(boxes, room, &pieces)
			}
		}
	}
	for _, s := range small {
		others(s.from)
		from = s.to
	}
	others(int32(len(ar.segments)))
	return boxes, small
}

func (b box) within(size float64) bool {
	return float64(b.maxX-b.minX) <= size && float64(b.maxY-b.minY) <= size
}

// piecewise appends the boxes of the pieces of a segment no longer than a length, as
// long as some are left.
func (s *segment) piecewise(boxes []orb.Bound, length float64, left *int) []orb.Bound {
	whole := orb.Bound{Min: s.a.float(), Max: s.a.float()}.Extend(s.b.float())
	dx, dy := float64(s.b.x-s.a.x), float64(s.b.y-s.a.y)
	n := math.Ceil(max(dx, math.Abs(dy)) / length)
	if !(n > 1) || dx == 0 || dy == 0 || n > float64(*left) {
		return append(boxes, whole)
	}
	*left -= int(n)
	at := func(k float64) orb.Point {
		return orb.Point{float64(s.a.x) + float64(k/n*dx), float64(s.a.y) + float64(k/n*dy)}
	}
	for k := range int(n) {
		p := at(float64(k))
		boxes = append(boxes, orb.Bound{Min: p, Max: p}.Extend(at(float64(k+1))).Pad(1))
	}
	return boxes
}

func (p point) float() orb.Point { return orb.Point{float64(p.x), float64(p.y)} }

func boxOf(segs []segment) box {
	b := box{segs[0].a.x, segs[0].a.y, segs[0].a.x, segs[0].a.y}
	for i := range segs {
		b = b.with(segs[i].a).with(segs[i].b)
	}
	return b
}

// holds tells whether a box on the grid lies in the window.
func (w box) holds(b orb.Bound) bool {
	return float64(w.minX) <= b.Min[0] && float64(w.minY) <= b.Min[1] && b.Max[0] <= float64(w.maxX) && b.Max[1] <= float64(w.maxY)
}

// isSimple tells that the edges of a ring share nothing but the corners of
// neighbours.
func isSimple(ring []segment) bool {
	for i := range ring {
		for j := range i {
			s, t := &ring[i], &ring[j]
			switch {
			case i == j+1 || j == 0 && i == len(ring)-1:
				if !joint(s, t) {
					return false
				}
			case s.a == t.a || s.a == t.b || s.b == t.a || s.b == t.b || touches(s.a, s.b, t.a, t.b):
				return false
			}
		}
	}
	return true
}

func (ar *Arranger) islandOf(s smallRing) island {
	at := len(ar.islandPoints)
	i := island{delta: delta{ar.deltas[ar.segments[s.from].from].input, 1}}
	for k := s.from; k < s.to; k++ {
		g := &ar.segments[k]
		if ar.deltas[g.from].winding > 0 {
			ar.islandPoints = append(ar.islandPoints, g.a)
		} else {
			ar.islandPoints = append(ar.islandPoints, g.b)
		}
	}
	i.pts = ar.islandPoints[at:len(ar.islandPoints):len(ar.islandPoints)]
	if orientation(i.pts) < 0 {
		i.winding = -1
		slices.Reverse(i.pts)
	}
	n, low := len(i.pts), 0
	for k, p := range i.pts {
		if p.less(i.pts[low]) {
			low = k
		}
	}
	if before := (low + n - 1) % n; i.pts[before].less(i.pts[(low+1)%n]) {
		low = before
	}
	slices.Reverse(i.pts[:low])
	slices.Reverse(i.pts[low:])
	slices.Reverse(i.pts)
	return i
}

// key is the smallest segment of an island, by which rings and faces are in order.
func (i *island) key() segment {
	p, q := i.pts[0], i.pts[1]
	if q.less(p) {
		p, q = q, p
	}
	return segment{a: p, b: q}
}

// before tells whether an island comes before the ring of which this is the
// smallest segment.
func (i *island) before(s *segment) bool {
	k := i.key()
	return compareSegments(&k, s) < 0
}

// smallest is the smallest vertex of an island.
func (i *island) smallest() point {
	k := i.key()
	return k.a
}

// gatherIslands lists the islands of each face.
func (ar *Arranger) gatherIslands() {
	ar.firstIsland = resize(ar.firstIsland, ar.graph.faces)
	clear(ar.firstIsland)
	for k := len(ar.islands) - 1; k >= 0; k-- {
		i := &ar.islands[k]
		i.next, ar.firstIsland[i.face] = ar.firstIsland[i.face], int32(k+1)
	}
}

// ring is an island as the outline of its face, and hole as that of the face
// around it.
func (i *island) ring() orb.Ring {
	r := make(orb.Ring, 0, len(i.pts)+1)
	for _, p := range i.pts {
		r = append(r, p.toOrb())
	}
	return append(r, r[0])
}

func (i *island) hole() orb.Ring {
	n := len(i.pts)
	r := make(orb.Ring, 0, n+1)
	for k := range n {
		r = append(r, i.pts[(n+1-k)%n].toOrb())
	}
	return append(r, r[0])
}
