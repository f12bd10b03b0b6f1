package filegdb

import (
	"slices"

	"github.com/paulmach/orb"
)

// rings decodes the parts of a shape, into the room of rings if that does. Each
// keeps one spare point, so that a ring is closed in place.
func (h *head) rings(blob []byte, g *grid, rings []orb.Ring) ([]orb.Ring, *damage) {
	var few [8]int
	counts, at, bad := h.counts(blob, few[:0])
	if bad != nil {
		return nil, bad
	}
	points := make([]orb.Point, int(h.points)+len(counts))
	rings = slices.Grow(rings[:0], len(counts))[:len(counts)]
	w := walk{data: blob, at: at}
	for p, n := range counts {
		ring := points[: n : n+1]
		points = points[n+1:]
		w.fill(ring, g)
		rings[p] = ring
	}
	if bad := w.check(h); bad != nil {
		return nil, bad
	}
	if h.curves > 0 {
		return h.drawn(blob, w.at, rings, g)
	}
	return rings, nil
}

// fill makes the vertices of a ring.
func (w *walk) fill(ring []orb.Point, g *grid) {
	for len(ring) > 0 {
		some := w.next(len(ring))
		if g.whole {
			for k, v := range some {
				ring[k] = orb.Point{float64(v[0]+g.wholeX) / g.scale, float64(v[1]+g.wholeY) / g.scale}
			}
		} else {
			for k, v := range some {
				ring[k] = orb.Point{float64(v[0])/g.scale + g.x0, float64(v[1])/g.scale + g.y0}
			}
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
	case w.begun && (w.x0 < h.x0-1 || w.y0 < h.y0-1 || w.x1 > h.x1+1 || w.y1 > h.y1+1):
		return damaged(h.partsStart, "图形自带的外包矩形没有包住其顶点", "the shape's own box does not cover its vertices")
	}
	return nil
}
