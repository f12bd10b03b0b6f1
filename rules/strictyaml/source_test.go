package strictyaml

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"landcheck/geo"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("规", 200)
	for _, c := range []struct {
		text         string
		line, column int
		want         string
	}{
		{"quato: 1", 1, 1, "1 | quato: 1\n  | ^"},
		{"a: 1\n规划: {名称: 甲}", 2, 6, "2 | 规划: {名称: 甲}\n  |        ^"}, // four columns of 规划, then three
		{"a:\tb", 1, 4, "1 | a:→b\n  |    ^"},
		{"e\u0301x: 1", 1, 3, "1 | e\u0301x: 1\n  |  ^"},
		{"a: \u202eb", 1, 5, "1 | a: \\u202eb\n  |          ^"},
		{strings.Repeat("x", 90) + ": 规", 1, 93, "1 | " + strings.Repeat("x", 90) + ": 规\n  | " + strings.Repeat(" ", 92) + "^"},
		{"", 9, 9, "1 | \n  | ^"},
		{"a", 1, 99, "1 | a\n  |  ^"},
		{long, 1, 1, "1 | " + strings.Repeat("规", 48) + "…\n  | ^"},
		{long, 1, 100, "1 | …" + strings.Repeat("规", 24+23) + "…\n  | " + strings.Repeat(" ", 49) + "^"},
		{long, 1, 201, "1 | …" + strings.Repeat("规", 48) + "\n  | " + strings.Repeat(" ", 97) + "^"},
	} {
		if got := newSource("", c.text).Excerpt(c.line, c.column); got != c.want {
			t.Errorf("%q %d:%d\n%s\nwant\n%s", c.text, c.line, c.column, got, c.want)
		}
	}
}

// A slip that is put into a sound file is told at its own line and column, and
// the caret stands under it: counted here by hand, a Chinese character as two.
func TestSlipsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-c规划区]{1,6}`)
		ends := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		wide := func(s string) int {
			return 2*len([]rune(s)) - strings.Count(s, "a") - strings.Count(s, "b") - strings.Count(s, "c") - strings.Count(s, " ") - strings.Count(s, "-") - strings.Count(s, ":")
		}
		var text strings.Builder
		var want []string
		indent := strings.Repeat(" ", rapid.IntRange(0, 4).Draw(t, "indent"))
		text.WriteString("a:" + ends)
		for i := range rapid.IntRange(1, 8).Draw(t, "lines") {
			before := indent + "- "
			if rapid.Bool().Draw(t, "slip") {
				inner := word.Draw(t, "inner")
				before += inner + ": "
				want = append(want, fmt.Sprintf("%d:%d %s^", i+2, len(indent)+3, strings.Repeat(" ", wide(indent+"- "))))
			}
			text.WriteString(before + word.Draw(t, "value") + ends)
		}
		var got []string
		d, err := Parse("f.yaml", []byte(text.String()), Options{MaxBytes: mega})
		if err == nil {
			err = d.Err(readSample(d.Root()))
		}
		if err != nil {
			for _, f := range err.(geo.InputErrors) {
				_, caret, _ := strings.Cut(f.Excerpt, "\n  | ")
				got = append(got, fmt.Sprintf("%d:%d %s", f.Record, f.Column, caret))
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("%q:\n%s\nwant\n%s", text.String(), strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
