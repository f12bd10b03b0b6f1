package ledger

import (
	"sync/atomic"

	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"
)

// common is the area of one polygon that others cover, m².
func (w *works) common(ar *overlay.Arranger, s *overlay.Shape, others ...*overlay.Shape) (float64, error) {
	window := s.Bound()
	cells, err := ar.Cells(window, append([]*overlay.Shape{s}, others...), func(cover []int32) bool { return cover[0] == 0 && len(cover) > 1 })
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, cell := range cells {
		sum += w.surveyor.Polygon(cell.Polygon)
	}
	return sum, nil
}

// inProject reads the parcels of a role that meet the project area, with the
// area of each that lies in it, in the order of the layer.
func (w *works) inProject(role plan.Role) ([]parcel, []float64, error) {
	var boxes []orb.Bound
	for _, s := range w.project {
		boxes = append(boxes, s.Bound())
	}
	near, err := w.base.Near(w.ctx, role, w.ledger.CRS, boxes)
	if err != nil {
		return nil, nil, err
	}
	parcels := make([]parcel, len(near))
	areas := make([]float64, len(near))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(w.ctx)
	for range w.jobs {
		group.Go(func() error {
			var ar overlay.Arranger
			for {
				i := int(next.Add(1)) - 1
				if i >= len(near) || ctx.Err() != nil {
					return ctx.Err()
				}
				parcels[i].Parcel = near[i]
				if areas[i], err = w.areaInProject(&ar, &parcels[i]); err != nil {
					return err
				}
			}
		})
	}
	return parcels, areas, group.Wait()
}

// areaInProject is the part of a parcel inside the project area. Most parcels
// lie wholly in or out, which their box tells: those are not cut.
func (w *works) areaInProject(ar *overlay.Arranger, p *parcel) (float64, error) {
	box := p.Geometry.Bound()
	var crossing []*overlay.Shape
	for _, s := range w.project {
		switch s.Locate(box) {
		case overlay.Inside:
			return p.whole(w.surveyor.MultiPolygon), nil
		case overlay.Crossing:
			crossing = append(crossing, s)
		}
	}
	if len(crossing) == 0 {
		return 0, nil
	}
	p.shape = overlay.Prepare(p.Geometry)
	return w.common(ar, p.shape, crossing...)
}
