package spelling

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	known := []string{"pass", "fail", "quota", "layers", "level", "source", "title", "pbf", "pbf_out", "mandatory", "规则册"}
	for word, want := range map[string]string{
		"quato": "quota", "layres": "layers", "levle": "level", "sorce": "source", "fial": "fail", "pfb": "pbf",
		"PBF_OUT": "pbf_out", "mandatry": "mandatory", "规册": "", "规则策": "规则册", "": "", "x": "", "quota": "quota",
		"nothing": "", "Layers": "layers", strings.Repeat("quota", 20): "", "pb": "", "pas": "pass",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

// A distance is one: nought for the same word alone, the same both ways, at
// least the difference of lengths, at most the longer length.
func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[ab规则]{0,8}`)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d, x, y := Distance([]rune(a), []rune(b)), len([]rune(a)), len([]rune(b))
		if d != Distance([]rune(b), []rune(a)) || (d == 0) != (a == b) || d > max(x, y) || d < max(x, y)-min(x, y) {
			t.Fatalf("%q, %q: %d", a, b, d)
		}
	})
}
