package overlay

// nest gives every cycle its face. An outer cycle is a face of its own; an
// inner one belongs to the face in which its component lies: the face above
// the nearest edge straight below the component's smallest vertex.
func (g *graph) nest(segs []segment) {
	g.face = resize(g.face, len(g.start))
	g.faces = 1
	for c := range g.start {
		g.face[c] = -1
		if g.outer[c] {
			g.face[c] = int32(g.faces)
			g.faces++
		}
	}
	g.parents = resize(g.parents, len(g.start))
	for c := range g.start {
		if !g.outer[c] {
			g.parents[c] = g.below(segs, g.at[g.origin[g.lowest[c]]])
		}
	}
	for c := range g.start {
		if !g.outer[c] {
			g.face[c] = g.resolve(int32(c))
		}
	}
}

// resolve follows components that lie beside each other to their common face.
// It ends, because the edge below a component's smallest vertex belongs to one
// that reaches further left, or lower.
func (g *graph) resolve(c int32) int32 {
	for g.face[c] < 0 {
		c = g.parents[c]
		if c < 0 {
			return 0
		}
	}
	return g.face[c]
}

// below is the cycle that sees p across the nearest edge under it, -1 for none.
// Edges are taken half-open, [left end, right end), as if p were a hair further
// right; edges that start in p itself are not under it.
func (g *graph) below(segs []segment, p point) int32 {
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
	if best < 0 {
		return -1
	}
	return g.cycle[2*best]
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
