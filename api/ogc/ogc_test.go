package ogc

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"
)

// star is a polygon round a centre, with a hole now and then.
func star(t *rapid.T) orb.MultiPolygon {
	ring := func(x, y, least, most float64, n int) orb.Ring {
		var r orb.Ring
		for i := range n {
			a, d := float64(i)/float64(n)*2*math.Pi, rapid.Float64Range(least, most).Draw(t, "radius")
			r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
		}
		return append(r, r[0])
	}
	x, y := rapid.Float64Range(-20, 20).Draw(t, "x"), rapid.Float64Range(-20, 20).Draw(t, "y")
	p := orb.Polygon{ring(x, y, 8, 15, rapid.IntRange(5, 12).Draw(t, "n"))}
	if rapid.Bool().Draw(t, "hole") {
		p = append(p, ring(x, y, 2, 5, 5))
	}
	return orb.MultiPolygon{p}
}

// TestMeets holds Meets against GEOS: boxes across, inside, round and in holes.
func TestMeets(t *testing.T) {
	kernel := geo.NewKernel()
	rapid.Check(t, func(t *rapid.T) {
		mp := star(t)
		x, y := rapid.Float64Range(-40, 40).Draw(t, "west"), rapid.Float64Range(-40, 40).Draw(t, "south")
		w, h := rapid.Float64Range(0.01, 60).Draw(t, "width"), rapid.Float64Range(0.01, 60).Draw(t, "height")
		if rapid.Bool().Draw(t, "small") {
			w, h = w/40, h/40
		}
		box := orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + w, y + h}}
		d, err := kernel.Distance(mp, orb.MultiPolygon{box.ToPolygon()})
		if err != nil {
			t.Fatal(err)
		}
		if got := Meets(mp, box); got != (d == 0) {
			t.Fatalf("%v, the distance is %v", got, d)
		}
	})
}

// TestInner: whatever lies in the inner box of another system's lies in that one.
func TestInner(t *testing.T) {
	degrees, zone := geo.CRS{Kind: geo.Geographic}, geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}
	way, err := geo.NewTransform(zone, degrees)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(109, 113).Draw(t, "lon"), rapid.Float64Range(20, 52).Draw(t, "lat")
		box := orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + rapid.Float64Range(0.001, 1).Draw(t, "w"), y + rapid.Float64Range(0.001, 1).Draw(t, "h")}}
		inner, err := Inner(way.Inverse(), box)
		if err != nil {
			t.Fatal(err)
		}
		if inner.IsEmpty() {
			t.Skip()
		}
		f, g := rapid.Float64Range(0, 1).Draw(t, "f"), rapid.Float64Range(0, 1).Draw(t, "g")
		for _, p := range []orb.Point{inner.Min, inner.Max, {inner.Min[0], inner.Max[1]}, {inner.Min[0] + f*(inner.Max[0]-inner.Min[0]), inner.Min[1] + g*(inner.Max[1]-inner.Min[1])}} {
			there, err := way.Point(p)
			if err != nil {
				t.Fatal(err)
			}
			if !box.Contains(there) {
				t.Fatalf("%v is %v, outside %v", p, there, box)
			}
		}
	})
}

func TestParseBox(t *testing.T) {
	north, _ := EPSG(4490)
	zone, _ := EPSG(4525)
	for _, c := range []struct {
		text string
		in   System
		want []orb.Bound
	}{
		{"1,2,3,4", Default(), []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{" 1 , 2 , 0 , 3 , 4 , 9 ", Default(), []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{"2,1,4,3", north, []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{"170,2,-170,4", Default(), []orb.Bound{{Min: orb.Point{170, 2}, Max: orb.Point{180, 4}}, {Min: orb.Point{-180, 2}, Max: orb.Point{-170, 4}}}},
		{"4500000,37500000,4500001,37500002", zone, []orb.Bound{{Min: orb.Point{37500000, 4500000}, Max: orb.Point{37500002, 4500001}}}},
		{"4500000,37500003,4500001,37500002", zone, nil}, {"1,4,3,2", Default(), nil}, {"1,2,3", Default(), nil}, {"1,2,3,4,5", Default(), nil},
		{"", Default(), nil}, {"1,2,3,x", Default(), nil}, {"1,2,Inf,4", Default(), nil}, {"NaN,2,3,4", Default(), nil},
	} {
		got, ok := ParseBox(c.text, c.in)
		if ok != (c.want != nil) || len(got) != len(c.want) {
			t.Errorf("%q: %v", c.text, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: %v, want %v", c.text, got, c.want)
			}
		}
	}
}

func FuzzParseBox(f *testing.F) {
	for _, s := range []string{"1,2,3,4", "1,2,3,4,5,6", "170,-10,-170,10", "1e400,0,0,0", ",,,", "0x1p-2,1,2,3"} {
		f.Add(s)
	}
	north, err := EPSG(4490)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, in := range []System{Default(), north} {
			boxes, ok := ParseBox(s, in)
			if ok != (len(boxes) > 0) {
				t.Fatalf("%v %v", boxes, ok)
			}
			for _, b := range boxes {
				if in.URI == CRS84 && b.Min[0] <= 180 && b.Max[0] >= -180 && b.IsEmpty() {
					t.Fatalf("%q is %v", s, b)
				}
			}
		}
	})
}

func TestValidTime(t *testing.T) {
	for s, ok := range map[string]bool{
		"2025-01-01": true, "2025-01-01T00:00:00Z": true, "2025-01-01T00:00:00.25+08:00": true, "2025-01-01/2025-01-02": true,
		"../2025-01-01": true, "/2025-01-01": true, "2025-01-01/": true, "2025-01-01/..": true, "../..": true,
		"": false, "x": false, "2025-13-01": false, "2025-01-02/2025-01-01": false, "2025-01-01T00:00:00": false, "a/b": false, "1/2/3": false,
	} {
		if ValidTime(s) != ok {
			t.Errorf("%q: %v", s, !ok)
		}
	}
}

func FuzzValidTime(f *testing.F) {
	for _, s := range []string{"2025-01-01/..", "../..", "/", "2025-01-01T00:00:00Z/2026-01-01T00:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if ValidTime(s) && strings.Count(s, "/") > 1 {
			t.Fatalf("%q", s)
		}
	})
}

// TestSystems names the systems of data by OGC's rules, each once, CRS84 first.
func TestSystems(t *testing.T) {
	for _, c := range []struct {
		own  geo.CRS
		want string
	}{
		{geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}, "4490 4525 4546"},
		{geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 500_000}, "4490 4546 4525"},
		{geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 19_500_000}, "4490 4497 4525 4546"}, // 6° zone 19
		{geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111.5, FalseEasting: 500_000}, "4490 4525 4546"},       // a meridian of its own
		{geo.CRS{Kind: geo.Geographic}, "4490 4525 4546"},
		{geo.CRS{}, "4490 4525 4546"},
	} {
		var got []string
		for i, s := range Systems(c.own, orb.Point{111.2, 41}) {
			if i == 0 {
				if s.URI != CRS84 || s.Swapped {
					t.Errorf("%+v", s)
				}
				continue
			}
			if !s.Swapped {
				t.Errorf("%s has east first", s.URI)
			}
			got = append(got, strings.TrimPrefix(s.URI, "http://www.opengis.net/def/crs/EPSG/0/"))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: %v, want %s", c.own, got, c.want)
		}
	}
	if s, ok := Find([]System{Default()}, "https://www.opengis.net/def/crs/OGC/1.3/CRS84"); !ok || s.URI != CRS84 {
		t.Error("https is http")
	}
}

// TestFeature reads back, by orb, what was written.
func TestFeature(t *testing.T) {
	zone, _ := EPSG(4525)
	clockwise := orb.MultiPolygon{{{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}, {{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}}}}
	f := Feature{ID: `a"b`, Geometry: clockwise}
	f.Set("text", "中文\n")
	f.Set("none", "")
	f.Set("zero", 0)
	f.Set("whole", 3.0)
	f.Set("figure", 0.0312)
	f.Set("truth", false)
	for _, in := range []System{Default(), zone} {
		data, err := f.Append(nil, in, []Link{{Href: "x", Rel: "self"}})
		if err != nil || !json.Valid(data) {
			t.Fatalf("%v %s", err, data)
		}
		if !strings.Contains(string(data), `"whole":3.0,`) {
			t.Errorf("a whole figure must look like one: %s", data)
		}
		back, err := geojson.UnmarshalFeature(data)
		if err != nil {
			t.Fatal(err)
		}
		mp := back.Geometry.(orb.MultiPolygon)
		want := orb.Point{10, 0} // counter-clockwise: the second point is the last but one
		if in.Swapped {
			want = orb.Point{0, 10}
		}
		if back.ID != `a"b` || mp[0][0][1] != want || len(back.Properties) != 4 || back.Properties["text"] != "中文\n" || back.Properties["truth"] != false {
			t.Errorf("%s", data)
		}
	}
	data, err := (&Feature{ID: "1"}).Append(nil, Default(), nil)
	if err != nil || string(data) != `{"type":"Feature","id":"1","geometry":null,"properties":{}}` {
		t.Errorf("%v %s", err, data)
	}
}
