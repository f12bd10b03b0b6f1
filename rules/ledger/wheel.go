package ledger

import (
	"cmp"
	"math"
	"slices"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// wheel is the edges of shapes that meet in a hub: the spokes that end in it by
// the way they run, and the rim, which is the others. Along a spoke at most the
// spokes next to it by angle lie within a millimetre for longer than those
// before them, so not each is held against each.
type wheel struct {
	hub       orb.Point
	ways      [2][]spoke // that lead away from the hub, and to it, by angle
	rim, rays strands
}

// spoke is an edge that ends in a hub.
type spoke struct {
	owner int
	angle float64 // which way it lies from the hub, (-π, π]
	edge  [2]orb.Point
}

// wheel is that of the shapes of set that meet in a hub.
func (n *componentSearch) wheel(hub int32, set map[int]bool) *wheel {
	w := &wheel{hub: n.hubs.places[hub], rim: strands{parts: 1}, rays: strands{parts: slantParts}}
	for _, i := range n.hubs.members[hub] {
		if !set[i] {
			continue
		}
		for e := range edges(n.indexed[i].outline) {
			if n.looks.ended() {
				return w
			}
			if s, way, ok := w.spoke(i, e); ok {
				w.ways[way] = append(w.ways[way], s)
				w.rays.add(i, e)
			} else {
				w.rim.add(i, e)
			}
		}
	}
	for _, way := range w.ways {
		slices.SortFunc(way, func(a, b spoke) int { return cmp.Or(cmp.Compare(a.angle, b.angle), cmp.Compare(a.owner, b.owner)) })
	}
	w.rim.close()
	w.rays.close()
	return w
}

// spoke takes an edge for a spoke: way 0 leads away from the hub, 1 to it.
func (w *wheel) spoke(owner int, e [2]orb.Point) (s spoke, way int, ok bool) {
	far := e[1]
	if e[0] != w.hub {
		if e[1] != w.hub {
			return s, 0, false
		}
		far, way = e[0], 1
	}
	return spoke{owner, portable.Atan2(far[1]-w.hub[1], far[0]-w.hub[0]), e}, way, true
}

// along yields the edges of other shapes that may run along an edge of one, some
// more than once.
func (w *wheel) along(a int, e [2]orb.Point, looks *looks, yield func(f *[2]orb.Point)) {
	s, way, ok := w.spoke(a, e)
	if !ok {
		w.rim.along(a, &e, 1, looks, yield)
		w.rays.along(a, &e, 1, looks, yield)
		return
	}
	w.rim.along(a, &e, slantParts, looks, yield)
	others := w.ways[1-way]
	at, _ := slices.BinarySearchFunc(others, s.angle, func(o spoke, angle float64) int { return cmp.Compare(o.angle, angle) })
	length := portable.Hypot(e[1][0]-e[0][0], e[1][1]-e[0][1])
	best := 0.0 // of the spoke from the hub that others lie along
	for _, step := range [2]int{1, -1} {
		for k := range others {
			o := &others[((at+step*k+min(step, 0))%len(others)+len(others))%len(others)]
			turn := math.Abs(math.Remainder(o.angle-s.angle, 2*math.Pi))
			if turn > widestTurn || turn > 0 && touchingUntil(turn)*(1+1e-9) < best || best >= length || looks.ended() {
				break
			}
			if o.owner == a {
				continue
			}
			yield(&o.edge)
			best = max(best, shorter(&s, o, turn))
		}
	}
}

// widestTurn is a hair more than the angle at which edges still run along each
// other (alongside): its cosine is 0.99.
const widestTurn = 0.1416

// touchingUntil is how far from the hub spokes at an angle still touch.
func touchingUntil(turn float64) float64 {
	sin, cos := portable.Sincos(turn)
	return touching / (sin / cos)
}

// shorter is how much of a spoke, from the hub, another lies along.
func shorter(s, o *spoke, turn float64) float64 {
	length := func(e *[2]orb.Point) float64 { return portable.Hypot(e[1][0]-e[0][0], e[1][1]-e[0][1]) }
	along := min(length(&s.edge), length(&o.edge)*portable.Cos(turn))
	if turn > 0 {
		along = min(along, touchingUntil(turn))
	}
	return along
}
