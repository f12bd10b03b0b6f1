package mapsheet

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// Land is what of the base data is drawn: parcels whose box meets the project
// area's, and all townships, in the ledger's system.
type Land struct {
	LandUse, PBF, Townships []plan.Parcel
}

// Read reads it. A layer that the base lacks is empty.
func Read(ctx context.Context, base *plan.Base, l *ledger.Ledger) (*Land, error) {
	var boxes []orb.Bound
	for _, f := range l.Plan.Project {
		for _, p := range f.Geometry {
			boxes = append(boxes, geo.Bound(orb.MultiPolygon{p}))
		}
	}
	land := &Land{}
	for _, x := range []struct {
		role  domain.Role
		boxes []orb.Bound
		into  *[]plan.Parcel
	}{{domain.LandUse, boxes, &land.LandUse}, {domain.PBF, boxes, &land.PBF}, {domain.Townships, nil, &land.Townships}} {
		if !base.Has(x.role) {
			continue
		}
		parcels, err := base.Near(ctx, x.role, l.CRS, x.boxes)
		if err != nil {
			return nil, err
		}
		*x.into = parcels
	}
	return land, nil
}
