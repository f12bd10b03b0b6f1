package tileserver

import (
	"context"

	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// fewFeatures are so few that a layer is kept ready to draw whole: townships
// and red lines have tens of thousands of vertices each and lie in every tile.
const fewFeatures = 5_000

// labelled is the size of a pixel, m, up to which parcels have their numbers with
// them: further off there is no room to write them.
const labelled = 2.5

// near are the features of a role near a box, ready to draw in a system.
func near(ctx context.Context, base *plan.Base, role domain.Role, e plan.Extent, system geo.CRS, box orb.Bound, numbers bool) ([]tile.Feature, error) {
	if system.Kind != geo.Geographic || e.CRS.Kind != geo.GaussKruger {
		parcels, err := base.Near(ctx, role, system, []orb.Bound{box})
		if err != nil {
			return nil, err
		}
		all, err := drawParcels(parcels, system)
		if err == nil && numbers {
			err = numbered(ctx, base, role, system, []orb.Bound{box}, parcels, all)
		}
		return all, err
	}
	// Reprojecting point by point would take half of the time of a tile.
	way, err := geo.NewTransform(e.CRS, system)
	if err != nil {
		return nil, err
	}
	native, err := way.Inverse().Bound(box)
	if err != nil {
		return nil, err
	}
	warp, err := tile.NewWarp(way, native)
	if err != nil {
		return nil, err
	}
	parcels, err := base.Near(ctx, role, e.CRS, []orb.Bound{native})
	if err != nil {
		return nil, err
	}
	all, err := drawParcels(parcels, e.CRS)
	if err != nil {
		return nil, err
	}
	if numbers {
		if err := numbered(ctx, base, role, e.CRS, []orb.Bound{native}, parcels, all); err != nil {
			return nil, err
		}
	}
	for i := range all {
		if all[i].Geometry, err = warp.MultiPolygon(all[i].Geometry, all[i].Bound); err != nil {
			return nil, err
		}
		all[i].Bound = geo.Bound(all[i].Geometry)
	}
	return all, nil
}
