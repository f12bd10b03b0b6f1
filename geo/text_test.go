package geo_test

import (
	"testing"

	"landcheck/geo"
)

// TestThen: two sentences have one stop between them, and a question none.
func TestThen(t *testing.T) {
	next := geo.Text{ZH: "见帮助", EN: "See help"}
	for _, c := range []struct{ first, want geo.Text }{
		{geo.Text{ZH: "没有", EN: "none"}, geo.Text{ZH: "没有。见帮助", EN: "none. See help"}},
		{geo.Text{ZH: "没有。", EN: "none."}, geo.Text{ZH: "没有。见帮助", EN: "none. See help"}},
		{geo.Text{ZH: "是否应为 a？", EN: "did you mean a?"}, geo.Text{ZH: "是否应为 a？见帮助", EN: "did you mean a? See help"}},
		{geo.Text{}, next},
	} {
		if got := c.first.Then(next); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if got := c.first.Then(geo.Text{}); got != c.first {
			t.Errorf("%q, want %q", got, c.first)
		}
	}
}
