package api_test

import (
	"strings"
	"testing"

	"landcheck/api"
	"landcheck/geo"
)

// TestBasemap: what bureaus have, and what is refused with the reason.
func TestBasemap(t *testing.T) {
	for text, want := range map[string]api.Basemap{
		"影像=http://10.1.2.3:8080/img/{z}/{x}/{y}.png":               {Name: "影像", URL: "http://10.1.2.3:8080/img/{z}/{x}/{y}.png", CRS: "EPSG:3857", MaxZoom: 18, Attribution: "影像"},
		"TMS=https://map.zrzy.gov/tms/{z}/{x}/{-y}.jpg#max_zoom=20": {Name: "TMS", URL: "https://map.zrzy.gov/tms/{z}/{x}/{-y}.jpg", CRS: "EPSG:3857", MaxZoom: 20, Attribution: "TMS"},
		"img=http://a.b/wmts?LAYER=img&TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk=1#crs=EPSG:4490&attribution=天地图": {Name: "img",
			URL: "http://a.b/wmts?LAYER=img&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=1", CRS: "EPSG:4490", MaxZoom: 18, Attribution: "天地图"},
		"r=https://h/WMTS/vec/c/{TileMatrix}/{TileRow}/{TileCol}": {Name: "r", URL: "https://h/WMTS/vec/c/{z}/{y}/{x}", CRS: "EPSG:3857", MaxZoom: 18, Attribution: "r"},
	} {
		got, err := api.ParseBasemap(text)
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for text, says := range map[string]string{
		"http://h/{z}/{x}/{y}":                               "{y}",
		"":                                                   "no name",
		"=http://h/{z}/{x}/{y}":                              "no name",
		"a=ftp://h/{z}/{x}/{y}":                              "no http",
		"a=//h/{z}/{x}/{y}":                                  "no http",
		"a=http:///{z}/{x}/{y}":                              "no http",
		"a=http://u:p@h/{z}/{x}/{y}":                         "no http",
		"a=http://{s}.h/{z}/{x}/{y}":                         "one host",
		"a=http://h;script-src/{z}/{x}/{y}":                  "",
		"a=http://h/{z}/{x}":                                 "once each",
		"a=http://h/{z}/{x}/{y}/{y}":                         "once each",
		"a=http://h/{z}/{x}/{y}{q}":                          "{q}",
		"a=http://h/{z}/{x}/{y#crs=EPSG:4490":                "",
		"a=http://h/{z}/{x}/{y}#crs=EPSG:4525":               "crs=EPSG:4525",
		"a=http://h/{z}/{x}/{y}#max_zoom=99":                 "max_zoom=99",
		"a=http://h/{z}/{x}/{y}#colour=red":                  "colour=red",
		"a=http://h/{z}/{x}/{y}#crs=EPSG:3857&crs=EPSG:3857": "crs",
	} {
		_, err := api.ParseBasemap(text)
		if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Text().EN, says) || f.Advice.ZH == "" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestBasemapPolicy: the page may fetch images from the hosts of base maps, and
// from them alone; without base maps from nowhere. Who asks is told of them.
func TestBasemapPolicy(t *testing.T) {
	t.Parallel()
	one, err := api.ParseBasemap("影像=http://10.1.2.3:8080/img/{z}/{x}/{y}.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, maps := range [][]api.Basemap{nil, {one, one}} {
		s := serve(t, "embedded", setup{basemaps: maps, noSpeak: true})
		policy := s.get("/").wants(200).header.Get("Content-Security-Policy")
		images := "img-src 'self' data: blob:"
		if maps != nil {
			images += " http://10.1.2.3:8080"
		}
		if !strings.Contains(policy, images+"; connect-src 'self';") || strings.Count(policy, "://") != min(1, len(maps)) {
			t.Errorf("%d base maps: %s", len(maps), policy)
		}
		var me struct{ Basemaps []api.Basemap }
		s.get("/v1/me").wants(200).into(&me)
		if len(me.Basemaps) != len(maps) {
			t.Errorf("%+v", me)
		}
	}
}
