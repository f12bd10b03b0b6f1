package ledger

import (
	"context"
	"runtime"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// OfLayer is the ledger of one layer that was read by itself (plan.OpenLayer):
// its features measured, and the land that two of them claim. It has no faces,
// since there is no base data to cut by. Errors are those of Build.
func OfLayer(ctx context.Context, p *plan.Plan, o Options) (*Ledger, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	l := &Ledger{Plan: p, CRS: p.CRS, Sliver: o.Sliver, Present: map[domain.Role]bool{}, Alone: p.Layers[0].Role,
		Issues: p.Issues, Notices: p.Notices}
	surveyor, err := geo.NewSurveyor(p.CRS, centre(p))
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	w := &builder{stop: stop, ledger: l, surveyor: surveyor, jobs: o.Jobs}
	if err := w.prepare(ctx); err != nil {
		return nil, err
	}
	for _, m := range l.Features {
		l.Changed += m.Ellipsoid
	}
	found := make([][]overlapCell, len(w.changes))
	err = w.shareCuts(ctx, len(found), w.vertices(), func(ar *overlay.Arranger, i int) (err error) {
		found[i], err = w.overlapsOf(ctx, ar, i)
		return err
	}, func(i int) *plan.Feature { return &p.Changes[i].Feature })
	if err != nil {
		return nil, err
	}
	return l, w.joinOverlaps(ctx, slices.Concat(found...))
}

// overlapsOf is the land of a feature that later ones of its role claim too and
// none before it does.
func (w *builder) overlapsOf(ctx context.Context, ar *overlay.Arranger, i int) (found []overlapCell, err error) {
	p, own := w.ledger.Plan, w.changes[i]
	var others []int
	w.changeIndex.Search(own.Bound(), func(j int) bool {
		if j != i && p.Changes[j].Role == p.Changes[i].Role {
			others = append(others, j)
		}
		return true
	})
	slices.Sort(others)
	if len(others) == 0 || others[len(others)-1] < i {
		return nil, nil
	}
	shapes := []*overlay.Shape{own}
	for _, j := range others {
		shapes = append(shapes, w.changes[j])
	}
	ar.Reset()
	cells, err := ar.CellsWithin(ctx, shapes, func(cover []int32) bool {
		return cover[0] == 0 && len(cover) > 1 && others[cover[1]-1] > i
	})
	if err != nil {
		return nil, named(err, func(input int) *plan.Feature {
			if input == 0 {
				return &p.Changes[i].Feature
			}
			return &p.Changes[others[input-1]].Feature
		})
	}
	for _, cell := range cells {
		for _, k := range cell.Cover[1:] {
			found = append(found, overlapCell{overlapPair{keeps: &p.Changes[i].Feature, loses: &p.Changes[others[k-1]].Feature}, cell.Polygon})
		}
	}
	return found, nil
}
