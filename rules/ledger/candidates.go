package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// layer is one base role's parcels near the changes.
type layer struct {
	role    domain.Role
	parcels []parcel
	index   *geo.Index
	// vertices of all parcels.
	vertices int
}

// parcel is a base feature prepared for cutting. The feature is shared with
// all who read it.
type parcel struct {
	*plan.Parcel
	shape *overlay.Shape // of a large one, others are prepared where they are cut
	under atomic.Bool    // lies under changed land and counts there
	met   atomic.Bool    // lies under changed land
	home  atomic.Bool    // some of it under changed land lies in the township of its ZLDWDM
	once  sync.Once
	gross float64
}

// whole is the parcel's gross area, computed once, when first asked for.
func (p *parcel) whole(measure func(orb.MultiPolygon) float64) float64 {
	p.once.Do(func() { p.gross = measure(overlay.Rounded(p.Geometry)) })
	return p.gross
}

// gather reads, for every base role, the parcels near the changes: the only
// base geometry that a check decodes.
func (w *builder) gather(ctx context.Context) error {
	if len(w.changes) == 0 {
		return nil
	}
	roles := slices.DeleteFunc(domain.BaseRoles(), func(r domain.Role) bool { return !w.base.Has(r) })
	w.layers = make([]layer, len(roles))
	var steps []func(ctx context.Context) error
	for i, role := range roles {
		steps = append(steps, func(ctx context.Context) error {
			near, err := w.readings[role].parcels(ctx)
			if err != nil {
				return err
			}
			var those []*plan.Parcel
			for _, p := range near {
				w.changeIndex.Search(p.Box, func(int) bool {
					those = append(those, p)
					return false
				})
			}
			w.layers[i] = prepareLayer(role, those)
			return nil
		})
	}
	steps = append(steps, func(ctx context.Context) (err error) {
		w.urbanHoles, err = w.gatherHoles(ctx, domain.UrbanBoundary)
		return err
	}, func(ctx context.Context) (err error) {
		w.redHoles, err = w.gatherHoles(ctx, domain.RedLine)
		return err
	})
	return w.sideBySide(ctx, steps...)
}

// From so many vertices on a shape is prepared for all changes that it meets.
const largeShape = 256

func prepareLayer(role domain.Role, near []*plan.Parcel) layer {
	l := layer{role: role, parcels: make([]parcel, len(near))}
	boxes := make([]orb.Bound, len(near))
	for i, p := range near {
		l.parcels[i].Parcel, boxes[i] = p, p.Box
		n := vertices(p.Geometry)
		l.vertices += n
		if n >= largeShape {
			l.parcels[i].shape = overlay.Prepare(p.Geometry)
		}
	}
	l.index = geo.NewIndex(boxes)
	return l
}

func vertices(mp orb.MultiPolygon) int {
	n := 0
	for _, polygon := range mp {
		for _, r := range polygon {
			n += len(r)
		}
	}
	return n
}

// compareFeatures orders features by role, file and record.
func compareFeatures(a, b plan.Feature) int {
	return cmp.Or(strings.Compare(string(a.Role), string(b.Role)), strings.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record))
}
