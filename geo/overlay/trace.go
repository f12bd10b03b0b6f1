package overlay

import "github.com/paulmach/orb"

// polygon is the outline of a face: its outer cycle and its inner ones, each
// taken apart where it touches itself, so that rings are simple.
func (ar *Arranger) polygon(f int32) orb.Polygon {
	g := &ar.graph
	polygon := make(orb.Polygon, 1)
	next := ar.firstIsland[f]
	until := func(least *segment) {
		for ; next > 0 && (least == nil || ar.islands[next-1].before(least)); next = ar.islands[next-1].next {
			i := &ar.islands[next-1]
			ar.spending.steps += perVertex * int64(len(i.pts))
			polygon = append(polygon, i.hole())
		}
	}
	for c := ar.first[f]; c >= 0; c = ar.sibling[c] {
		until(&ar.segments[g.start[c]>>1])
		ar.simple(g.start[c], func(loop []int32) {
			ar.spending.steps += perVertex * int64(len(loop))
			r := make(orb.Ring, 0, len(loop)+1)
			pts := ar.ring[:0]
			for _, h := range loop {
				p := g.at[g.origin[h]]
				pts = append(pts, p)
				r = append(r, p.toOrb())
			}
			r, ar.ring = append(r, r[0]), pts
			if orientation(pts) > 0 {
				polygon[0] = r
			} else {
				polygon = append(polygon, r)
			}
		})
	}
	until(nil)
	return polygon
}

// simple takes a cycle apart at the vertices that it passes more than once.
func (ar *Arranger) simple(start int32, yield func(loop []int32)) {
	g := &ar.graph
	stack := ar.stack[:0]
	for h := start; ; {
		v := g.origin[h]
		if i := ar.onStack[v]; i > 0 {
			yield(stack[i-1:])
			for _, e := range stack[i-1:] {
				ar.onStack[g.origin[e]] = 0
			}
			stack = stack[:i-1]
		}
		stack = append(stack, h)
		ar.onStack[v] = int32(len(stack))
		if h = g.next[h]; h == start {
			break
		}
	}
	yield(stack)
	for _, e := range stack {
		ar.onStack[g.origin[e]] = 0
	}
	ar.stack = stack
}
