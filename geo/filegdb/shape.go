package filegdb

import (
	"slices"

	"github.com/paulmach/orb"
)

// rings decodes the parts of a shape. Each keeps one spare point, so that a ring is
// closed in place. The points are the caller's, the list is that of the room.
func (h *head) rings(blob []byte, g *grid, in *room) ([]orb.Ring, *damage) {
	var few [8]int
	counts, at, bad := h.counts(blob, few[:0])
	if bad != nil {
		return nil, bad
	}
	points := make([]orb.Point, int(h.points)+len(counts))
	in.rings = slices.Grow(in.rings[:0], len(counts))[:len(counts)]
	w := h.walk(blob, at)
	for p, n := range counts {
		ring := points[: n : n+1]
		points = points[n+1:]
		w.fill(ring, g, in)
		in.rings[p] = ring
	}
	if bad := w.check(h); bad != nil {
		return nil, bad
	}
	if h.curves > 0 {
		return h.drawn(blob, w.at, in.rings, g)
	}
	return in.rings, nil
}

// fill makes the vertices of a ring.
func (w *walk) fill(ring []orb.Point, g *grid, in *room) {
	addX, addY, x0, y0 := w.cornerX, w.cornerY, g.x0, g.y0
	if g.whole {
		addX, addY, x0, y0 = addX+g.wholeX, addY+g.wholeY, 0, 0
	}
	for len(ring) > 0 {
		some := w.next(len(ring), in)
		for k, v := range some {
			ring[k] = orb.Point{float64(v[0]+addX)/g.scale + x0, float64(v[1]+addY)/g.scale + y0}
		}
		ring = ring[len(some):]
	}
}

// check holds the vertices against the box that the shape states: a search
// that believes one that is too small passes over land in silence.
func (w *walk) check(h *head) *damage {
	switch {
	case w.bad:
		return damaged(w.at, "顶点数据在此中断或坐标超出范围", "the vertices end short here, or a coordinate lies out of range")
	case w.out:
		return damaged(h.partsStart, "图形自带的外包矩形没有包住其顶点", "the shape's own box does not cover its vertices")
	}
	return nil
}
