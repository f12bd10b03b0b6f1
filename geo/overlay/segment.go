package overlay

import (
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
	p := pts[len(pts)-1]
	for _, q := range pts {
		ar.addEdge(p, q, input)
		p = q
	}
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
func (ar *Arranger) merge() {
	ar.unify()
	ar.sort()
}

// unify finds segments that coincide by their hash: of what lies near a change
// more than half is there twice or thrice, and need not be sorted.
func (ar *Arranger) unify() {
	size := 16
	for size < 2*len(ar.segments) { // at most half full
		size *= 2
	}
	ar.table = resize(ar.table, size)
	clear(ar.table)
	mask := uint64(size - 1)
	ar.same = resize(ar.same, len(ar.segments)) // segment → the one that it becomes
	ar.counts = ar.counts[:0]                   // of each, its deltas
	unique := ar.spare[:0]
next:
	for i := range ar.segments {
		s := &ar.segments[i]
		for h := hashOf(s.a, s.b) & mask; ; h = (h + 1) & mask {
			u := ar.table[h] - 1
			if u < 0 {
				ar.table[h] = int32(len(unique) + 1)
				ar.same[i] = int32(len(unique))
				unique = append(unique, *s)
				ar.counts = append(ar.counts, s.to-s.from)
				continue next
			}
			if t := &unique[u]; t.a == s.a && t.b == s.b {
				t.settled = t.settled || s.settled
				ar.same[i] = u
				ar.counts[u] += s.to - s.from
				continue next
			}
		}
	}
	ar.spread(unique)
	kept := unique[:0]
	for i := range unique {
		if s := &unique[i]; s.from < s.to {
			kept = append(kept, *s)
		}
	}
	ar.segments, ar.spare = kept, ar.segments
}

// spread gives the segments that unify found the sum of their deltas.
func (ar *Arranger) spread(unique []segment) {
	sum := int32(0)
	for u := range unique {
		unique[u].from, unique[u].to = sum, sum
		sum += ar.counts[u]
	}
	ar.spareDeltas = resize(ar.spareDeltas, int(sum))
	for i := range ar.segments {
		u := &unique[ar.same[i]]
		for _, d := range ar.deltas[ar.segments[i].from:ar.segments[i].to] {
			at := u.to // inputs mostly come in order
			for at > u.from && ar.spareDeltas[at-1].input > d.input {
				at--
			}
			if at > u.from && ar.spareDeltas[at-1].input == d.input {
				ar.spareDeltas[at-1].winding += d.winding
				continue
			}
			copy(ar.spareDeltas[at+1:u.to+1], ar.spareDeltas[at:u.to])
			ar.spareDeltas[at] = d
			u.to++
		}
	}
	for u := range unique {
		s := &unique[u]
		n := s.from
		for _, d := range ar.spareDeltas[s.from:s.to] {
			if d.winding != 0 {
				ar.spareDeltas[n] = d
				n++
			}
		}
		s.to = n
	}
	ar.deltas, ar.spareDeltas = ar.spareDeltas, ar.deltas
}

// hashOf mixes the bits of two places.
func hashOf(a, b point) uint64 {
	h := (uint64(a.x)*0x9e3779b97f4a7c15 ^ uint64(a.y)) * 0xff51afd7ed558ccd
	h = (h ^ uint64(b.x)*0xc4ceb9fe1a85ec53 ^ uint64(b.y)) * 0x9e3779b97f4a7c15
	return h >> 20
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
	ar.spare = resize(ar.spare, len(segs))
	from := 0 // of the segments that begin as far east
	for i, k := range ar.keys {
		ar.spare[i] = segs[k&(1<<place-1)]
		if i+1 < len(ar.keys) && ar.keys[i+1]>>place == k>>place {
			continue
		}
		switch {
		case i == from+1: // mostly, as two edges of a ring begin in its westernmost vertex
			if s, t := &ar.spare[from], &ar.spare[i]; compareSegments(s, t) > 0 {
				*s, *t = *t, *s
			}
		case i > from:
			slices.SortFunc(ar.spare[from:i+1], func(s, t segment) int { return compareSegments(&s, &t) })
		}
		from = i + 1
	}
	ar.segments, ar.spare = ar.spare, segs
}

func compareSegments(s, t *segment) int {
	if s.a != t.a {
		return compare(s.a, t.a)
	}
	return compare(s.b, t.b)
}
