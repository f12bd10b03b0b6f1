package ledger

import (
	"context"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// common is the area of one polygon that others cover, m².
func (w *builder) common(ctx context.Context, ar *overlay.Arranger, s *overlay.Shape, others ...*overlay.Shape) (float64, error) {
	cells, err := w.shared(ctx, ar, s, others...)
	sum := 0.0
	for _, cell := range cells {
		sum += w.surveyor.Polygon(cell.Polygon)
	}
	return sum, err
}

// shared is what of one polygon others cover.
func (w *builder) shared(ctx context.Context, ar *overlay.Arranger, s *overlay.Shape, others ...*overlay.Shape) ([]overlay.Cell, error) {
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
		return ar.CellsWithin(ctx, shapes, shared)
	}
	return ar.Cells(ctx, window, shapes, shared)
}

// meet is the box that two boxes share; not ok when they share none.
func meet(a, b orb.Bound) (orb.Bound, bool) {
	box := geo.Intersection(a, b)
	return box, !box.IsEmpty()
}

// fewAreas is up to how many parts of the project area are gone through one by
// one.
const fewAreas = 8

// indexAreas indexes the features of the project area where they are many.
func indexAreas(project []plan.Feature) *geo.Index {
	if len(project) <= fewAreas {
		return nil
	}
	boxes := make([]orb.Bound, len(project))
	for i := range project {
		boxes[i] = geo.Bound(project[i].Geometry)
	}
	return geo.NewIndex(boxes)
}

// projectNear visits the parts of the project area whose boxes come near one.
func (w *builder) projectNear(box orb.Bound, visit func(i int) bool) {
	box = box.Pad(1) // as windows are
	if w.areas != nil {
		w.areas.Search(box, visit)
		return
	}
	for i, s := range w.project {
		if s.Bound().Intersects(box) && !visit(i) {
			return
		}
	}
}

// inArea tells how a box lies to the project area, and the parts of the area
// that have an edge near it.
func (w *builder) inArea(box orb.Bound) (side overlay.Relation, near []*overlay.Shape) {
	w.projectNear(box, func(i int) bool {
		s := w.project[i]
		switch s.Locate(box) {
		case overlay.Inside:
			side, near = overlay.Inside, nil
			return false
		case overlay.Crossing:
			side, near = overlay.Crossing, append(near, s)
		}
		return true
	})
	return side, near
}

// projectPart is what of a parcel lies in the project area, and all of it, m²; whole
// is not measured where nothing does. inside is said only where no edge of the
// project area comes near.
type projectPart struct {
	area, whole float64
	inside      bool
	broad       bool          // some of it is no strip along the project area's outline
	polygons    []orb.Polygon // what lies in it, of land use across the outline where blocks are measured
}

// inProject reads the parcels of a role that meet the project area, with the
// area of each that lies in it, in the order of the layer.
func (w *builder) inProject(ctx context.Context, role domain.Role) ([]parcel, []projectPart, error) {
	near, err := w.readings[role].parcels(ctx)
	if err != nil {
		return nil, nil, err
	}
	parcels := make([]parcel, len(near))
	areas := make([]projectPart, len(near))
	err = w.shareCuts(ctx, len(near), w.verticesOf(near), func(ar *overlay.Arranger, i int) (err error) {
		parcels[i].Parcel = near[i]
		areas[i], err = w.areaInProject(ctx, ar, near[i])
		return err
	}, func(i int) *plan.Feature { return &near[i].Feature })
	if err == nil {
		w.learn(role, near, areas)
	}
	return parcels, areas, err
}

// learn has the base remember the areas that it did not know.
func (w *builder) learn(role domain.Role, near []*plan.Parcel, areas []projectPart) {
	var fresh []plan.Measured
	for i, p := range near {
		if p.Area == 0 && areas[i].whole > 0 {
			fresh = append(fresh, plan.Measured{File: p.File, Record: p.Record, Area: areas[i].whole})
		}
	}
	w.base.SetAreas(role, w.ledger.CRS, fresh)
}

// verticesOf counts the vertices of parcels, and of the project area and the
// changes by which they are cut.
func (w *builder) verticesOf(parcels []*plan.Parcel) int {
	n := 0
	for _, f := range w.ledger.Plan.Project {
		n += vertices(f.Geometry)
	}
	for i := range w.ledger.Plan.Changes {
		n += vertices(w.ledger.Plan.Changes[i].Geometry)
	}
	for _, p := range parcels {
		n += vertices(p.Geometry)
	}
	return n
}

// share has the workers do n pieces of work that cut nothing.
func (w *builder) share(ctx context.Context, n int, work func(i int) error) error {
	return w.shareCuts(ctx, n, 0, func(_ *overlay.Arranger, i int) error { return work(i) }, nil)
}

// shareCuts has the workers do n pieces of work, the next few whenever one gets
// free. Each piece has its place for what comes of it, so that the order of
// working does not show. Together they may cost what so many vertices are
// allowed; feature is what a piece cuts.
func (w *builder) shareCuts(ctx context.Context, n, vertices int, work func(ar *overlay.Arranger, i int) error, feature func(i int) *plan.Feature) error {
	const few = 16
	budget := newAllowance(n, vertices)
	var next atomic.Int64
	group, working := guard.WithContext(ctx)
	for range min(w.jobs, n/few+1) {
		group.Go(func() error {
			var ar overlay.Arranger
			for {
				from := int(next.Add(few)) - few
				if from >= n || !budget.needs(from) {
					return nil
				}
				if working.Err() != nil {
					return context.Cause(working)
				}
				for i := from; i < min(from+few, n) && budget.needs(i); i++ {
					before := ar.Spent()
					err := work(&ar, i)
					if err != nil && working.Err() != nil {
						return context.Cause(working)
					}
					budget.done(i, ar.Spent()-before, err)
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return budget.failed(func(i int) error {
		var ar overlay.Arranger
		if err := work(&ar, i); err != nil {
			return err
		}
		a, b := mostToBlame(ar.Worst(), func(input int) *plan.Feature {
			if input == 0 {
				return feature(i)
			}
			return w.featureOf(ar.Input(input))
		})
		return tooMuch(tooManyTogether, a, b, nil)
	})
}

// areaInProject is the part of a parcel inside the project area. Most parcels
// lie wholly in or out, which their box tells: those are not cut.
func (w *builder) areaInProject(ctx context.Context, ar *overlay.Arranger, p *plan.Parcel) (projectPart, error) {
	side, edges := w.inArea(p.Box)
	if side == overlay.Outside {
		return projectPart{}, nil
	}
	whole := p.Area
	if whole == 0 {
		whole = w.surveyor.MultiPolygon(p.Geometry)
	}
	if side == overlay.Inside {
		return projectPart{area: whole, whole: whole, inside: true, broad: whole >= w.ledger.Sliver.Area}, nil
	}
	ar.Reset()
	cells, err := w.shared(ctx, ar, ar.Prepare(p.Geometry, p.Box), edges...)
	if err != nil {
		return projectPart{}, named(err, w.firstThen(&p.Feature, append([]*overlay.Shape{nil}, edges...)))
	}
	found := projectPart{whole: whole}
	for _, c := range cells {
		area := w.surveyor.Polygon(c.Polygon)
		sliver, _ := w.ledger.Sliver.Is(area, c.Polygon)
		found.area += area
		found.broad = found.broad || !sliver
		if p.Role == domain.LandUse && w.blocks != nil {
			found.polygons = append(found.polygons, c.Polygon)
		}
	}
	return found, nil
}
