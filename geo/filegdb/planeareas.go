package filegdb

import (
	"context"
	"math"

	"landcheck/geo"
	"landcheck/geo/inplace"
	nesting "landcheck/geo/rings"
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
	return inplace.Guard(0, func() error {
		var spans []span
		way := inplace.Sequential{File: t.file}
		defer way.Leave()
		for i := range t.offsets {
			if i%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			way.Reach(int64(t.offsets[i]))
			row, _, bad := t.row(i)
			var h head
			if bad == nil {
				h, spans, bad = t.head(row, spans)
			}
			if bad != nil || h.points == 0 {
				continue
			}
			at := spans[t.shape.field]
			steps, ok := h.planeArea(row[at.from:at.to], &t.shape.grid)
			if !ok {
				continue
			}
			if err := visit(t.id(i), steps*square); err != nil {
				return err
			}
		}
		return nil
	})
}

// planeArea is the area of a shape in square steps of the grid.
func (h *head) planeArea(blob []byte, g *grid) (float64, bool) {
	if h.parts == 1 && h.curves == 0 {
		w := walk{data: blob, at: h.partsStart}
		var x0, y0 int64
		px, py, sum := 0.0, 0.0, 0.0
		for left := int(h.points); left > 0; {
			some := w.next(left)
			if left == int(h.points) {
				x0, y0 = some[0][0], some[0][1]
			}
			for _, v := range some {
				x, y := float64(v[0]-x0), float64(v[1]-y0)
				sum += px*y - x*py
				px, py = x, y
			}
			left -= len(some)
		}
		return math.Abs(sum / 2), !w.bad
	}
	rings, bad := h.rings(blob, g, nil)
	if bad != nil {
		return 0, false
	}
	kept := rings[:0]
	for _, r := range rings {
		if len(r) > 0 && r[0] != r[len(r)-1] {
			r = append(r, r[0])
		}
		if inplace.ThreeDistinct(r) {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return 0, false
	}
	polygons, ok := nesting.Nest(kept)
	if !ok {
		return 0, false
	}
	sum := 0.0
	for _, p := range polygons {
		for k, r := range p {
			a := math.Abs(nesting.Area(r))
			if k > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum * g.scale * g.scale, true
}
