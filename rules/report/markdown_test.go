package report

import "testing"

// Names stay as they are written, to be found and copied; what could be markup
// is not.
func TestInline(t *testing.T) {
	for s, want := range map[string]string{
		"DLBG_final.shp": "DLBG_final.shp", "调出_终稿": "调出_终稿", "{land_use_change: x}": "{land_use_change: x}",
		"_a_": `\_a\_`, "a__b": `a\_\_b`, "a _b_ c": `a \_b\_ c`, "a_": `a\_`, "._b": `.\_b`,
		"*a*": `\*a\*`, "<b>": "&lt;b&gt;", "::x": `\::x`,
	} {
		if got := inline(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}
