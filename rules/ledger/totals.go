package ledger

import (
	"context"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// totals sums what the faces do not give (README.md, Totals). Each step
// fills fields of its own, so they go on side by side.
func (w *builder) totals(ctx context.Context) error {
	return w.sideBySide(ctx, w.projectLand, w.designated, w.projectPBF, w.units, w.urban)
}

// units reads the names of townships and villages and which of them the
// project area touches.
func (w *builder) units(ctx context.Context) (err error) {
	l := w.ledger
	l.Townships, l.Villages = map[string]string{}, map[string]string{}
	if l.Present[domain.Townships] {
		if l.Townships, err = w.base.Units(ctx, domain.Townships); err != nil {
			return err
		}
	}
	if l.Present[domain.Villages] {
		if l.Villages, err = w.base.Units(ctx, domain.Villages); err != nil {
			return err
		}
	}
	return w.projectUnits(ctx)
}

// projectPBF is the net PBF of the project area before the plan.
func (w *builder) projectPBF(ctx context.Context) error {
	l := w.ledger
	if !l.Present[domain.PBF] {
		return nil
	}
	parcels, areas, err := w.inProject(ctx, domain.PBF)
	if err != nil {
		return err
	}
	for i := range parcels {
		p := &parcels[i]
		net := areas[i].area * (1 - p.Traits.Ridge.Value)
		if p.Net.Known && areas[i].area > 0 {
			net = p.Net.Value * areas[i].area / areas[i].whole
		}
		l.ProjectPBF += net
	}
	return nil
}

// urban measures the whole urban boundary, for a plan that changes it.
func (w *builder) urban(ctx context.Context) error {
	l := w.ledger
	adjusts := slices.ContainsFunc(l.Plan.Changes, func(c plan.Change) bool {
		return c.Role == domain.UrbanAdded || c.Role == domain.UrbanRemoved
	})
	if !adjusts || !l.Present[domain.UrbanBoundary] {
		return nil
	}
	all, err := w.base.Near(ctx, domain.UrbanBoundary, l.CRS, nil)
	for i := range all {
		l.UrbanArea += w.surveyor.MultiPolygon(overlay.Rounded(all[i].Geometry))
	}
	return err
}
