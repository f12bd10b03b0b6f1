package overlay

import "context"

// label walks from the unbounded face across edges and gives each face its
// winding numbers: those of the neighbour, changed by what the edge says.
func (ar *Arranger) label(ctx context.Context) error {
	ar.gatherFaces()
	ar.winding[0] = ar.winding[0][:0]
	clear(ar.seen)
	covers := covering{}
	err := ar.walk(ctx, 0, func(f, r, h int32) (bool, error) {
		return true, ar.cover(&covers, f, r, h)
	})
	if err != nil {
		return err
	}
	return ar.countIslands(&covers)
}

// covering counts the covers of the faces so far.
type covering struct{ sum int64 }

// cover gives face r the winding numbers of face f, from which it lies across a
// half-edge.
func (ar *Arranger) cover(c *covering, f, r, h int32) error {
	s := &ar.segments[h>>1]
	ar.winding[r] = across(ar.winding[r][:0], ar.winding[f], ar.deltas[s.from:s.to], h&1 == 0)
	return ar.count(c, r)
}

// count adds the covers of a face.
func (ar *Arranger) count(c *covering, face int32) error {
	n := int64(len(ar.winding[face]))
	c.sum += n
	ar.spending.steps += n
	if limit := ar.spending.budget.Covers; c.sum > limit {
		return ar.excess(TooManyCovers, limit)
	}
	return nil
}

// countIslands adds the covers of the islands.
func (ar *Arranger) countIslands(c *covering) error {
	for k := range ar.islands {
		if err := ar.count(c, ar.islands[k].face); err != nil {
			return err
		}
	}
	return nil
}

// gatherFaces lists the cycles of each face.
func (ar *Arranger) gatherFaces() {
	g := &ar.graph
	ar.winding, ar.seen = resize(ar.winding, g.faces), resize(ar.seen, g.faces)
	ar.first, ar.sibling = resize(ar.first, g.faces), resize(ar.sibling, len(g.start))
	for f := range ar.first {
		ar.first[f] = -1
	}
	for c := len(g.start) - 1; c >= 0; c-- {
		f := g.face[c]
		ar.sibling[c], ar.first[f] = ar.first[f], int32(c)
	}
}

// walk goes from face to face, from f across half-edge h to one not seen yet,
// r, where cross agrees.
func (ar *Arranger) walk(ctx context.Context, from int32, cross func(f, r, h int32) (bool, error)) error {
	g := &ar.graph
	ar.queue = append(ar.queue[:0], from)
	ar.seen[from] = true
	for len(ar.queue) > 0 {
		f := ar.queue[len(ar.queue)-1]
		ar.queue = ar.queue[:len(ar.queue)-1]
		for c := ar.first[f]; c >= 0; c = ar.sibling[c] {
			start := g.start[c]
			for h := start; ; {
				if r := g.face[g.cycle[h^1]]; !ar.seen[r] {
					crosses, err := cross(f, r, h)
					if err != nil {
						return err
					}
					if crosses {
						ar.seen[r] = true
						ar.queue = append(ar.queue, r)
					}
				}
				if ar.spending.steps++; ar.spending.steps > ar.spending.look {
					if err := ar.withinBudget(ctx); err != nil {
						return err
					}
				}
				if h = g.next[h]; h == start {
					break
				}
			}
		}
	}
	return nil
}

// across appends to out the winding numbers of the face on the right of a
// half-edge whose left face has those of from. Forward half-edges lose the
// segment's deltas, backward ones gain them.
func across(out, from, deltas []delta, forward bool) []delta {
	sign := int32(1)
	if forward {
		sign = -1
	}
	i := 0
	for _, d := range deltas {
		for ; i < len(from) && from[i].input < d.input; i++ {
			out = append(out, from[i])
		}
		w := sign * d.winding
		if i < len(from) && from[i].input == d.input {
			w += from[i].winding
			i++
		}
		if w != 0 {
			out = append(out, delta{d.input, w})
		}
	}
	return append(out, from[i:]...)
}
