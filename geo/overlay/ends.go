package overlay

// hinge is the ends of a segment, by number, and which way it runs: of ten
// thousand edges that meet in one place each pair is looked at, and told to
// share no more than that without a look at the edges themselves.
type hinge struct {
	a, b int32
	way  float64 // [-1, 1], rising with the slope; right to 2^-50
}

// hinge gives every segment its hinge.
func (ar *Arranger) hinge() {
	g := &ar.graph
	g.reserve(2 * len(ar.segments))
	ar.hinges = resize(ar.hinges, len(ar.segments))
	for i := range ar.segments {
		s := &ar.segments[i]
		dx, dy := float64(s.b.x-s.a.x), float64(s.b.y-s.a.y)
		ar.hinges[i] = hinge{g.vertexAt(s.a), g.vertexAt(s.b), dy / (dx + abs(dy))}
	}
}

// with tells that two segments share an end and run different ways.
func (h hinge) with(k hinge) bool {
	return (h.a == k.a || h.b == k.b || h.a == k.b || h.b == k.a) && abs(h.way-k.way) > 0x1p-40
}
