package overlay

import "github.com/paulmach/orb"

// side says on which sides of a window something lies wholly.
type side byte

const (
	left side = 1 << iota
	right
	below
	above
	anyRelation = left | right | below | above
)

func windowOf(b orb.Bound) box {
	lo, hi := fromInput(b.Min), fromInput(b.Max)
	return box{lo.x - perMetre, lo.y - perMetre, hi.x + perMetre, hi.y + perMetre}
}

// sides of the window on which all of b lies.
func (w box) sides(b box) side {
	var s side
	if b.maxX < w.minX {
		s |= left
	}
	if b.minX > w.maxX {
		s |= right
	}
	if b.maxY < w.minY {
		s |= below
	}
	if b.minY > w.maxY {
		s |= above
	}
	return s
}

func (w box) sidesOf(p point) side { return w.sides(box{p.x, p.y, p.x, p.y}) }

// shorten appends to out a ring that winds round every point of the window as
// r does, but where a run of vertices stays on one side of the window only its
// first and last remain: the chord between them lies on that side too. Nothing
// is appended for a ring that never gets near. No vertex is moved, so two
// neighbours that share edges still share them inside the window.
func (w box) shorten(r *ring, out []point) []point {
	start := len(out)
	run := anyRelation // sides on which all of the current run lies
	var last point
	pending := false // last is not in out yet
	keep := func(p point, s side) {
		if run &= s; run != 0 && len(out) > start {
			last, pending = p, true
			return
		}
		if pending {
			out = append(out, last)
			pending = false
		}
		out = append(out, p)
		run = s
	}
	stayed := anyRelation // sides on which all of the ring lies
	// outside passes over vertices that lie, all of them, on some side: the
	// first and the last stand for them.
	outside := func(i, end int, whole side) bool {
		stayed &= whole
		if whole == 0 {
			return false
		}
		keep(r.pts[i], whole)
		if end-i > 1 {
			keep(r.pts[end-1], whole)
		}
		return true
	}
	for g, group := range r.groups {
		from := g * groupSize * blockSize
		to := min(from+groupSize*blockSize, len(r.pts))
		if whole := w.sides(group); whole != 0 && outside(from, to, whole) {
			continue
		}
		for i := from; i < to; i += blockSize {
			end := min(i+blockSize, len(r.pts))
			if outside(i, end, w.sides(r.blocks[i/blockSize])) {
				continue
			}
			for _, p := range r.pts[i:end] {
				keep(p, w.sidesOf(p))
			}
		}
	}
	if stayed != 0 {
		return out[:start]
	}
	if pending {
		out = append(out, last)
	}
	return out
}

// Relation says how a polygon lies to a box.
type Relation int

// The sides. Crossing is said in doubt too.
const (
	Outside Relation = iota
	Inside
	Crossing
)

// Locate tells whether a polygon covers a box wholly, misses it wholly, or
// may have an edge in it. It reads only the parts of its rings near the box.
func (s *Shape) Locate(b orb.Bound) Relation {
	w := windowOf(b)
	if s.raster != nil {
		if side, known := s.raster.locate(s, w); known {
			return side
		}
	}
	return s.plainly(w)
}

// plainly is Locate without the raster.
func (s *Shape) plainly(w box) Relation {
	sum := int32(0)
	var buffer [64]point
	crossing := false
	s.near(w, func(r *ring) {
		if crossing {
			return
		}
		winding, enters := w.winding(w.shorten(r, buffer[:0]))
		crossing = enters
		sum += winding
	})
	if crossing {
		return Crossing
	}
	if sum == 0 {
		return Outside
	}
	return Inside
}

// winding is how often a ring runs round a window; enters where an edge may
// lie in it.
func (w box) winding(pts []point) (winding int32, enters bool) {
	if len(pts) == 0 {
		return 0, false
	}
	p := pts[len(pts)-1]
	from := w.sidesOf(p)
	for _, q := range pts {
		to := w.sidesOf(q)
		if from&to == 0 {
			return 0, true
		}
		winding += windingOf(p, q, point{w.minX, w.minY})
		p, from = q, to
	}
	return winding, false
}

// windingOf is what the edge p→q adds to the winding number round o.
func windingOf(p, q, o point) int32 {
	switch {
	case p.y <= o.y && q.y > o.y && turn(p, q, o) > 0:
		return 1
	case p.y > o.y && q.y <= o.y && turn(p, q, o) < 0:
		return -1
	}
	return 0
}
