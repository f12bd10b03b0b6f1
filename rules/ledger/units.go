package ledger

import (
	"context"
	"maps"
	"math"
	"slices"

	"landcheck/geo/guard"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// projectUnits is which townships and villages the project area touches, and
// what of it lies outside the plan's county.
func (w *builder) projectUnits(ctx context.Context) error {
	l := w.ledger
	var err error
	if l.ProjectArea, err = w.projectArea(ctx); err != nil {
		return err
	}
	for role, list := range map[domain.Role]*[]Unit{domain.Townships: &l.ProjectTownships, domain.Villages: &l.ProjectVillages} {
		if !l.Present[role] {
			continue
		}
		if *list, err = w.touchedUnits(ctx, role); err != nil {
			return err
		}
	}
	if !l.Present[domain.Townships] {
		return nil
	}
	return w.outside(ctx)
}

// touchedUnits are the units of a role that the project area touches, by more
// than strips along their outlines.
func (w *builder) touchedUnits(ctx context.Context, role domain.Role) ([]Unit, error) {
	units, err := w.readings[role].parcels(ctx)
	if err != nil {
		return nil, err
	}
	touches := make([]bool, len(units))
	group := guard.New()
	group.SetLimit(w.jobs)
	for i, p := range units {
		group.Go(func() (err error) {
			touches[i], err = w.touchesProject(ctx, p)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	touched := map[string]bool{}
	for i, p := range units {
		if touches[i] {
			touched[p.Code] = true
		}
	}
	if role == domain.Townships {
		return namedUnits(touched, 9, w.ledger.Townships), nil
	}
	return namedUnits(touched, 12, w.ledger.Villages), nil
}

// projectArea measures the project area, m²; what its features share, once.
func (w *builder) projectArea(ctx context.Context) (float64, error) {
	area := 0.0
	if len(w.project) < 2 {
		for _, f := range w.ledger.Plan.Project {
			area += w.surveyor.MultiPolygon(overlay.Rounded(f.Geometry))
		}
		return area, nil
	}
	window := w.project[0].Bound()
	for _, s := range w.project[1:] {
		window = window.Union(s.Bound())
	}
	cells, err := new(overlay.Arranger).Cells(ctx, window, w.project, func([]int32) bool { return true })
	for _, c := range cells {
		area += w.surveyor.Polygon(c.Polygon)
	}
	return area, named(err, w.projectFeature)
}

// touchesProject tells whether a unit and the project area share more than a
// sliver. Its outline has thousands of vertices: it is cut only where no box
// lies in both that is large enough.
func (w *builder) touchesProject(ctx context.Context, p *plan.Parcel) (bool, error) {
	least := w.ledger.Sliver.Area
	side, edges := w.inArea(p.Box)
	switch side {
	case overlay.Outside:
		return false, nil
	case overlay.Inside:
		return slices.ContainsFunc(p.Geometry, func(part orb.Polygon) bool { return w.surveyor.Polygon(part) >= least }), nil
	}
	shape := overlay.Prepare(p.Geometry)
	for _, project := range edges {
		if w.shareBox(shape, project, least) {
			return true, nil
		}
	}
	ar := new(overlay.Arranger)
	cells, err := w.shared(ctx, ar, shape, edges...)
	if err != nil {
		return false, named(err, w.firstThen(&p.Feature, append([]*overlay.Shape{nil}, edges...)))
	}
	return w.broad(ctx, cells)
}

// broad tells whether cells make a piece that is no sliver.
func (w *builder) broad(ctx context.Context, cells []overlay.Cell) (bool, error) {
	strips, err := w.strips(ctx, cells)
	return slices.ContainsFunc(strips, func(s Strip) bool { return !s.Sliver }), err
}

// shareBox looks for a box of some area that lies in both of two shapes, here
// and there in what their boxes share.
func (w *builder) shareBox(a, b *overlay.Shape, area float64) bool {
	window, ok := meet(a.Bound(), b.Bound())
	if !ok {
		return false
	}
	side := math.Sqrt(2 * area)
	for _, n := range []int{4, 9} {
		for k := range n * n {
			f, g := (float64(k%n)+0.5)/float64(n), (float64(k/n)+0.5)/float64(n)
			at := orb.Point{window.Min[0] + float64(f*(window.Max[0]-window.Min[0])), window.Min[1] + float64(g*(window.Max[1]-window.Min[1]))}
			box := orb.Bound{Min: at, Max: orb.Point{at[0] + side, at[1] + side}}
			if a.Locate(box) == overlay.Inside && b.Locate(box) == overlay.Inside {
				return w.surveyor.Polygon(box.ToPolygon()) > area
			}
		}
	}
	return false
}

// namedUnits lists units by code, cut to their level.
func namedUnits[T any](touched map[string]T, digits int, names map[string]string) []Unit {
	var units []Unit
	for _, code := range slices.Sorted(maps.Keys(touched)) {
		if code = prefix(code, digits); code != "" && (len(units) == 0 || units[len(units)-1].Code != code) {
			units = append(units, Unit{Code: code, Name: names[code]})
		}
	}
	return units
}
