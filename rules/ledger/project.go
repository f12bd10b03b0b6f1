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

// part is what of a parcel lies in the project area, and all of it, m²; whole
// is not measured where nothing does.
type part struct{ area, whole float64 }

// inProject reads the parcels of a role that meet the project area, with the
// area of each that lies in it, in the order of the layer. Only parcels for
// which shapes holds keep their geometry.
func (w *works) inProject(role plan.Role, shapes func(*parcel) bool) ([]parcel, []part, error) {
	var boxes []orb.Bound
	for _, s := range w.project {
		boxes = append(boxes, s.Bound())
	}
	near, err := w.base.Near(w.ctx, role, w.ledger.CRS, boxes)
	if err != nil {
		return nil, nil, err
	}
	parcels := make([]parcel, len(near))
	areas := make([]part, len(near))
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
				part, err := w.areaInProject(&ar, &parcels[i])
				if err != nil {
					return err
				}
				areas[i] = part
				if !shapes(&parcels[i]) {
					parcels[i].Geometry, near[i].Geometry = nil, nil // a county's would fill the memory
				}
			}
		})
	}
	return parcels, areas, group.Wait()
}

// areaInProject is the part of a parcel inside the project area. Most parcels
// lie wholly in or out, which their box tells: those are not cut.
func (w *works) areaInProject(ar *overlay.Arranger, p *parcel) (part, error) {
	box := p.Geometry.Bound()
	var crossing []*overlay.Shape
	for _, s := range w.project {
		switch s.Locate(box) {
		case overlay.Inside:
			area := w.surveyor.MultiPolygon(p.Geometry)
			return part{area, area}, nil
		case overlay.Crossing:
			crossing = append(crossing, s)
		}
	}
	if len(crossing) == 0 {
		return part{}, nil
	}
	area, err := w.common(ar, overlay.Prepare(p.Geometry), crossing...)
	return part{area, w.surveyor.MultiPolygon(p.Geometry)}, err
}
