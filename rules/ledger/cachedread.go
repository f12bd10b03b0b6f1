package ledger

import (
	"context"
	"slices"
	"sync"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// cachedRead is the parcels of a role near the changes and in the project area,
// read once for both: most of the land near the changes lies there.
type cachedRead struct {
	once sync.Once
	read func(ctx context.Context) ([]*plan.Parcel, error)
	near []*plan.Parcel
	err  error
}

// parcels belong to all who ask: they are not changed.
func (r *cachedRead) parcels(ctx context.Context) ([]*plan.Parcel, error) {
	r.once.Do(func() { r.near, r.err = r.read(ctx) })
	return r.near, r.err
}

// prepareReadings says what is read of each role, before anyone asks.
func (w *builder) prepareReadings() {
	var changes, project []orb.Bound
	for _, c := range w.changes {
		changes = append(changes, c.Bound())
	}
	for _, f := range w.ledger.Plan.Project {
		for _, p := range f.Geometry { // the box round all of them would reach across what lies between
			project = append(project, geo.Bound(orb.MultiPolygon{p}))
		}
	}
	w.readings = map[domain.Role]*cachedRead{}
	for _, role := range domain.BaseRoles() {
		boxes := slices.Clone(changes)
		var skip func(*plan.Parcel) bool
		switch role {
		case domain.Townships, domain.Villages:
			boxes = append(boxes, project...)
		case domain.LandUse, domain.PBF:
			boxes, skip = append(boxes, project...), w.canSkipShape
		}
		w.readings[role] = &cachedRead{read: func(ctx context.Context) ([]*plan.Parcel, error) {
			if len(boxes) == 0 {
				return nil, nil
			}
			near, err := w.base.Survey(ctx, role, w.ledger.CRS, boxes, skip)
			for _, p := range near {
				if p.Box == (orb.Bound{}) { // a base that leaves it out
					p.Box = geo.Bound(p.Geometry)
				}
			}
			return near, err
		}}
	}
}

// canSkipShape tells whether a parcel of known area can do without its shape: no
// change comes near, no edge of the project area, and it makes no block.
func (w *builder) canSkipShape(p *plan.Parcel) bool {
	free := true
	w.changeIndex.Search(p.Box, func(int) bool {
		free = false
		return false
	})
	if !free {
		return false
	}
	side, _ := w.inArea(p.Box)
	return side == overlay.Outside || side == overlay.Inside && (p.Role != domain.LandUse || !w.blocky(p))
}

// blocky tells whether a parcel of the land use is cropland or a barrier, of
// which blocks are to be measured.
func (w *builder) blocky(p *plan.Parcel) bool {
	return w.blocks != nil && w.kindOf(p.Traits.Class).matters
}
