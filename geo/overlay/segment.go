package overlay

import (
	"context"
	"math/bits"
	"slices"
)

// delta says by how much the winding number of one input is higher on the left
// of a segment than on its right.
type delta struct {
	input   int32
	winding int32
}

// segment is an edge of the arrangement, smaller end first. Its deltas stand
// in the arena, sorted by input, none zero.
type segment struct {
	a, b     point
	from, to int32 // deltas in the arena
	settled  bool  // no crossing with any other settled segment
}

// addRing turns a ring of one input into segments.
func (ar *Arranger) addRing(pts []point, input int32) {
	if len(pts) < 2 {
		return
	}
	from, p := len(ar.segments), pts[len(pts)-1]
	for _, q := range pts {
		ar.addEdge(p, q, input)
		p = q
	}
	ar.note(from, len(pts))
}

func (ar *Arranger) addEdge(p, q point, input int32) {
	if p == q {
		return
	}
	s := segment{a: p, b: q, from: int32(len(ar.deltas)), to: int32(len(ar.deltas) + 1)}
	d := delta{input, 1}
	if q.less(p) {
		s.a, s.b, d.winding = q, p, -1
	}
	ar.deltas = append(ar.deltas, d)
	ar.segments = append(ar.segments, s)
}

// merge makes one of segments that coincide, and sorts them by their ends.
// Edges that no longer separate anything (an input running there and back)
// disappear: what stays has different covers on its two sides.
func (ar *Arranger) merge(ctx context.Context) error {
	ar.spending.steps += perSegment * int64(len(ar.segments))
	if err := ar.unify(ctx); err != nil {
		return err
	}
	ar.sort()
	return ar.withinBudget(ctx)
}

// sort orders the segments by their ends. What decides nearly always, the
// easting, goes into one number with the segment's place: numbers are sorted
// in a third of the time.
func (ar *Arranger) sort() {
	segs := ar.segments
	if len(segs) == 0 {
		return
	}
	low, high := segs[0].a.x, segs[0].a.x
	for i := range segs {
		low, high = min(low, segs[i].a.x), max(high, segs[i].a.x)
	}
	place := bits.Len(uint(len(segs)))
	coarse := max(0, bits.Len64(uint64(high-low))+place-64)
	ar.keys = resize(ar.keys, len(segs))
	for i := range segs {
		ar.keys[i] = uint64(segs[i].a.x-low)>>coarse<<place | uint64(i)
	}
	slices.Sort(ar.keys)
	ar.freeNodes = resize(ar.freeNodes, len(segs))
	from := 0 // of the segments that begin as far east
	for i, k := range ar.keys {
		ar.freeNodes[i] = segs[k&(1<<place-1)]
		if i+1 < len(ar.keys) && ar.keys[i+1]>>place == k>>place {
			continue
		}
		switch {
		case i == from+1: // mostly, as two edges of a ring begin in its westernmost vertex
			if s, t := &ar.freeNodes[from], &ar.freeNodes[i]; compareSegments(s, t) > 0 {
				*s, *t = *t, *s
			}
		case i > from:
			slices.SortFunc(ar.freeNodes[from:i+1], func(s, t segment) int { return compareSegments(&s, &t) })
		}
		from = i + 1
	}
	ar.segments, ar.freeNodes = ar.freeNodes, segs
}

func compareSegments(s, t *segment) int {
	if s.a != t.a {
		return compare(s.a, t.a)
	}
	return compare(s.b, t.b)
}
