package ledger

import (
	"sync/atomic"

	"landcheck/geo/guard"
	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// common is the area of one polygon that others cover, m².
func (w *works) common(ar *overlay.Arranger, s *overlay.Shape, others ...*overlay.Shape) (float64, error) {
	cells, err := w.shared(ar, s, others...)
	sum := 0.0
	for _, cell := range cells {
		sum += w.surveyor.Polygon(cell.Polygon)
	}
	return sum, err
}

// shared is what of one polygon others cover.
func (w *works) shared(ar *overlay.Arranger, s *overlay.Shape, others ...*overlay.Shape) ([]overlay.Cell, error) {
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
	if !ok || len(others) == 0 {
		return nil, nil
	}
	shapes := append([]*overlay.Shape{s}, others...)
	shared := func(cover []int32) bool { return cover[0] == 0 && len(cover) > 1 }
	if window == s.Bound() {
		return ar.CellsWithin(shapes, shared)
	}
	return ar.Cells(window, shapes, shared)
}

// meet is the box that two boxes share; not ok when they share none.
func meet(a, b orb.Bound) (orb.Bound, bool) {
	box := orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
	return box, !box.IsEmpty()
}

// inArea tells how a box lies to the project area, and the parts of the area
// that have an edge near it.
func (w *works) inArea(box orb.Bound) (side overlay.Side, near []*overlay.Shape) {
	for _, s := range w.project {
		switch s.Locate(box) {
		case overlay.Inside:
			return overlay.Inside, nil
		case overlay.Crossing:
			side, near = overlay.Crossing, append(near, s)
		}
	}
	return side, near
}

// part is what of a parcel lies in the project area, and all of it, m²; whole
// is not measured where nothing does. inside is said only where no edge of the
// project area comes near.
type part struct {
	area, whole float64
	inside      bool
	broad       bool          // some of it is no strip along the project area's outline
	polygons    []orb.Polygon // what lies in it, of land use across the outline where blocks are measured
}

// inProject reads the parcels of a role that meet the project area, with the
// area of each that lies in it, in the order of the layer.
func (w *works) inProject(role plan.Role) ([]parcel, []part, error) {
	near, err := w.readings[role].parcels()
	if err != nil {
		return nil, nil, err
	}
	parcels := make([]parcel, len(near))
	areas := make([]part, len(near))
	err = w.share(len(near), func(ar *overlay.Arranger, i int) (err error) {
		parcels[i].Parcel = near[i]
		areas[i], err = w.areaInProject(ar, near[i])
		return err
	})
	if err == nil {
		w.learn(role, near, areas)
	}
	return parcels, areas, err
}

// learn has the base remember the areas that it did not know.
func (w *works) learn(role plan.Role, near []*plan.Parcel, areas []part) {
	var fresh []plan.Measured
	for i, p := range near {
		if p.Area == 0 && areas[i].whole > 0 {
			fresh = append(fresh, plan.Measured{File: p.File, Record: p.Record, Area: areas[i].whole})
		}
	}
	w.base.Learn(role, w.ledger.CRS, fresh)
}

// share has the workers do n pieces of work, the next few whenever one gets
// free. Each piece has its place for what comes of it, so that the order of
// working does not show.
func (w *works) share(n int, work func(ar *overlay.Arranger, i int) error) error {
	const few = 16
	var next atomic.Int64
	group, ctx := guard.WithContext(w.ctx)
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
func (w *works) areaInProject(ar *overlay.Arranger, p *plan.Parcel) (part, error) {
	side, edges := w.inArea(p.Box)
	if side == overlay.Outside {
		return part{}, nil
	}
	whole := p.Area
	if whole == 0 {
		whole = w.surveyor.MultiPolygon(p.Geometry)
	}
	if side == overlay.Inside {
		return part{area: whole, whole: whole, inside: true, broad: whole >= w.ledger.Sliver.Area}, nil
	}
	ar.Reset()
	cells, err := w.shared(ar, ar.Prepare(p.Geometry, p.Box), edges...)
	found := part{whole: whole}
	for _, c := range cells {
		area := w.surveyor.Polygon(c.Polygon)
		sliver, _ := w.ledger.Sliver.Is(area, c.Polygon)
		found.area += area
		found.broad = found.broad || !sliver
		if p.Role == plan.LandUse && w.blocks != nil {
			found.polygons = append(found.polygons, c.Polygon)
		}
	}
	return found, err
}
