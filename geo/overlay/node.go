package overlay

import (
	"errors"
	"math"
	"slices"
)

// maxRounds bounds the noding. Rounding a crossing to the grid bends two edges
// by less than a grid step, which can make new crossings; two or three rounds
// settle real data. Where edges run so nearly alike that each round moves their
// crossing on by one step, it settles once crossings beside an end are put into
// that end.
const (
	maxRounds   = 64
	plainRounds = 8
)

var errNoding = errors.New("overlay: edges still cross after 64 rounds of noding")

// split is a place at which a segment must be cut.
type split struct {
	segment int32
	at      point
}

// node cuts segments until none crosses another or passes through its end.
func (ar *Arranger) node() error {
	for ar.round = range maxRounds {
		ar.merge()
		ar.findSplits()
		if len(ar.splits) == 0 {
			return nil
		}
		ar.cut()
	}
	return errNoding
}

// span is a segment that the sweep has reached and not yet left behind.
type span struct {
	right, bottom, top int64
	low                int32 // its lowest strip
	segment            int32
}

// strip is the spans of a horizontal strip of the window.
type strip struct{ settled, fresh []span }

// findSplits sweeps the segments, sorted by their left ends, in horizontal
// strips, so that cost follows neighbours and not the number of segments. Only
// fresh segments are held against others: settled ones do not cross.
func (ar *Arranger) findSplits() {
	ar.splits = ar.splits[:0]
	segs := ar.segments
	if len(segs) == 0 {
		return
	}
	n := int64(min(len(segs)/200+1, 2000))
	height := (ar.window.maxY-ar.window.minY)/n + 1
	at := func(y int64) int32 {
		if n == 1 {
			return 0 // no division
		}
		return int32(min(max((y-ar.window.minY)/height, 0), n-1))
	}
	ar.strips = resize(ar.strips, int(n))
	for i := range ar.strips {
		ar.strips[i].settled, ar.strips[i].fresh = ar.strips[i].settled[:0], ar.strips[i].fresh[:0]
	}
	reach := freshBox(segs)
	for i := range segs {
		s := &segs[i]
		own := span{right: s.b.x, bottom: min(s.a.y, s.b.y), top: max(s.a.y, s.b.y), segment: int32(i)}
		if s.settled && (s.a.x > reach.maxX || own.right < reach.minX || own.bottom > reach.maxY || own.top < reach.minY) {
			continue
		}
		own.low = at(own.bottom)
		for k := own.low; k <= at(own.top); k++ {
			meet := func(t *span) {
				if max(t.low, own.low) == k && !joint(s, &segs[t.segment]) { // each pair once
					ar.meet(own.segment, t.segment)
				}
			}
			st := &ar.strips[k]
			st.fresh = own.sweep(s.a.x, st.fresh, meet)
			if s.settled {
				st.settled = append(st.settled, own)
				continue
			}
			if len(st.settled) > 0 {
				st.settled = own.sweep(s.a.x, st.settled, meet)
			}
			st.fresh = append(st.fresh, own)
		}
	}
	for i := range segs {
		segs[i].settled = true
	}
}

// sweep drops the spans that end before x, and yields those as high as s.
func (s *span) sweep(x int64, spans []span, yield func(t *span)) []span {
	n := 0
	for i := range spans {
		t := &spans[i]
		if t.right < x {
			continue // behind the sweep for good
		}
		if n < i {
			spans[n] = *t
		}
		n++
		if t.bottom <= s.top && t.top >= s.bottom {
			yield(t)
		}
	}
	return spans[:n]
}

// freshBox is the box round the segments that are not settled.
func freshBox(segs []segment) box {
	b := box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
	for i := range segs {
		if s := &segs[i]; !s.settled {
			b = box{min(b.minX, s.a.x), min(b.minY, s.a.y, s.b.y), max(b.maxX, s.b.x), max(b.maxY, s.a.y, s.b.y)}
		}
	}
	return b
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
		if ar.round >= plainRounds {
			p = atEnd(p, s.a, s.b, t.a, t.b)
		}
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

// joint tells whether two segments share an end and not their direction: what
// neighbours in a ring do. They share nothing else.
func joint(s, t *segment) bool {
	switch {
	case s.a == t.a:
		return turn(s.a, s.b, t.b) != 0
	case s.b == t.b:
		return turn(s.a, s.b, t.a) != 0
	case s.a == t.b:
		return turn(s.a, s.b, t.a) != 0
	case s.b == t.a:
		return turn(s.a, s.b, t.b) != 0
	}
	return false
}

// atEnd is the first of some ends that a place lies beside, or the place.
func atEnd(p point, ends ...point) point {
	for _, e := range ends {
		if max(p.x-e.x, e.x-p.x, p.y-e.y, e.y-p.y) <= 1 {
			return e
		}
	}
	return p
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
