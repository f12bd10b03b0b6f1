package overlay

import (
	"context"
	"slices"
)

// maxRounds bounds the noding. Rounding a crossing to the grid bends two edges
// by less than a grid step, which can make new crossings; two or three rounds
// settle real data. Where edges run so nearly parallel that each round moves their
// crossing on by one step, it settles once crossings beside an end are put into
// that end.
const (
	maxRounds   = 64
	plainRounds = 8
)

// split is a place at which a segment must be cut.
type split struct {
	segment int32
	at      point
}

// node cuts segments until none crosses another or passes through its end.
func (ar *Arranger) node(ctx context.Context) error {
	for ar.round = range maxRounds {
		if err := ar.merge(ctx); err != nil {
			return err
		}
		if err := ar.findSplits(ctx); err != nil {
			return err
		}
		if len(ar.splits) == 0 {
			return nil
		}
		if err := ar.cut(); err != nil {
			return err
		}
		ar.spending.splits += int64(len(ar.splits))
		ar.splits = ar.splits[:0]
	}
	return ar.excess(NotSettled, maxRounds)
}

// meet records where two segments must be cut so that they share at most ends.
func (ar *Arranger) meet(i, j int32) {
	before := len(ar.splits)
	ar.meetAt(i, j)
	if len(ar.splits) > before {
		ar.spending.pairs = append(ar.spending.pairs, ar.inputsOf(i, j))
	}
}

// inputsOf is the first inputs that two segments bound.
func (ar *Arranger) inputsOf(i, j int32) pair {
	a, b := ar.deltas[ar.segments[i].from].input, ar.deltas[ar.segments[j].from].input
	return pair{min(a, b), max(a, b)}
}

func (ar *Arranger) meetAt(i, j int32) {
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
func (ar *Arranger) cut() error {
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
		if limit := 2 * ar.spending.budget.Covers; int64(len(ar.deltas)) > limit {
			return ar.excess(TooManyCovers, limit)
		}
	}
	return nil
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
