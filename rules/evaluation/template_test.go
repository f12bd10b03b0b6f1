package evaluation

import (
	"regexp"
	"testing"

	"landcheck/geo"

	"pgregory.net/rapid"
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// TestFill: placeholders are filled as their expression finds them.
func TestFill(t *testing.T) {
	w := values{"a": {ZH: "甲", EN: "one"}, "": {ZH: "空", EN: ""}, "中": {ZH: "{a}", EN: "{"}}
	filled := 0
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("{}a中 b")), 0, 12, -1).Draw(t, "text")
		for _, lang := range []string{"zh", "en"} {
			want := placeholder.ReplaceAllStringFunc(text, func(m string) string {
				if v, ok := w[m[1:len(m)-1]]; ok {
					return v.In(lang)
				}
				return m
			})
			if got := w.fill(geo.Text{ZH: text, EN: text}).In(lang); got != want {
				t.Fatalf("%q is filled as %q, want %q", text, got, want)
			}
			if want != text {
				filled++
			}
		}
	})
	if filled == 0 {
		t.Error("nothing was filled")
	}
}
