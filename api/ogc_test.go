package api_test

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"landcheck/api/ogc"
	"landcheck/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

const zone37 = "http://www.opengis.net/def/crs/EPSG/0/4525"

// features is a page of items.
type features struct {
	Features       []*geojson.Feature
	Links          []ogc.Link
	NumberMatched  *int
	NumberReturned int
}

// quiet is the same service, its answers taken as they are: describing is
// slower than answering.
func (s *service) quiet() *service {
	other := *s
	transport := &http.Transport{}
	s.Cleanup(transport.CloseIdleConnections)
	other.client = &http.Client{Transport: transport, Timeout: patience}
	return &other
}

// link is the address of a relation, without the host.
func (s *service) link(links []ogc.Link, rel string) string {
	s.Helper()
	for _, l := range links {
		if l.Rel == rel {
			return strings.TrimPrefix(l.Href, s.url)
		}
	}
	return ""
}

// items walks a collection to its end.
func (s *service) items(path string, calls ...call) []*geojson.Feature {
	s.Helper()
	var all []*geojson.Feature
	for path != "" {
		var page features
		s.get(path, calls...).wants(200).into(&page)
		if page.NumberReturned != len(page.Features) {
			s.Fatalf("%s: %d returned, %d there", path, page.NumberReturned, len(page.Features))
		}
		all = append(all, page.Features...)
		if path = s.link(page.Links, "next"); path != "" && len(page.Features) == 0 {
			s.Fatalf("%s does not end", path)
		}
	}
	return all
}

func figure(t testing.TB, f *geojson.Feature) orb.MultiPolygon {
	t.Helper()
	mp, ok := f.Geometry.(orb.MultiPolygon)
	if !ok {
		t.Fatalf("%v has a %T", f.ID, f.Geometry)
	}
	return mp
}

func TestOGC(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		ogcCollections(t, s)
		ogcPages(t, s.quiet())
		ogcBoxes(t, s.quiet())
		ogcSystems(t, s)
		ogcConformance(t, s)
		if !testing.Short() { // other programs read page by page
			ogcPrograms(t, s)
		}
	})
}

// TestOGCSlash: people write the address with a slash at its end.
func TestOGCSlash(t *testing.T) {
	t.Parallel()
	serve(t, "embedded", setup{noSpeak: true, bare: true}).get("/v1/ogc/").wants(200)
}

// ogcCollections reads every collection from the landing page on.
func ogcCollections(t *testing.T, s *service) {
	k := s.checked(samplePlan(t, badPlan))
	var landing struct{ Links []ogc.Link }
	s.get("/v1/ogc").wants(200).into(&landing)
	var conformance struct{ ConformsTo []string }
	s.get(s.link(landing.Links, "conformance")).wants(200).into(&conformance)
	if !slices.Contains(conformance.ConformsTo, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core") {
		t.Errorf("%v", conformance)
	}
	if a := s.get(s.link(landing.Links, "service-desc")); a.status != 200 {
		t.Errorf("service-desc: %d", a.status)
	}
	var list struct {
		Collections []struct {
			ID         string
			Links      []ogc.Link
			CRS        []string
			StorageCrs string
			Extent     struct{ Spatial struct{ BBox [][]float64 } }
		}
	}
	s.get(s.link(landing.Links, "data")).wants(200).into(&list)
	counts := map[string]int{}
	for _, c := range list.Collections {
		var one map[string]any
		s.get(s.link(c.Links, "self")).wants(200).into(&one)
		if one["id"] != c.ID || !slices.Contains(c.CRS, c.StorageCrs) || !slices.Contains(c.CRS, zone37) || c.CRS[0] != ogc.CRS84 {
			t.Errorf("%s: %v, %v", c.ID, c.CRS, c.StorageCrs)
		}
		all := s.items(s.link(c.Links, "items") + "?limit=777")
		counts[c.ID] = len(all)
		seen := map[any]bool{}
		for _, f := range all {
			seen[f.ID] = true
			if f.Geometry == nil {
				continue
			}
			for _, p := range figure(t, f) {
				for i, r := range p {
					if (r.Orientation() == orb.CCW) != (i == 0) {
						t.Fatalf("%s %v: ring %d runs the wrong way", c.ID, f.ID, i)
					}
				}
			}
		}
		if len(seen) != len(all) {
			t.Errorf("%s: %d ids of %d features", c.ID, len(seen), len(all))
		}
	}
	var datasets list2
	s.get("/v1/counties/" + county + "/datasets").wants(200).into(&datasets)
	for _, d := range datasets.Items {
		if counts[county+"."+d.Role] != d.Features {
			t.Errorf("%s has %d features, the layer %d", d.Role, counts[county+"."+d.Role], d.Features)
		}
	}
	check := "check." + k.ID + "."
	if counts[check+"faces"] != k.Faces || counts[check+"findings"] != k.Findings || counts[check+"project_area"] != 1 || counts[check+"changes"] < 50 {
		t.Errorf("%v of %+v", counts, k)
	}
	if len(counts) != len(datasets.Items)+4 {
		t.Errorf("%d collections, %d layers", len(counts), len(datasets.Items))
	}
}

type list2 struct {
	Items []struct {
		Role     string
		Features int
	}
}

// ogcPages: pages of any size are the whole, with a filter and without.
func ogcPages(t *testing.T, s *service) {
	items := "/v1/ogc/collections/" + county + ".shelterbelt/items"
	whole := s.items(items + "?limit=10000")
	for _, limit := range []int{1, 7, 47, 48, 49} {
		got := s.items(fmt.Sprint(items, "?limit=", limit))
		if len(got) != len(whole) || got[0].ID != whole[0].ID || got[len(got)-1].ID != whole[len(whole)-1].ID {
			t.Errorf("limit %d: %d features of %d", limit, len(got), len(whole))
		}
	}
	land := "/v1/ogc/collections/" + county + ".land_use/items"
	want := 0
	for _, f := range s.items(land + "?limit=99999999") {
		if f.Properties["class"] == "0102" && f.Properties["slope"] == float64(2) {
			want++
		}
	}
	var page features
	s.get(land + "?class=0102&slope=2&limit=3").wants(200).into(&page)
	if got := s.items(land + "?class=0102&slope=2&limit=50"); len(got) != want || want == 0 || page.NumberMatched == nil || *page.NumberMatched != want {
		t.Errorf("%d features by class and slope, %d are", len(got), want)
	}
}

// ogcBoxes: a box in any system finds what GEOS finds.
func ogcBoxes(t *testing.T, s *service) {
	kernel := geo.NewKernel()
	for _, layer := range []string{"pbf", "townships"} {
		items := "/v1/ogc/collections/" + county + "." + layer + "/items?limit=10000"
		whole := map[string][]*geojson.Feature{} // by system
		for _, crs := range []struct {
			uri     string
			swapped bool
			box     orb.Bound
		}{
			{ogc.CRS84, false, orb.Bound{Min: orb.Point{111.485, 41.30}, Max: orb.Point{111.502, 41.311}}},
			{"http://www.opengis.net/def/crs/EPSG/0/4490", true, orb.Bound{Min: orb.Point{111.485, 41.30}, Max: orb.Point{111.502, 41.311}}},
			{zone37, true, orb.Bound{Min: orb.Point{37_540_600, 4_573_800}, Max: orb.Point{37_542_000, 4_575_123}}},
			{"https://www.opengis.net/def/crs/EPSG/0/4546", true, orb.Bound{Min: orb.Point{540_600, 4_573_800}, Max: orb.Point{542_000, 4_575_123}}},
			{ogc.CRS84, false, orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}},
			{zone37, true, orb.Bound{Min: orb.Point{-1e12, -1e12}, Max: orb.Point{1e12, 1e12}}},
			{ogc.CRS84, false, orb.Bound{Min: orb.Point{10, 10}, Max: orb.Point{20, 20}}},
		} {
			q := "&crs=" + url.QueryEscape(crs.uri)
			want := map[any]bool{}
			if whole[crs.uri] == nil {
				whole[crs.uri] = s.items(items + q)
			}
			for _, f := range whole[crs.uri] {
				mp := figure(t, f)
				if crs.swapped {
					mp = swap(mp)
				}
				d, err := kernel.Distance(mp, orb.MultiPolygon{crs.box.ToPolygon()})
				if err != nil {
					t.Fatal(err)
				}
				if d == 0 {
					want[f.ID] = true
				}
			}
			b := []float64{crs.box.Min[0], crs.box.Min[1], crs.box.Max[0], crs.box.Max[1]}
			if crs.swapped {
				b = []float64{b[1], b[0], b[3], b[2]}
			}
			text := strings.Trim(strings.ReplaceAll(fmt.Sprintf("%f", b), " ", ","), "[]")
			q += "&bbox=" + text + "&bbox-crs=" + url.QueryEscape(crs.uri)
			a := s.get(items + q).wants(200)
			if got := a.header.Get("Content-Crs"); got != "<"+strings.Replace(crs.uri, "https", "http", 1)+">" {
				t.Errorf("Content-Crs %s", got)
			}
			var page features
			a.into(&page)
			got := map[any]bool{}
			for _, f := range page.Features {
				got[f.ID] = true
				if !want[f.ID] {
					t.Errorf("%s %s: %v is there and does not meet the box", layer, crs.uri, f.ID)
				}
			}
			if len(got) != len(want) || page.NumberMatched == nil || *page.NumberMatched != len(want) {
				t.Errorf("%s in %s: %d features, GEOS finds %d", layer, crs.uri, len(got), len(want))
			}
			if n := len(s.items(strings.Replace(items, "10000", "30", 1) + q)); n != len(want) {
				t.Errorf("%d in pages of 30, GEOS finds %d", n, len(want))
			}
		}
	}
	// Across the 180th meridian, from 111.5° east round to 111.48°.
	wrapped := len(s.items("/v1/ogc/collections/" + county + ".pbf/items?limit=10000&bbox=111.5,-90,111.48,90"))
	east := len(s.items("/v1/ogc/collections/" + county + ".pbf/items?limit=10000&bbox=111.5,-90,180,90"))
	west := len(s.items("/v1/ogc/collections/" + county + ".pbf/items?limit=10000&bbox=-180,-90,111.48,90"))
	if wrapped != east+west || east == 0 || west == 0 {
		t.Errorf("%d across the 180th meridian, %d and %d beside it", wrapped, east, west)
	}
}

func swap(mp orb.MultiPolygon) orb.MultiPolygon {
	out := mp.Clone()
	for _, p := range out {
		for _, r := range p {
			for i := range r {
				r[i][0], r[i][1] = r[i][1], r[i][0]
			}
		}
	}
	return out
}

// ogcSystems: what comes out in each system is where PROJ puts it, north
// first but in CRS84, and its area is what the service says.
func ogcSystems(t *testing.T, s *service) {
	item := "/v1/ogc/collections/" + county + ".pbf/items/17"
	var own geojson.Feature
	s.get(item + "?crs=" + zone37).wants(200).into(&own)
	truth := swap(figure(t, &own))
	surveyor, err := geo.NewSurveyor(geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}, truth.Bound().Center())
	if err != nil {
		t.Fatal(err)
	}
	if area := surveyor.MultiPolygon(truth); math.Abs(area-own.Properties["area_m2"].(float64)) > 0.02 {
		t.Errorf("area %v, said %v", area, own.Properties["area_m2"])
	}
	for uri, to := range map[string]geo.CRS{
		"": {Kind: geo.Geographic}, ogc.CRS84: {Kind: geo.Geographic}, "http://www.opengis.net/def/crs/EPSG/0/4490": {Kind: geo.Geographic},
		"http://www.opengis.net/def/crs/EPSG/0/4546": {Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 500_000},
	} {
		way, err := geo.NewTransform(geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}, to)
		if err != nil {
			t.Fatal(err)
		}
		want, err := way.MultiPolygon(truth)
		if err != nil {
			t.Fatal(err)
		}
		query := ""
		if uri != "" {
			query = "?crs=" + uri
		}
		var f geojson.Feature
		s.get(item + query).wants(200).into(&f)
		got := figure(t, &f)
		if strings.Contains(uri, "EPSG") {
			got = swap(got)
		}
		least := 1.1e-4
		if to.Kind == geo.Geographic {
			least = 1e-8
		}
		for i, p := range got[0][0] {
			if w := want[0][0][i]; math.Hypot(p[0]-w[0], p[1]-w[1]) > least {
				t.Fatalf("%s: %v, PROJ says %v", uri, p, w)
			}
		}
	}
}

// ogcConformance: what is wrong is said, what is not there is 404.
func ogcConformance(t *testing.T, s *service) {
	at := "/v1/ogc/collections/" + county + ".pbf"
	for _, wrong := range []string{"?x=1", "?limit=0", "?limit=x", "?limit=-1", "?bbox=1,2,3", "?bbox=a,b,c,d", "?bbox=1,2,3,4,5", "?bbox=1,5,3,4",
		"?bbox=NaN,1,2,3", "?crs=EPSG:4525", "?crs=http://www.opengis.net/def/crs/EPSG/0/4326", "?bbox-crs=" + ogc.CRS84, "?datetime=yesterday",
		"?datetime=2025-02-30", "?datetime=2026-01-01/2025-01-01", "?slope=steep", "?area_m2=5", "?after=x", "?after=0", "?version=0", "?version=x", "?f=html", "?class=1&class=2"} {
		s.get(at+"/items"+wrong).problem(400, "bad-parameter")
	}
	for _, fine := range []string{"?datetime=2025-01-01", "?datetime=../2025-01-01T00:00:00%2B08:00", "?datetime=2025-01-01T00:00:00.5Z/..", "?limit=20000&f=json&class=none", "?version=1", "?lang=en"} {
		s.get(at + "/items" + fine).wants(200)
	}
	for _, path := range []string{"", "/conformance", "/collections", "/collections/" + county + ".pbf", "/collections/" + county + ".pbf/queryables", "/collections/" + county + ".pbf/items/1"} {
		s.get("/v1/ogc"+path+"?x=1").problem(400, "bad-parameter")
		s.get("/v1/ogc" + path + "?f=json").wants(200)
	}
	for _, wrong := range []string{"150199.pbf", "150123.x", "150123.pbf_out", "150123", "x", "check.x.findings", "check.01a21ea4-5899-7d02-b1d0-8572046d2ed1.findings"} {
		for _, tail := range []string{"", "/queryables", "/items", "/items/1"} {
			s.get("/v1/ogc/collections/"+wrong+tail).problem(404, "not-found")
		}
	}
	for _, id := range []string{"0", "x", "99999999", "1-1", "-1"} {
		s.get(at+"/items/"+id).problem(404, "not-found")
	}
	s.get(at+"/items?version=9").problem(404, "not-found")
	k := s.checked(samplePlan(t, goodPlan))
	check := "/v1/ogc/collections/check." + k.ID + "."
	s.get(check+"faces/items?version=1").problem(400, "bad-parameter")
	s.get(check+"faces/items?sliver=maybe").problem(400, "bad-parameter")
	s.get(check+"faces/items/999999").problem(404, "not-found")
	s.get(check + "faces/items/1").wants(200)
	s.get(check+"x/items").problem(404, "not-found")
	var schema struct {
		Properties map[string]struct{ Type string }
	}
	s.get(check + "faces/queryables").wants(200).into(&schema)
	if schema.Properties["class_before"].Type != "string" || schema.Properties["sliver"].Type != "boolean" || schema.Properties["area_m2"].Type != "" {
		t.Errorf("%+v", schema)
	}
}
