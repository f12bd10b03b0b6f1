package geojson

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"landcheck/geo"
)

// TestPositions: the positions of the largest shape are counted to the last one, by
// its record, whatever texts lie about and however the bytes come.
func TestPositions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		space := rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(t, "space")
		texts := []string{"plain", `a\"1]1]1]b`, `\\`, "[[1]", "}{", "中\xd6\xd0", "1]1]1]1]1]1]1]1]1]"}
		var b strings.Builder
		b.WriteString(`{"type":"FeatureCollection","features":` + space + `[`)
		largest, record := 0, 0
		for k := range rapid.IntRange(1, 5).Draw(t, "features") {
			if k > 0 {
				b.WriteString("," + space)
			}
			text := rapid.SampledFrom(texts).Draw(t, "text")
			b.WriteString(`{"type":"Feature","bbox":[1,2,3,4],"properties":{"` + text + `":[1,[2],{"x":"` + text + `"}]},"geometry":`)
			rings := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 4).Draw(t, "rings")
			n := 0
			var all []string
			for _, positions := range rings {
				n += positions
				at := rapid.SampledFrom([]string{"[1,2]", "[1.5e3 , -2E-07 ]", "[\n0,0,9]"}).Draw(t, "at")
				all = append(all, "["+strings.TrimSuffix(strings.Repeat(at+space+",", positions), ",")+"]")
			}
			if b.WriteString(`{"coordinates":[` + strings.Join(all, ",") + space + `],"type":"Polygon"}}`); n > largest {
				largest, record = n, k+1
			}
		}
		b.WriteString(`]}`)
		count := func(most int) error {
			p := positions{most: most}
			for rest := []byte(b.String()); len(rest) > 0; {
				n := rapid.IntRange(1, len(rest)).Draw(t, "chunk")
				if _, err := p.Write(rest[:n]); err != nil {
					return err
				}
				rest = rest[n:]
			}
			return nil
		}
		if err := count(max(largest, 2)); err != nil { // other arrays of numbers are there too
			t.Fatalf("%d positions at most, but %v in %s", largest, err, &b)
		}
		if largest < 3 {
			return
		}
		f, ok := geo.AsInputError(count(largest - 1))
		if !ok || f.Record != record || b.String()[f.Offset-1] != ']' {
			t.Fatalf("%d positions in record %d, but %v in %s", largest, record, f, &b)
		}
	})
}

// TestUnsureRecord: where a backslash may be half a character of GBK the record is
// not said.
func TestUnsureRecord(t *testing.T) {
	p := positions{most: 1}
	_, err := p.Write([]byte(`{"features":[{"a":"` + "\x81\\" + `","b":"x"},{"c":[[1,2],[3,4]]}]}`))
	if f, ok := geo.AsInputError(err); !ok && err != nil || ok && f.Record != 0 {
		t.Errorf("%v", err)
	}
}
