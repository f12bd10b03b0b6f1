package geojson

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

var degrees = geo.CRS{Kind: geo.Geographic}

// one is a collection of one feature with this geometry.
func one(geometry string) string {
	return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":` + geometry + `}]}`
}

const triangle = `[[[111,40],[111.1,40],[111,40.1],[111,40]]]`

func load(t testing.TB, text string) (geo.Layer, []geo.Feature, error) {
	t.Helper()
	l, err := read(t.Context(), strings.NewReader(text), "plan", "plan.geojson")
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for _, f := range l.Fields() {
		names = append(names, f.Name)
	}
	var rows []geo.Feature
	for f, err := range l.Near(context.Background(), nil, names) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, f)
	}
	return l, rows, nil
}

func TestRead(t *testing.T) {
	l, rows, err := load(t, "\ufeff"+`{"name":"x","features":[
		{"type":"Feature","id":7,"properties":{"BSM":"001","MJ":12.50,"ok":true,"n":null,"o":{"a": [1, 2]}},
		 "geometry":{"coordinates":`+triangle+`,"type":"Polygon"}},
		{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[`+triangle+`,[[[0,0,5],[1,0,5],[1,1,5],[0,0,5]]]]},"properties":{"晚":"x","MJ":"?"}},
		{"type":"Feature","geometry":null,"properties":null}],"type":"FeatureCollection","bbox":[1,2]}`)
	if err != nil {
		t.Fatal(err)
	}
	wantFields := []geo.Field{{Name: "BSM", Type: 'C', Width: 3}, {Name: "MJ", Type: 'C', Width: 5}, {Name: "ok", Type: 'N', Width: 1},
		{Name: "n", Type: 'C', Width: 1}, {Name: "o", Type: 'C', Width: 11}, {Name: "晚", Type: 'C', Width: 1}}
	if !slices.Equal(l.Fields(), wantFields) {
		t.Errorf("fields %v", l.Fields())
	}
	wantValues := [][]string{{"001", "12.50", "1", "", `{"a":[1,2]}`, ""}, {"", "?", "", "", "", "x"}, {"", "", "", "", "", ""}}
	wantParts := []int{1, 2, 0}
	for i, r := range rows {
		if r.Record != i+1 || !slices.Equal(r.Values, wantValues[i]) || len(r.Geometry) != wantParts[i] {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if crs, err := l.CRS(); crs != degrees || err != nil || l.Name() != "plan" {
		t.Errorf("system %v, %v, name %s", crs, err, l.Name())
	}
	if want := (orb.MultiPolygon{{{{111, 40}, {111.1, 40}, {111, 40.1}, {111, 40}}}}); !rows[0].Geometry.Equal(want) {
		t.Errorf("geometry %v", rows[0].Geometry)
	}
	if n := l.Notices(); len(n) != 1 || n[0].Record != 3 {
		t.Errorf("notices %v", n)
	}
	if _, rows, err := load(t, `{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":`+triangle+`}}`); err != nil || len(rows) != 1 || rows[0].Record != 1 || rows[0].Values[0] != "1" {
		t.Errorf("a lone feature: %v, %v", rows, err)
	}
}

func TestMended(t *testing.T) {
	l, rows, err := load(t, one(`{"type":"Polygon","coordinates":[[[0,0],[4,0],[0,4]],[[1,1],[2,1]],[]]}`))
	if err != nil || len(rows[0].Geometry[0]) != 1 || len(rows[0].Geometry[0][0]) != 4 || len(l.Notices()) != 2 {
		t.Errorf("%v, %v, %v", rows, l.Notices(), err)
	}
	for _, empty := range []string{`{"type":"MultiPolygon","coordinates":[]}`, `{"type":"Polygon","coordinates":[]}`, `{"type":"MultiPolygon","coordinates":[[]]}`} {
		if _, rows, err := load(t, one(empty)); err != nil || rows[0].Geometry != nil {
			t.Errorf("%s: %v, %v", empty, rows, err)
		}
	}
}

func TestSystem(t *testing.T) {
	in := func(crs, coordinates string) string {
		return `{"type":"FeatureCollection",` + crs + `"features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":` + coordinates + `}}]}`
	}
	named := func(name string) string { return `"crs":{"type":"name","properties":{"name":"` + name + `"}},` }
	metres := `[[[37540000,4563000],[37540010,4563000],[37540000,4563010],[37540000,4563000]]]`
	zone37 := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}
	for name, c := range map[string]struct {
		text string
		want geo.CRS
	}{
		"RFC 7946":        {in("", triangle), degrees},
		"CRS84":           {in(named("urn:ogc:def:crs:OGC:1.3:CRS84"), triangle), degrees},
		"WGS 84":          {in(named("urn:ogc:def:crs:EPSG::4326"), triangle), degrees},
		"CGCS2000":        {in(named("EPSG:4490"), triangle), degrees},
		"zone":            {in(named("urn:ogc:def:crs:EPSG::4525"), metres), zone37},
		"unsaid metres":   {in("", metres), geo.CRS{}},
		"null":            {in(`"crs":null,`, metres), geo.CRS{}},
		"after all":       {strings.TrimSuffix(in("", metres), "}") + "," + strings.TrimSuffix(named("EPSG:4525"), ",") + "}", zone37},
		"null shape only": {one("null"), degrees},
	} {
		l, _, err := load(t, c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if crs, err := l.CRS(); crs != c.want || err != nil {
			t.Errorf("%s: %v, %v", name, crs, err)
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"Xi'an 80":       {in(named("EPSG:2361"), metres), "Xi'an 80"},
		"swapped":        {in("", `[[[40,111],[40,111.1],[40.1,111],[40,111]]]`), "latitude first"},
		"no degrees":     {in(named("EPSG:4490"), metres), "are no degrees"},
		"not understood": {in(`"crs":{"properties":7},`, triangle), "cannot be understood"},
	} {
		if _, _, err := load(t, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	polygon := func(c string) string { return one(`{"type":"Polygon","coordinates":` + c + `}`) }
	for name, c := range map[string]struct {
		text   string
		record int
		want   string
	}{
		"nothing":            {"", 0, "not valid JSON"},
		"no object":          {"[1]", 0, "{ is expected"},
		"cut":                {`{"type":"FeatureCollection","features":[{"type":"Feature"`, 1, "not valid JSON"},
		"more after":         {`{"type":"FeatureCollection","features":[]} 1`, 0, "more after"},
		"a bare geometry":    {`{"type":"Polygon","coordinates":[]}`, 0, `is a "Polygon"`},
		"no features":        {`{"type":"FeatureCollection"}`, 0, "no features member"},
		"no Feature":         {`{"type":"FeatureCollection","features":[{"type":"x"}]}`, 1, "not a Feature"},
		"a point":            {one(`{"type":"Point","coordinates":[1,2]}`), 1, `is a "Point"`},
		"a collection":       {one(`{"type":"GeometryCollection","geometries":[]}`), 1, "GeometryCollection"},
		"too large":          {polygon(`[[[1e400,0],[1,0],[1,1],[0,0]]]`), 1, "out of range"},
		"null coordinate":    {polygon(`[[[null,0],[1,0],[1,1],[0,0]]]`), 1, "must be numbers"},
		"text coordinate":    {polygon(`[[["1",0],[1,0],[1,1],[0,0]]]`), 1, "must be numbers"},
		"one number":         {polygon(`[[[1],[1,0],[1,1],[0,0]]]`), 1, "needs two numbers"},
		"too flat":           {polygon(`[[1,0],[1,0],[1,1],[0,0]]`), 1, "do not have the depth"},
		"too deep":           {polygon(`[[[[[1,0]]]]]`), 1, "nested wrongly"},
		"mixed":              {polygon(`[[[1,0],[[1,0]]]]`), 1, "nested wrongly"},
		"object coordinates": {polygon(`[{"a":1}]`), 1, "nested wrongly"},
		"properties a list":  {`{"type":"FeatureCollection","features":[{"type":"Feature","properties":[1]}]}`, 1, "must be an object"},
		"deep properties":    {`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":` + strings.Repeat("[", 20000) + `}}]}`, 1, "deeper than 64"},
	} {
		_, _, err := load(t, c.text)
		f, ok := geo.AsInputError(err)
		if !ok || f.Record != c.record || !strings.Contains(f.Message.EN, c.want) || f.File != "plan.geojson" || f.Advice.IsZero() {
			t.Errorf("%s: %v, want record %d, %q", name, err, c.record, c.want)
		}
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{
		"\ufeff{ \"type\" :\n \"FeatureCollection\"": true,
		`{"type":"Feature","geometry":null}`:         true,
		`{"schema":"landcheck-report/1"}`:            false,
		`[{"type":"Feature"}]`:                       false,
		"":                                           false,
	} {
		if got := Looks([]byte(text)); got != want {
			t.Errorf("%.40q: %v", text, got)
		}
	}
}

// FuzzRead: a layer of closed rings or an input error, whatever the bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(one(`{"type":"Polygon","coordinates":` + triangle + `}`)))
	f.Add([]byte(`{"crs":{"properties":{"name":"EPSG:4525"}},"type":"Feature","geometry":{"coordinates":[[[[1,2]]]],"type":"MultiPolygon"},"properties":{"a":{"b":[1e9]}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := read(t.Context(), bytes.NewReader(data), "x", "x.geojson")
		if err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		for f, err := range l.Near(context.Background(), nil, nil) {
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range f.Geometry {
				for _, r := range p {
					if len(r) < 4 || !r.Closed() {
						t.Fatalf("ring %v", r)
					}
				}
			}
		}
	})
}

// -1.797e308 stands for null; a text of megabytes is refused by its field before
// it is held.
func TestLostAndLong(t *testing.T) {
	feature := func(properties string) string {
		return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":` + properties +
			`,"geometry":{"type":"Polygon","coordinates":[[[111,41],[111.1,41],[111.1,41.1],[111,41]]]}}]}`
	}
	l, err := read(t.Context(), strings.NewReader(feature(`{"KCXS":-1.7976931348623157e308,"MJ":1.5e3}`)), "x", "x.geojson")
	if err != nil {
		t.Fatal(err)
	}
	for f := range l.Rows(context.Background(), []string{"KCXS", "MJ"}) {
		if f.Values[0] != "" || f.Values[1] != "1.5e3" {
			t.Errorf("%q", f.Values)
		}
	}
	if n := l.Notices(); len(n) != 1 || !strings.Contains(n[0].Message.EN, "KCXS") {
		t.Errorf("%v", n)
	}
	for name, text := range map[string]string{
		"a text":    feature(`{"A":"x","BSM":"` + strings.Repeat("长", 30000) + `"}`),
		"escaped":   feature(`{"A":"x","BSM":"` + strings.Repeat(`\u0041`, 70000) + `"}`),
		"very long": feature(`{"A":"x","BSM":"` + strings.Repeat("A", 20<<20) + `"}`),
		"quoted":    feature(`{"A":"x","BSM":"` + strings.Repeat(`\"`, 70000) + `"}`),
		"nested":    feature(`{"A":"x","BSM":{"a":"` + strings.Repeat("A", 70000) + `"}}`),
	} {
		_, err := read(t.Context(), strings.NewReader(text), "x", "x.geojson")
		if err == nil || !strings.Contains(err.Error(), "x.geojson, record 1") || name != "nested" && !strings.Contains(err.Error(), "field BSM") || !strings.Contains(err.Error(), "65536 bytes") {
			t.Errorf("%s: %.300v", name, err)
		}
	}
}
