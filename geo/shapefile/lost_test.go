package shapefile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"landcheck/geo"
)

// lostTable is a table of squares with a figure as the bytes given, by record.
func lostTable(t testing.TB, figures ...string) map[string][]byte {
	t.Helper()
	table := squares(len(figures))
	table.Fields = append(table.Fields, geo.Field{Name: "KCXS", Type: geo.NumberField, Width: 20, Decimals: 4})
	for i := range table.Rows {
		table.Rows[i].Values = append(append([]string(nil), table.Rows[i].Values...), fmt.Sprintf("%d.1234", 700000+i))
	}
	files := written(t, table)
	for i, f := range figures {
		was := []byte(fmt.Sprintf("%20s", fmt.Sprintf("%d.1234", 700000+i)))
		at := bytes.Index(files[".dbf"], was)
		if at < 0 || bytes.Count(files[".dbf"], was) != 1 {
			t.Fatalf("record %d: no place for %q", i+1, f)
		}
		copy(files[".dbf"][at:at+20], fmt.Sprintf("%20s", f))
	}
	return files
}

func TestLostFigures(t *testing.T) {
	cases := []struct {
		raw, value string
		kind       geo.LostKind
	}{
		{"0.1250", "0.1250", 0}, {"", "", 0}, {"-12", "-12", 0}, {"1,5", "1.5", 0}, {"1e5", "1e5", 0}, {strings.Repeat("\x00", 20), "", 0},
		{strings.Repeat("*", 20), "", geo.Asterisks}, {"*****", "", geo.Asterisks},
		{"\x00\x00\x000.1250", "0.1250", geo.LeadingNULs}, {"\x00\x0012", "12", geo.LeadingNULs},
		{"-1.797e308", "", geo.NullNumber}, {"-1.79769e+308", "", geo.NullNumber}, {"-1.797693134862e+308", "", geo.NullNumber}, {"1.7976931348623157e308"[:18] + "08", "1.797693134862315708", 0},
		{"nan", "", geo.NotNumber}, {"-1.#IND", "", geo.NotNumber}, {"1.#INF", "", geo.NotNumber},
		{"abc", "abc", geo.TextNumber}, {"0.1 o", "0.1 o", geo.TextNumber}, {"\xce\xde", "\ufffd", geo.TextNumber},
		{"12\x00garbage", "12", 0},
	}
	var figures []string
	want := map[geo.LostKind]int{}
	for _, c := range cases {
		figures = append(figures, c.raw)
		if c.kind != 0 {
			want[c.kind]++
		}
	}
	path := put(t, lostTable(t, figures...))
	cache := t.TempDir()
	for _, dir := range []string{"", cache, cache} {
		l := waited(t, path, dir)
		i := 0
		for f, err := range l.Rows(t.Context(), []string{"KCXS"}) {
			if err != nil {
				t.Fatal(err)
			}
			if f.Values[0] != cases[i].value {
				t.Errorf("%q reads as %q, want %q", cases[i].raw, f.Values[0], cases[i].value)
			}
			i++
		}
		if _, err := l.Digest(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := map[geo.LostKind]int{}
		for _, o := range *l.lost.Load() {
			got[o.Kind] += o.Count
			if o.Field != "KCXS" {
				t.Errorf("field %q", o.Field)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("cache %q: %v, want %v", dir, got, want)
		}
		if n := len(l.Inspected()); n != len(want) || len(l.Notices()) < n {
			t.Errorf("%d notices of %d kinds", n, len(want))
		}
		l.Close()
	}
}

// The pieces in which the bytes come do not matter.
func TestInspectorInPieces(t *testing.T) {
	var figures []string
	for i := range 200 {
		figures = append(figures, []string{"1", "***", "\x007", "x"}[i%4])
	}
	l := open(t, put(t, lostTable(t, figures...)), "")
	whole := l.table.inspector()
	_, _ = whole.Write(l.table.file.Data)
	for range 50 {
		s := l.table.inspector()
		for rest := l.table.file.Data; len(rest) > 0; {
			n := min(len(rest), 1+rand.IntN(300))
			_, _ = s.Write(rest[:n])
			rest = rest[n:]
		}
		if !reflect.DeepEqual(s.lost.List(), whole.lost.List()) {
			t.Fatal(s.lost.List(), whole.lost.List())
		}
	}
	if n := whole.lost.List(); len(n) != 3 || n[0].Count+n[1].Count+n[2].Count != 150 {
		t.Errorf("%v", n)
	}
}

func FuzzDigits(f *testing.F) {
	f.Add([]byte("   12.5*"))
	f.Fuzz(func(t *testing.T, text []byte) {
		want := true
		for _, b := range text {
			want = want && b >= ' ' && b <= '9' && b != '*'
		}
		if digits(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	})
}

func BenchmarkInspect(b *testing.B) {
	path := benchLayer(b)
	l := open(b, path, "")
	b.SetBytes(l.table.file.Size)
	for b.Loop() {
		_, _ = l.table.inspector().Write(l.table.file.Data)
	}
}
