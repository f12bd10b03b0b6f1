package overlay

import (
	"errors"
	"slices"
)

// maxRounds bounds the noding. Rounding a crossing to the grid bends two edges
// by less than a grid step, which can make new crossings; two or three rounds
// settle real data.
const maxRounds = 64

var errNoding = errors.New("overlay: edges still cross after 64 rounds of noding")

// split is a place at which a segment must be cut.
type split struct {
	segment int32
	at      point
}

// node cuts segments until none crosses another or passes through its end.
func (ar *Arranger) node() error {
	for range maxRounds {
		ar.merge()
		ar.findSplits()
		if len(ar.splits) == 0 {
			return nil
		}
		ar.cut()
	}
	return errNoding
}

// findSplits sweeps the segments, sorted by their left ends, in horizontal
// strips, so that cost follows neighbours and not the number of segments.
func (ar *Arranger) findSplits() {
	ar.splits = ar.splits[:0]
	segs := ar.segments
	if len(segs) == 0 {
		return
	}
	strips := int64(min(len(segs)/200+1, 2000))
	height := (ar.window.maxY-ar.window.minY)/strips + 1
	strip := func(y int64) int64 { return min(max((y-ar.window.minY)/height, 0), strips-1) }
	ar.strips = slices.Grow(ar.strips[:0], int(strips))[:strips]
	for i := range ar.strips {
		ar.strips[i] = ar.strips[i][:0]
	}
	for i := range segs {
		s := &segs[i]
		bottom, top := min(s.a.y, s.b.y), max(s.a.y, s.b.y)
		for k := strip(bottom); k <= strip(top); k++ {
			active := ar.strips[k]
			n := 0
			for _, j := range active {
				t := &segs[j]
				if t.b.x < s.a.x {
					continue // behind the sweep for good
				}
				active[n] = j
				n++
				if s.settled && t.settled {
					continue
				}
				tb, tt := min(t.a.y, t.b.y), max(t.a.y, t.b.y)
				if tb > top || tt < bottom {
					continue
				}
				if strip(max(tb, bottom)) == k { // each pair once
					ar.meet(int32(i), j)
				}
			}
			ar.strips[k] = append(active[:n], int32(i))
		}
	}
	for i := range segs {
		segs[i].settled = true
	}
}

// meet records where two segments must be cut so that they share at most ends.
func (ar *Arranger) meet(i, j int32) {
	s, t := &ar.segments[i], &ar.segments[j]
	sc, sd := turn(s.a, s.b, t.a), turn(s.a, s.b, t.b)
	if sc*sd > 0 {
		return
	}
	ta, tb := turn(t.a, t.b, s.a), turn(t.a, t.b, s.b)
	if ta*tb > 0 {
		return
	}
	if sc*sd < 0 && ta*tb < 0 {
		p := crossing(s.a, s.b, t.a, t.b)
		if p != s.a && p != s.b {
			ar.splits = append(ar.splits, split{i, p})
		}
		if p != t.a && p != t.b {
			ar.splits = append(ar.splits, split{j, p})
		}
		return
	}
	// An end of one may lie on the other: between its ends, if on its line.
	ar.touch(i, t.a, sc)
	ar.touch(i, t.b, sd)
	ar.touch(j, s.a, ta)
	ar.touch(j, s.b, tb)
}

// touch cuts segment i at p where p lies strictly between its ends; side is on
// which side of its line p lies.
func (ar *Arranger) touch(i int32, p point, side int) {
	s := &ar.segments[i]
	if side == 0 && s.a.less(p) && p.less(s.b) {
		ar.splits = append(ar.splits, split{i, p})
	}
}

// cut replaces every segment that has splits by its pieces.
func (ar *Arranger) cut() {
	slices.SortFunc(ar.splits, func(p, q split) int {
		if p.segment != q.segment {
			return int(p.segment - q.segment)
		}
		s := &ar.segments[p.segment]
		return along(s, p.at, q.at)
	})
	for k := 0; k < len(ar.splits); {
		i := ar.splits[k].segment
		whole := ar.segments[i]
		p := whole.a
		first := true
		for ; k < len(ar.splits) && ar.splits[k].segment == i; k++ {
			if q := ar.splits[k].at; q != p {
				ar.piece(i, &first, whole, p, q)
				p = q
			}
		}
		ar.piece(i, &first, whole, p, whole.b)
	}
}

// along orders two places on a segment by the axis along which it is longer:
// rounding disturbs the other one.
func along(s *segment, p, q point) int {
	dx, dy := s.b.x-s.a.x, s.b.y-s.a.y
	switch {
	case dy > dx:
		return compare(point{p.y, p.x}, point{q.y, q.x})
	case -dy > dx:
		return compare(point{-p.y, p.x}, point{-q.y, q.x})
	}
	return compare(p, q)
}

// piece adds p→q as part of a whole segment, the first in the whole's place.
func (ar *Arranger) piece(i int32, first *bool, whole segment, p, q point) {
	if p == q {
		return
	}
	s := segment{a: p, b: q, from: whole.from, to: whole.to}
	if q.less(p) {
		s.a, s.b = q, p
		from := len(ar.deltas)
		for _, d := range ar.deltas[whole.from:whole.to] {
			ar.deltas = append(ar.deltas, delta{d.input, -d.winding})
		}
		s.from, s.to = int32(from), int32(len(ar.deltas))
	}
	if *first {
		ar.segments[i], *first = s, false
		return
	}
	ar.segments = append(ar.segments, s)
}
