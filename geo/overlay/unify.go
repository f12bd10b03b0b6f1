package overlay

import (
	"context"
	"slices"
)

// unify finds segments that coincide by their hash: of what lies near a change
// more than half is there twice or thrice, and need not be sorted.
func (ar *Arranger) unify(ctx context.Context) error {
	size := 16
	for size < 2*len(ar.segments) { // at most half full
		size *= 2
	}
	ar.table = resize(ar.table, size)
	clear(ar.table)
	mask := uint64(size - 1)
	ar.same = resize(ar.same, len(ar.segments))              // segment → the one that it becomes
	ar.counts = slices.Grow(ar.counts[:0], len(ar.segments)) // of each, its deltas
	unique := slices.Grow(ar.freeNodes[:0], len(ar.segments))
next:
	for i := range ar.segments {
		if i%lookEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
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
	if err := ar.spread(ctx, unique); err != nil {
		return err
	}
	kept := unique[:0]
	for i := range unique {
		if s := &unique[i]; s.from < s.to {
			kept = append(kept, *s)
		}
	}
	ar.segments, ar.freeNodes = kept, ar.segments
	return nil
}

// spread gives the segments that unify found the sum of their deltas.
func (ar *Arranger) spread(ctx context.Context, unique []segment) error {
	sum := int64(0)
	for u := range unique {
		unique[u].from, unique[u].to = int32(sum), int32(sum)
		sum += int64(ar.counts[u])
	}
	if sum > ar.spending.budget.Covers { // many inputs on each of many edges are as many covers at least
		return ar.excess(TooManyCovers, ar.spending.budget.Covers)
	}
	ar.spending.steps += sum
	ar.freeDeltas = resize(ar.freeDeltas, int(sum))
	for i := range ar.segments {
		u := &unique[ar.same[i]]
		for _, d := range ar.deltas[ar.segments[i].from:ar.segments[i].to] {
			at := u.to // inputs mostly come in order
			for at > u.from && ar.freeDeltas[at-1].input > d.input {
				at--
			}
			if at > u.from && ar.freeDeltas[at-1].input == d.input {
				ar.freeDeltas[at-1].winding += d.winding
				continue
			}
			if ar.spending.steps += int64(u.to - at); ar.spending.steps > ar.spending.look {
				if err := ar.withinBudget(ctx); err != nil {
					return err
				}
			}
			copy(ar.freeDeltas[at+1:u.to+1], ar.freeDeltas[at:u.to])
			ar.freeDeltas[at] = d
			u.to++
		}
	}
	for u := range unique {
		s := &unique[u]
		n := s.from
		for _, d := range ar.freeDeltas[s.from:s.to] {
			if d.winding != 0 {
				ar.freeDeltas[n] = d
				n++
			}
		}
		s.to = n
	}
	ar.deltas, ar.freeDeltas = ar.freeDeltas, ar.deltas
	return nil
}

// hashOf mixes the bits of two places.
func hashOf(a, b point) uint64 {
	h := (uint64(a.x)*0x9e3779b97f4a7c15 ^ uint64(a.y)) * 0xff51afd7ed558ccd
	h = (h ^ uint64(b.x)*0xc4ceb9fe1a85ec53 ^ uint64(b.y)) * 0x9e3779b97f4a7c15
	return h >> 20
}
