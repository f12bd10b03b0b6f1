package overlay

import "context"

// nest gives every cycle its face. An outer cycle is a face of its own; an
// inner one belongs to the face in which its component lies: the face above
// the nearest edge straight below the component's smallest vertex.
func (ar *Arranger) nest(ctx context.Context) error {
	g := &ar.graph
	g.face = resize(g.face, len(g.start))
	g.faces = 1
	inner := 0
	for c := range g.start {
		g.face[c] = -1
		if g.outer[c] {
			g.face[c] = int32(g.faces)
			g.faces++
		} else {
			inner++
		}
	}
	g.parents = resize(g.parents, len(g.start))
	below := func(p point) int { return g.below(ar.segments, p) }
	if scan := int64(inner+len(ar.islands)) * int64(len(ar.segments)); scan > manyScans {
		columns := ar.columns()
		ar.spending.steps += 16 * int64(len(columns.segments))
		below = func(p point) int { return columns.below(ar.segments, p) }
	} else {
		ar.spending.steps += scan / 2
	}
	if err := ar.withinBudget(ctx); err != nil {
		return err
	}
	for c := range g.start {
		if g.outer[c] {
			continue
		}
		g.parents[c] = -1
		if k := below(g.smallest(c)); k >= 0 {
			g.parents[c] = g.cycle[2*k]
		}
	}
	for c := range g.start {
		if !g.outer[c] {
			g.face[c] = g.resolve(int32(c))
		}
	}
	for i := range ar.islands {
		at := &ar.islands[i]
		if at.face = 0; len(ar.segments) > 0 {
			if k := below(at.smallest()); k >= 0 {
				at.face = g.face[g.cycle[2*k]]
			}
		}
	}
	return nil
}

// manyScans is from how many looks on the edges below components are found by
// columns, and not by looking at all edges for each.
const manyScans = 1 << 20

// smallest is the smallest vertex of a cycle.
func (g *graph) smallest(c int) point { return g.at[g.origin[g.lowest[c]]] }

// resolve follows components that lie beside each other to their common face.
// It ends, because the edge below a component's smallest vertex belongs to one
// that reaches further left, or lower.
func (g *graph) resolve(c int32) int32 {
	for start := c; ; {
		if g.face[c] >= 0 {
			return g.settle(start, c, g.face[c])
		}
		next := g.parents[c]
		if next < 0 {
			return g.settle(start, c, 0)
		}
		c = next
	}
}

// settle gives the components on the way from one to another their face, so
// that none is gone past twice.
func (g *graph) settle(from, to, face int32) int32 {
	for c := from; c != to; {
		g.face[c] = face
		c = g.parents[c]
	}
	g.face[to] = face
	return face
}

// below is the nearest edge under p, -1 for none. Edges are taken half-open,
// [left end, right end), as if p were a hair further right; edges that start in
// p itself are not under it.
func (g *graph) below(segs []segment, p point) int {
	best := -1
	for k := range segs {
		s := &segs[k]
		if s.a.x > p.x {
			break // segments are sorted by their left ends
		}
		if s.b.x <= p.x || turn(s.a, s.b, p) <= 0 {
			continue
		}
		if best < 0 || higher(s, &segs[best]) {
			best = k
		}
	}
	return best
}

// higher tells whether s runs above t where both have points of the same x.
// They do not cross, but may share an end.
func higher(s, t *segment) bool {
	if s.a.x >= t.a.x {
		if d := turn(t.a, t.b, s.a); d != 0 {
			return d > 0
		}
		return turn(t.a, t.b, s.b) > 0
	}
	if d := turn(s.a, s.b, t.a); d != 0 {
		return d < 0
	}
	return turn(s.a, s.b, t.b) < 0
}
