package overlay

import (
	"cmp"
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
		if p != q {
			s := segment{a: p, b: q, from: int32(len(ar.deltas)), to: int32(len(ar.deltas) + 1)}
			d := delta{input, 1}
			if q.less(p) {
				s.a, s.b, d.winding = q, p, -1
			}
			ar.deltas = append(ar.deltas, d)
			ar.segments = append(ar.segments, s)
		}
		p = q
	}
}

// merge sorts the segments by their ends and makes one of those that
// coincide. Edges that no longer separate anything (an input running there and
// back) disappear: what stays has different covers on its two sides.
func (ar *Arranger) merge() {
	ar.sort()
	segs := ar.segments
	kept := segs[:0]
	for i := 0; i < len(segs); {
		j := i + 1
		for j < len(segs) && segs[j].a == segs[i].a && segs[j].b == segs[i].b {
			j++
		}
		s := segs[i]
		if j > i+1 {
			for _, t := range segs[i+1 : j] {
				s.settled = s.settled || t.settled
			}
			s.from, s.to = ar.sum(segs[i:j])
		}
		if s.from < s.to {
			kept = append(kept, s)
		}
		i = j
	}
	ar.segments = kept
}

// place is a segment to be sorted: what decides nearly always, and where the
// rest is. Moving these costs a third of moving segments.
type place struct {
	x     int64
	index int32
}

// sort orders the segments by their ends, coinciding ones by their deltas.
func (ar *Arranger) sort() {
	segs := ar.segments
	ar.places = resize(ar.places, len(segs))
	for i := range segs {
		ar.places[i] = place{segs[i].a.x, int32(i)}
	}
	slices.SortFunc(ar.places, func(p, q place) int {
		if p.x != q.x {
			if p.x < q.x {
				return -1
			}
			return 1
		}
		s, t := &segs[p.index], &segs[q.index]
		switch {
		case s.a.y != t.a.y:
			return cmp.Compare(s.a.y, t.a.y)
		case s.b.x != t.b.x:
			return cmp.Compare(s.b.x, t.b.x)
		case s.b.y != t.b.y:
			return cmp.Compare(s.b.y, t.b.y)
		}
		return int(s.from) - int(t.from)
	})
	ar.spare = resize(ar.spare, len(segs))
	for i, p := range ar.places {
		ar.spare[i] = segs[p.index]
	}
	ar.segments, ar.spare = ar.spare, segs
}

// sum adds up the deltas of coinciding segments.
func (ar *Arranger) sum(segs []segment) (from, to int32) {
	start := len(ar.deltas)
	for _, s := range segs {
		ar.deltas = append(ar.deltas, ar.deltas[s.from:s.to]...)
	}
	all := ar.deltas[start:]
	slices.SortFunc(all, func(d, e delta) int { return int(d.input - e.input) })
	n := 0
	for i := 0; i < len(all); {
		d := all[i]
		for i++; i < len(all) && all[i].input == d.input; i++ {
			d.winding += all[i].winding
		}
		if d.winding != 0 {
			all[n] = d
			n++
		}
	}
	ar.deltas = ar.deltas[:start+n]
	return int32(start), int32(start + n)
}
