package overlay

// ends are those of a segment, by number, and which way it runs: of ten
// thousand edges that meet in one place each pair is looked at, and told to
// share no more than that without a look at the edges themselves.
type ends struct {
	a, b int32
	way  float64 // [-1, 1], rising with the slope; right to 2^-50
}

// numberEnds fills in the ends of every segment.
func (ar *Arranger) numberEnds() {
	g := &ar.graph
	g.reserve(len(ar.segments))
	ar.ends = resize(ar.ends, len(ar.segments))
	for i := range ar.segments {
		s := &ar.segments[i]
		dx, dy := float64(s.b.x-s.a.x), float64(s.b.y-s.a.y)
		ar.ends[i] = ends{g.vertexAt(s.a), g.vertexAt(s.b), dy / (dx + abs(dy))}
	}
}

// joint is that of two segments, in doubt false: they share an end and run
// different ways.
func (e ends) joint(f ends) bool {
	return (e.a == f.a || e.b == f.b || e.a == f.b || e.b == f.a) && abs(e.way-f.way) > 0x1p-40
}
