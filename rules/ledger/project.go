package ledger

import (
	"sync/atomic"

	"landcheck/geo"
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
// is not measured where nothing does. inside is said only where no edge of the
// project area comes near.
type part struct {
	area, whole float64
	inside      bool
}

// inProject reads the parcels of a role that meet the project area, with the
// area of each that lies in it, in the order of the layer. Only parcels for
// which shapes holds keep their geometry.
func (w *works) inProject(role plan.Role, shapes func(*parcel) bool) ([]parcel, []part, error) {
	var boxes []orb.Bound
	for _, f := range w.ledger.Plan.Project {
		for _, p := range f.Geometry { // the box round all of them would reach across what lies between
			boxes = append(boxes, geo.Bound(orb.MultiPolygon{p}))
		}
	}
	near, err := w.base.Near(w.ctx, role, w.ledger.CRS, boxes)
	if err != nil {
		return nil, nil, err
	}
	parcels := make([]parcel, len(near))
	areas := make([]part, len(near))
	err = w.share(len(near), func(ar *overlay.Arranger, i int) (err error) {
		parcels[i].Parcel = near[i]
		areas[i], err = w.areaInProject(ar, &parcels[i])
		if !shapes(&parcels[i]) {
			parcels[i].Geometry, near[i].Geometry = nil, nil // a county's would fill the memory
		}
		return err
	})
	return parcels, areas, err
}

// share has the workers do n pieces of work, the next few whenever one gets
// free. Each piece has its place for what comes of it, so that the order of
// working does not show.
func (w *works) share(n int, work func(ar *overlay.Arranger, i int) error) error {
	const few = 16
	var next atomic.Int64
	group, ctx := errgroup.WithContext(w.ctx)
	for range min(w.jobs, n/few+1) {
		group.Go(func() error {
			var ar overlay.Arranger
			for {
				from := int(next.Add(few)) - few
				if from >= n || ctx.Err() != nil {
					return ctx.Err()
				}
				for i := from; i < min(from+few, n); i++ {
					if err := work(&ar, i); err != nil {
						return err
					}
				}
			}
		})
	}
	return group.Wait()
}

// areaInProject is the part of a parcel inside the project area. Most parcels
// lie wholly in or out, which their box tells: those are not cut.
func (w *works) areaInProject(ar *overlay.Arranger, p *parcel) (part, error) {
	box := geo.Bound(p.Geometry)
	var crossing []*overlay.Shape
	for _, s := range w.project {
		switch s.Locate(box) {
		case overlay.Inside:
			area := w.surveyor.MultiPolygon(p.Geometry)
			return part{area, area, true}, nil
		case overlay.Crossing:
			crossing = append(crossing, s)
		}
	}
	if len(crossing) == 0 {
		return part{}, nil
	}
	area, err := w.common(ar, overlay.Prepare(p.Geometry), crossing...)
	return part{area: area, whole: w.surveyor.MultiPolygon(p.Geometry)}, err
}
