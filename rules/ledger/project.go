package ledger

import (
	"slices"
	"sync"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"
)

// common is the area of one polygon that others cover, m².
func (w *works) common(ar *overlay.Arranger, s *overlay.Shape, others ...*overlay.Shape) (float64, error) {
	// What they share lies in the boxes of both: a township's outline is not
	// cut where the project area is not.
	var window orb.Bound
	for i, o := range others {
		if i == 0 {
			window = o.Bound()
		} else {
			window = window.Union(o.Bound())
		}
	}
	window, ok := meet(window, s.Bound())
	if !ok {
		return 0, nil
	}
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

// meet is the box that two boxes share; not ok when they share none.
func meet(a, b orb.Bound) (orb.Bound, bool) {
	box := orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
	return box, !box.IsEmpty()
}

// reading is the parcels of a role near the changes and in the project area,
// read once for both: most of the land near the changes lies there.
type reading struct {
	once sync.Once
	read func() ([]plan.Parcel, error)
	near []plan.Parcel
	err  error
}

// parcels belong to all who ask: they are not changed.
func (r *reading) parcels() ([]plan.Parcel, error) {
	r.once.Do(func() { r.near, r.err = r.read() })
	return r.near, r.err
}

// prepareReadings says what is read of each role, before anyone asks.
func (w *works) prepareReadings() {
	var changes, project []orb.Bound
	for _, c := range w.changes {
		changes = append(changes, c.Bound())
	}
	for _, f := range w.ledger.Plan.Project {
		for _, p := range f.Geometry { // the box round all of them would reach across what lies between
			project = append(project, geo.Bound(orb.MultiPolygon{p}))
		}
	}
	w.readings = map[plan.Role]*reading{}
	for _, role := range plan.BaseRoles() {
		boxes := slices.Clone(changes)
		switch role {
		case plan.Townships, plan.Villages, plan.LandUse, plan.PBF:
			boxes = append(boxes, project...)
		}
		w.readings[role] = &reading{read: func() ([]plan.Parcel, error) {
			if len(boxes) == 0 {
				return nil, nil
			}
			near, err := w.base.Near(w.ctx, role, w.ledger.CRS, boxes)
			for i := range near {
				if p := &near[i]; p.Box == (orb.Bound{}) { // a base that leaves it out
					p.Box = geo.Bound(p.Geometry)
				}
			}
			return near, err
		}}
	}
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
	near, err := w.readings[role].parcels()
	if err != nil {
		return nil, nil, err
	}
	parcels := make([]parcel, len(near))
	areas := make([]part, len(near))
	err = w.share(len(near), func(ar *overlay.Arranger, i int) (err error) {
		parcels[i].Parcel = near[i]
		areas[i], err = w.areaInProject(ar, &parcels[i])
		if !shapes(&parcels[i]) {
			parcels[i].Geometry = nil // a county's would fill the memory
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
	var crossing []*overlay.Shape
	for _, s := range w.project {
		switch s.Locate(p.Box) {
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
