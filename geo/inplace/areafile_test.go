package inplace

import (
	"bytes"
	"reflect"
	"testing"

	"landcheck/geo"
)

var learnedIn = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}

// TestDamagedAreaFile: a file of figures in which a byte went wrong is as good as
// none.
func TestDamagedAreaFile(t *testing.T) {
	f := newAreaFile()
	f.setAreas(learnedIn, 1, 5)
	f.setAreas(learnedIn, 299, 7)
	f.notes["sum"] = "12"
	parts, err := f.parts("print")
	if err != nil {
		t.Fatal(err)
	}
	good := bytes.Join(parts, nil)
	if got := parseAreaFile(good, "print"); got.area(learnedIn, 299) != 7 || got.notes["sum"] != "12" {
		t.Fatalf("%+v", got)
	}
	for at := 0; at <= len(good); at += 1 + at/40 {
		bad := append([]byte(nil), good...)
		if at < len(good) {
			bad[at] ^= 0x10
		} else {
			bad = bad[:len(bad)-9]
		}
		if got := parseAreaFile(bad, "print"); !reflect.DeepEqual(got.notes, map[string]string{}) || len(got.areas) > 0 {
			t.Fatalf("byte %d wrong, and yet %+v", at, got)
		}
	}
}

// FuzzFigures reads figures that a checksum vouches for.
func FuzzFigures(f *testing.F) {
	good := newAreaFile()
	good.setAreas(learnedIn, 5, 12)
	parts, err := good.parts("print")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(parts[1], uint64(len(parts[1])-blockBytes))
	f.Fuzz(func(t *testing.T, body []byte, length uint64) {
		got := parseAreaFile(append(figuresFront(length, body), body...), "print")
		for _, i := range []int{0, 5, 300, 1 << 40} {
			got.area(learnedIn, i)
		}
		if _, err := got.parts("print"); err != nil {
			t.Fatal(err)
		}
	})
}
