package geojson

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestLimits: a file whose texts, numbers, names, values or features are beyond
// what land has is refused where it is so, without coming into memory.
func TestLimits(t *testing.T) {
	const long = 20 << 20
	fill := func(s string) string { return strings.Repeat(s, long/len(s)) }
	var fields strings.Builder
	for i := range 2 * geo.MaxFields {
		fields.WriteString(`"f` + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26) + `":1,`)
	}
	one := func(properties string) string {
		return `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":` + properties + `}]}`
	}
	for name, c := range map[string]struct{ text, field, want string }{
		"value":          {one(`{"BSM":"` + fill("A") + `"}`), "BSM", "a value has more"},
		"value in marks": {one(`{"BSM":"` + fill(`\u4e2d`) + `"}`), "BSM", "a value has more"},
		"value of value": {one(`{"a":{"BSM":"` + fill("A") + `"}}`), "BSM", "a value has more"},
		"name":           {one(`{"` + fill("k") + `":1}`), "", "a name or number has more"},
		"number":         {one(`{"NF":` + fill("1") + `}`), "NF", "a name or number has more"},
		"list":           {one(`{"x":[` + fill("1,") + `1]}`), "x", "a value has more"},
		"depth":          {one(`{"x":` + fill("[")), "x", "deeper than"},
		"fields":         {one(`{` + fields.String() + `"z":1}`), "", "fields in the layer"},
		"one field":      {one(`{` + fill(`"a":1,`) + `"a":1}`), "a", "fields in the layer"},
		"title":          {`{"type":"FeatureCollection","title":"` + fill("t") + `","features":[]}`, "title", "a value has more"},
		"system":         {`{"type":"FeatureCollection","crs":{"properties":{"name":"` + fill("t") + `"}},"features":[]}`, "name", "a value has more"},
		"vertices":       {`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[` + strings.Repeat("[1,2],", geo.MaxVertices) + `[1,2]]]}}]}`, "", "vertices in one shape"},
		"rings":          {`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[` + fill("[],") + `[]]}}]}`, "", "rings (parts and holes)"},
	} {
		t.Run(name, func(t *testing.T) {
			in := strings.NewReader(c.text)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := read(t.Context(), in, "plan", "plan.geojson")
			runtime.ReadMemStats(&after)
			f, ok := geo.AsInputError(err)
			if !ok || !strings.Contains(f.Message.EN, c.want) || c.field != "" && f.Field != c.field || f.Advice.IsZero() {
				t.Errorf("%v, want field %q, %q", err, c.field, c.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; name != "rings" && used > 16<<20 {
				t.Errorf("%d bytes were allocated to read %d", used, len(c.text))
			}
		})
	}
}

// TestCancelled: reading ends with its context.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := read(ctx, strings.NewReader(`{"type":"FeatureCollection","features":[]}`), "x", "x.geojson"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
