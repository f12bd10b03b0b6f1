package tileserver

import (
	"cmp"
	"context"
	"runtime"
	"strings"

	"landcheck/api/results"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// drawParcels are base features for a map: id, area in m² of the whole
// feature, and what tells them apart. Measuring is most of it.
func drawParcels(parcels []plan.Parcel, system geo.CRS) ([]tile.Feature, error) {
	const chunk = 256 // parcels that a goroutine measures
	out := make([]tile.Feature, len(parcels))
	group := guard.New()
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(parcels); from += chunk {
		group.Go(func() error {
			surveyor, err := geo.NewSurveyor(system, geo.Bound(parcels[0].Geometry).Center())
			if err != nil {
				return err
			}
			for i := from; i < min(from+chunk, len(parcels)); i++ {
				out[i] = drawParcel(&parcels[i], surveyor)
				if parcels[i].File != parcels[0].File {
					out[i].ID = 0 // records count within a file
				}
			}
			return nil
		})
	}
	return out, group.Wait()
}

// numbered adds the numbers of parcels (TBBH, of basic farmland YJJBNTTBBH), by
// which people call them: reading them takes as long as the parcels themselves.
func numbered(ctx context.Context, base *plan.Base, role domain.Role, system geo.CRS, boxes []orb.Bound, parcels []plan.Parcel, all []tile.Feature) error {
	if role != domain.LandUse && role != domain.PBF {
		return nil
	}
	numbers, err := base.Attributes(ctx, role, system, boxes, []string{"YJJBNTTBBH", "TBBH"})
	if err != nil {
		return err
	}
	for i := range parcels {
		if n := numbers[plan.RecordOf{File: parcels[i].File, Record: parcels[i].Record}]; len(n) == 2 {
			all[i].Text("number", strings.TrimSpace(cmp.Or(n[0], n[1])))
		}
	}
	return nil
}

func drawParcel(p *plan.Parcel, surveyor *geo.Surveyor) tile.Feature {
	f := tile.Feature{ID: uint64(p.Record), Geometry: p.Geometry, Bound: geo.Bound(p.Geometry),
		Properties: map[string]any{"id": p.ID, "area": results.Cents(surveyor.MultiPolygon(p.Geometry))}}
	f.Text("class", p.Traits.Class)
	f.Text("code", p.Code)
	f.Text("name", p.Name)
	return f
}
