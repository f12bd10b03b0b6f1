package overlay

import (
	"context"
	"math"
	"slices"

	"landcheck/geo/portable"
)

// farEdge is an edge beside the window: nothing is cut against it, but it
// counts in winding numbers.
type farEdge struct {
	a, b point
	delta
}

// CellsWithin cuts the first shape by the others and yields those of its cells
// for which keep holds of their cover. They are those that Cells finds, in the
// same order, but for a grid step where an edge leads out of the shape's box;
// what lies outside the box is not cut at all.
func (ar *Arranger) CellsWithin(ctx context.Context, shapes []*Shape, keep func(cover []int32) bool) ([]Cell, error) {
	box, ok := shapes[0].box()
	if !ok {
		return nil, nil
	}
	ar.shapes = shapes
	ar.window = box.grown(finer) // noding moves no edge as far
	ar.clear()
	ar.reserve(shapes[0].vertices())
	for i := range shapes[0].rings {
		ar.addRing(shapes[0].rings[i].pts, 0)
	}
	own := len(ar.segments)
	for i, s := range shapes[1:] {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		ar.addNear(s, int32(i+1))
	}
	own = ar.setIslandsApart(own, true)
	if err := ar.setAside(ctx, shapes[0], own); err != nil {
		return nil, err
	}
	if err := ar.link(ctx); err != nil {
		return nil, err
	}
	if done, err := ar.labelWithin(ctx, len(shapes)); err != nil {
		return nil, err
	} else if !done {
		return ar.cells(ctx, shapes, keep)
	}
	return ar.collect(ctx, keep)
}

// addNear adds the edges of an input that come near the window. A ring that
// runs round it is no more than a winding number that all cells have in
// common: so it is with the project area, the township and the village of most
// changes.
func (ar *Arranger) addNear(s *Shape, input int32) {
	around := int32(0)
	s.near(ar.window, func(r *ring) {
		ar.ring = ar.window.shorten(r, ar.ring[:0])
		if winding, enters := ar.window.winding(ar.ring); !enters {
			around += winding
			return
		}
		p := ar.ring[len(ar.ring)-1]
		from := ar.window.sidesOf(p)
		first := len(ar.segments)
		for _, q := range ar.ring {
			to := ar.window.sidesOf(q)
			switch {
			case from&to == 0:
				ar.addEdge(p, q, input)
			case p.less(q):
				ar.far = append(ar.far, farEdge{p, q, delta{input, 1}})
			default:
				ar.far = append(ar.far, farEdge{q, p, delta{input, -1}})
			}
			p, from = q, to
		}
		ar.note(first, len(ar.ring))
	})
	if around != 0 {
		ar.around = append(ar.around, delta{input, around})
	}
}

// labelWithin gives the faces of the first input their winding numbers. Those
// of other faces are not known, as edges are missing there. It is not done where
// the input is in so many parts that whole rings, which tell of all faces, are
// had for less.
func (ar *Arranger) labelWithin(ctx context.Context, inputs int) (done bool, err error) {
	g := &ar.graph
	ar.gatherFaces()
	ar.firsts = resize(ar.firsts, g.faces)
	ar.firsts[0] = 0
	clear(ar.seen)
	err = ar.walk(ctx, 0, func(f, r, h int32) (bool, error) {
		ar.firsts[r] = ar.firsts[f]
		s := &ar.segments[h>>1]
		if d := ar.deltas[s.from]; d.input == 0 { // it comes first
			if h&1 == 0 {
				ar.firsts[r] -= d.winding
			} else {
				ar.firsts[r] += d.winding
			}
		}
		return true, nil
	})
	if err != nil {
		return false, err
	}
	if !ar.keepIslands() {
		return false, nil
	}
	clear(ar.seen)
	covers := covering{}
	rays := int64(len(ar.segments) + len(ar.far) + inputs)
	most := manyRays * (rays + 10_000)
	for f := range ar.winding {
		switch {
		case ar.firsts[f] == 0:
			ar.winding[f] = ar.winding[f][:0]
		case !ar.seen[f]:
			ar.spending.steps += rays
			if most -= rays; most < 0 {
				return false, nil
			}
			h, ok := ar.clearOfFar(int32(f))
			if !ok {
				return false, nil
			}
			ar.winding[f] = ar.windingAt(h, inputs, ar.winding[f][:0])
			if err := ar.count(&covers, int32(f)); err != nil {
				return false, err
			}
			err := ar.walk(ctx, int32(f), func(f, r, h int32) (bool, error) {
				if ar.firsts[r] == 0 {
					return false, nil
				}
				return true, ar.cover(&covers, f, r, h)
			})
			if err != nil {
				return false, err
			}
		}
	}
	return true, ar.countIslands(&covers)
}

// keepIslands gives up the islands that lie beside the first input. It is not
// right where one is a hole of it there, in land that another part covers twice.
func (ar *Arranger) keepIslands() bool {
	right := true
	ar.islands = slices.DeleteFunc(ar.islands, func(i island) bool {
		beside := ar.firsts[i.face] == 0
		right = right && !(beside && i.input == 0)
		return beside
	})
	return right
}

// manyRays is how many parts of an input are looked at one by one: each takes a
// look at all edges.
const manyRays = 100

// clearOfFar is a half-edge of a face whose middle no far edge comes near. Edges
// set aside keep their line while those cut are bent by noding, so that a middle
// a hair beside one may stand on its other side: where it leaves a corner of the
// input at next to no angle. False where none of the first was found clear.
func (ar *Arranger) clearOfFar(f int32) (int32, bool) {
	g := &ar.graph
	for c, tries := ar.first[f], 0; c >= 0; c = ar.sibling[c] {
		for h := g.start[c]; ; {
			own := &ar.segments[h>>1]
			ar.spending.steps += int64(len(ar.far))
			if !ar.besideFar(point{own.a.x + own.b.x, own.a.y + own.b.y}) {
				return h, true
			}
			if tries++; tries == manyRays {
				return 0, false
			}
			if h = g.next[h]; h == g.start[c] {
				break
			}
		}
	}
	return 0, false
}

// besideFar tells whether a far edge comes within two grid units of a place given
// twice: noding bends no edge by more than one.
func (ar *Arranger) besideFar(at point) bool {
	const reach = 4
	for _, e := range ar.far {
		a, b := e.a.twice(), e.b.twice()
		if at.x < a.x-reach || at.x > b.x+reach || at.y < min(a.y, b.y)-reach || at.y > max(a.y, b.y)+reach {
			continue
		}
		dx, dy := float64(b.x-a.x), float64(b.y-a.y)
		if math.Abs(float64(dx*float64(at.y-a.y))-float64(dy*float64(at.x-a.x))) <= reach*portable.Hypot(dx, dy) {
			return true
		}
	}
	return false
}

// windingAt appends to out the winding numbers on the left of a half-edge,
// counted along a ray that leads east from its middle, or a hair above it.
func (ar *Arranger) windingAt(h int32, inputs int, out []delta) []delta {
	own := &ar.segments[h>>1]
	middle := point{own.a.x + own.b.x, own.a.y + own.b.y} // twice
	ar.counts = resize(ar.counts, inputs)
	clear(ar.counts)
	for _, d := range ar.around {
		ar.counts[d.input] += d.winding
	}
	for k := range ar.segments {
		if s := &ar.segments[k]; s != own {
			if sign := windingOf(s.a.twice(), s.b.twice(), middle); sign != 0 {
				for _, d := range ar.deltas[s.from:s.to] {
					ar.counts[d.input] += sign * d.winding
				}
			}
		}
	}
	for _, e := range ar.far {
		ar.counts[e.input] += windingOf(e.a.twice(), e.b.twice(), middle) * e.winding
	}
	// The ray starts east of its own edge, or above a level one.
	rises, left := own.b.y > own.a.y, h&1 == 0
	for _, d := range ar.deltas[own.from:own.to] {
		switch {
		case rises && left:
			ar.counts[d.input] += d.winding
		case !rises && !left:
			ar.counts[d.input] -= d.winding
		}
	}
	for input, winding := range ar.counts {
		if winding != 0 {
			out = append(out, delta{int32(input), winding})
		}
	}
	return out
}

// twice is a place on a grid that holds the middles of edges.
func (p point) twice() point { return point{2 * p.x, 2 * p.y} }
