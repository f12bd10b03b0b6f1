package main

import (
	"context"
	"fmt"
	"math"
	"net/http"
)

// layersOfCheck and layersOfBase are what a map of a check shows.
var (
	layersOfCheck = []string{"findings", "faces", "land_use_change", "pbf_out", "project_area"}
	layersOfBase  = []string{"land_use", "townships", "red_line", "pbf"}
)

// pan looks at the map of the county's bulk plan: closer and closer at one
// place, then aside.
func (v *virtualUser) pan(ctx context.Context) error {
	lon, lat := middleLon+(v.random.Float64()-0.5)*0.1, middleLat+(v.random.Float64()-0.5)*0.1
	for z := 9 + v.random.IntN(3); z <= 17; z++ {
		x, y := tileAt(lon, lat, z)
		for dx := range 2 {
			for _, layer := range layersOfCheck {
				if err := v.tile(ctx, "check tile", layer, fmt.Sprintf("/v1/checks/%s/tiles/%s/%d/%d/%d.mvt", v.drawn, layer, z, x+dx, y)); err != nil {
					return err
				}
			}
			for _, layer := range layersOfBase {
				if err := v.tile(ctx, "base tile", layer, fmt.Sprintf("/v1/tiles/%s/%s/%d/%d/%d.mvt", v.county.code, layer, z, x+dx, y)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (v *virtualUser) tile(ctx context.Context, kind, layer, path string) error {
	a, err := v.ask(ctx, kind, "GET", path, nil)
	if err == nil && a.status == http.StatusOK {
		v.invariants.drew(layer, len(a.body))
	}
	return err
}

// tileAt is the tile of web mercator that holds a place.
func tileAt(lon, lat float64, z int) (x, y int) {
	n := math.Exp2(float64(z))
	return int((lon + 180) / 360 * n), int((1 - math.Asinh(math.Tan(lat*math.Pi/180))/math.Pi) / 2 * n)
}

// browse reads here and there, as a page and QGIS do.
func (v *virtualUser) browse(ctx context.Context) error {
	county := "/v1/ogc/collections/" + v.county.code
	paths := []string{
		"/v1/me", "/v1/counties", "/v1/plans?limit=20", "/v1/checks?limit=20", "/v1/rulebooks",
		"/v1/checks/" + v.drawn, "/v1/checks/" + v.drawn + "/overview", "/v1/checks/" + v.drawn + "/tiles",
		"/v1/tiles/" + v.county.code, "/v1/counties/" + v.county.code + "/datasets",
		"/v1/checks/" + v.drawn + "/ledger?limit=100", "/v1/ogc/collections?limit=10",
		county + ".pbf/items?limit=50", county + ".land_use/items?limit=50&bbox=111.45,41.28,111.55,41.34",
	}
	for range 5 {
		if _, err := v.ask(ctx, "browse", "GET", paths[v.random.IntN(len(paths))], nil); err != nil {
			return err
		}
	}
	return v.pages(ctx, "/v1/checks/"+v.drawn+"/findings?limit=50")
}
