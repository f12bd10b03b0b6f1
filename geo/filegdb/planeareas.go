package filegdb

import (
	"context"
	"math"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

var _ geo.PlaneMeasurer = (*Layer)(nil)

// PlaneAreas implements geo.PlaneMeasurer in whole steps of the grid; only
// shapes of several rings, or with curves, are made. Nothing odd is said of the
// rows: that is for who reads them.
func (l *Layer) PlaneAreas(ctx context.Context, scale float64, visit func(record int, area float64) error) error {
	if l.closed.Load() {
		return errClosed
	}
	t := l.table
	square := scale / (t.shape.grid.scale * t.shape.grid.scale)
	var spans []span
	var in room
	return l.place(t.scan(ctx, func(i int) error {
		row, _, bad := t.row(i)
		var h head
		if bad == nil {
			h, spans, bad = t.head(row, spans)
		}
		if bad != nil || h.points == 0 {
			return nil
		}
		at := spans[t.shape.field]
		steps, ok := h.planeArea(row[at.from:at.to], &t.shape.grid, &in)
		if !ok {
			return nil
		}
		return visit(t.id(i), steps*square)
	}))
}

// planeArea is the area of a shape in square steps of the grid.
func (h *head) planeArea(blob []byte, g *grid, in *room) (float64, bool) {
	if h.parts == 1 && h.curves == 0 {
		w := h.walk(blob, h.partsStart)
		var sum geo.Shoelace
		for left := int(h.points); left > 0; {
			some := w.next(left, in)
			if left == int(h.points) {
				sum = geo.NewShoelace(float64(some[0][0]), float64(some[0][1]))
			}
			for _, v := range some {
				sum.Add(float64(v[0]), float64(v[1]))
			}
			left -= len(some)
		}
		return math.Abs(sum.Area()), !w.bad && !w.out
	}
	rings, bad := h.rings(blob, g, in)
	if bad != nil {
		return 0, false
	}
	area, ok := inplace.PlaneArea(rings)
	return area * g.scale * g.scale, ok
}
