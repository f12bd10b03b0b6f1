package shapefile

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// TestDamage damages a sound layer of three squares in one place each.
func TestDamage(t *testing.T) {
	second := fileHeader + squareRecord
	content := second + recordHeader
	points := content + polyHeader + 4
	set := func(ext string, at int, b []byte) func(map[string][]byte) {
		return func(f map[string][]byte) { copy(f[ext][at:], b) }
	}
	without := func(exts ...string) func(map[string][]byte) {
		return func(f map[string][]byte) {
			for _, ext := range exts {
				delete(f, ext)
			}
		}
	}
	cut := func(ext string, by int) func(map[string][]byte) {
		return func(f map[string][]byte) { f[ext] = f[ext][:len(f[ext])-by] }
	}
	grow := func(ext string, by int) func(map[string][]byte) {
		return func(f map[string][]byte) { f[ext] = append(f[ext], bytes.Repeat([]byte{0x5A}, by)...) }
	}
	all := func(do ...func(map[string][]byte)) func(map[string][]byte) {
		return func(f map[string][]byte) {
			for _, d := range do {
				d(f)
			}
		}
	}
	nan := appendFloats(nil, math.NaN())
	cases := []struct {
		name       string
		damage     func(map[string][]byte)
		inputError string // part of the input error; "" where the layer is read
		offset     int64  // of the input error
		notice     string // part of a notice
	}{
		{"sound", without(), "", 0, ""},
		{"no shx", without(".shx"), "", 0, ".shx is missing"},
		{"no dbf", without(".dbf"), "", 0, ".dbf is missing"},
		{"shx of zeros", set(".shx", fileHeader, make([]byte, 16)), "", 0, ".shx does not match"},
		{"shx twice the same", set(".shx", fileHeader+8, be(fileHeader/2)), "", 0, "does not match"},
		{"shx cut", cut(".shx", 8), "", 0, "does not match"},
		{"shx empty", cut(".shx", fileHeader+24), "", 0, "does not match"},
		{"shx counts headers too", set(".shx", fileHeader+12, be((squareRecord)/2)), "", 0, "lengths in the .shx differ"},
		{"shx past 2^31", set(".shx", fileHeader+8, be(0xFFFFFFF0)), "", 0, "does not match"},
		{"garbage at end", grow(".shp", 7), "", 0, "after the last record"},
		{"garbage at end, no shx", all(without(".shx"), grow(".shp", 40)), "", 0, "after the last record"},
		{"header length short", all(without(".shx"), set(".shp", 24, be(50))), "", 0, "file length in the header"},
		{"header length huge", all(without(".shx"), set(".shp", 24, be(0x7FFFFFFF))), "", 0, "file length in the header"},
		{"box is NaN", set(".shp", content+4, nan), "", 0, "box of the record is not a number"},
		{"box lies", set(".shp", content+4, appendFloats(nil, 0, 0, 1, 1)), "", 0, "does not cover its points"},
		{"null shape", set(".shp", content, le(0)), "", 0, "null shapes"},
		{"record numbers", all(without(".shx"), set(".shp", second, be(9))), "", 0, "out of sequence"},
		{"polygonZ record", set(".shp", content, le(15)), "", 0, "differ in shape type"},

		{"not a Shapefile", set(".shp", 0, be(1)), "not a Shapefile", 0, ""},
		{"points", set(".shp", 32, le(1)), "the shapes are points", 32, ""},
		{"multipatch", set(".shp", 32, le(31)), "multipatches", 32, ""},
		{"unknown type", set(".shp", 32, le(77)), "shape type 77 does not exist", 32, ""},
		{"point record", set(".shp", content, le(1)), "record 2", int64(content), ""},
		{"record past end", set(".shp", second+4, be(1<<30)), "cut short or damaged (the .shx does not match", int64(second), ""},
		{"record past end, no shx", all(without(".shx"), set(".shp", second+4, be(1<<30))), "claims 2147483648 bytes", int64(second), ""},
		{"negative length", all(without(".shx"), set(".shp", second+4, be(0xFFFFFFFF))), "record 2", int64(second), ""},
		{"file cut", cut(".shp", 20), "record 3", int64(second + squareRecord), ""},
		{"file cut, no shx", all(without(".shx"), cut(".shp", squareRecord-5)), "breaks off", int64(second + squareRecord), ""},
		{"too many points", set(".shp", content+40, le(1<<31)), "2147483648 vertices", int64(content + 36), ""},
		{"too many parts", set(".shp", content+36, le(math.MaxUint32)), "4294967295 rings", int64(content + 36), ""},
		{"no parts", set(".shp", content+36, le(0)), "no ring", int64(content + 36), ""},
		{"part out of range", set(".shp", content+44, le(6)), "ring 1", int64(content + 44), ""},
		{"NaN", set(".shp", points+16, nan), "not finite", int64(points + 16), ""},
		{"infinite", set(".shp", points+40, appendFloats(nil, math.Inf(1))), "not finite", int64(points + 32), ""},

		{"more rows than shapes", func(f map[string][]byte) { f[".dbf"] = written(t, squares(4))[".dbf"] }, "4 rows for 3 shapes", 0, ""},
		{"fewer rows than shapes", func(f map[string][]byte) { f[".dbf"] = written(t, squares(2))[".dbf"] }, "2 rows for 3 shapes", 0, ""},
		{"rows past end", set(".dbf", 4, le(1<<31)), "claims 2147483648 rows", 4, ""},
		{"no dbf at all", func(f map[string][]byte) { f[".dbf"] = []byte("x") }, "not a DBF", 0, ""},
		{"row of no bytes", set(".dbf", 10, []byte{0, 0}), "cannot be", 8, ""},
		{"header past end", set(".dbf", 8, []byte{0xFF, 0xFF}), "cannot be", 8, ""},
		{"field past row", set(".dbf", 32+16, []byte{200}), "outside the row", 32, ""},
		{"huge cpg", func(f map[string][]byte) { f[".cpg"] = make([]byte, maxCpg+1) }, "too many", 0, ""},
		{"odd cpg", func(f map[string][]byte) { f[".cpg"] = []byte("klingon") }, "", 0, "unknown encoding"},
	}
	sound := written(t, squares(3))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := make(map[string][]byte)
			for ext, data := range sound {
				files[ext] = slices.Clone(data)
			}
			c.damage(files)
			features, notices, err := readAll(t, put(t, files), "dlbm")
			if c.inputError != "" {
				inputErr, ok := geo.AsInputError(err)
				if !ok || !strings.Contains(inputErr.Error(), c.inputError) || inputErr.Offset != c.offset {
					t.Errorf("got %v, want %q at %d", err, c.inputError, c.offset)
				} else if inputErr.File == "" || inputErr.Advice.IsZero() || inputErr.Message.ZH == "" {
					t.Errorf("fault is not complete: %+v", inputErr)
				}
				return
			}
			if err != nil || len(features) != 3 {
				t.Fatalf("%d features, %v", len(features), err)
			}
			found := slices.ContainsFunc(notices, func(n geo.Notice) bool { return strings.Contains(n.Message.EN, c.notice) })
			if c.notice == "" && len(notices) > 0 || c.notice != "" && !found {
				t.Errorf("notices %v, want %q", notices, c.notice)
			}
		})
	}
}

// TestDeletedRows holds that a deleted row takes its shape along.
func TestDeletedRows(t *testing.T) {
	files := written(t, squares(3))
	row := len(files[".dbf"]) - 1 - 3*6
	files[".dbf"][row+6] = deletedFlag
	features, _, err := readAll(t, put(t, files), "DLBM", "none")
	if err != nil || len(features) != 2 || features[1].Record != 3 || features[1].Values[0] != "0103" || features[1].Values[1] != "" {
		t.Errorf("%v %v", features, err)
	}
}

// TestMovedRecord edits as editors do: the record grows, so it is written
// again at the end and only the .shx knows that the old one is dead.
func TestMovedRecord(t *testing.T) {
	files := written(t, squares(3))
	moved := slices.Clone(files[".shp"][fileHeader : fileHeader+squareRecord])
	copy(moved[recordHeader+polyHeader+4+16:], appendFloats(nil, 37500011))
	copy(moved[recordHeader+polyHeader+4+32:], appendFloats(nil, 37500011))
	copy(moved[recordHeader+4+16:], appendFloats(nil, 37500011))
	copy(files[".shx"][fileHeader:], be(uint32(len(files[".shp"])/2)))
	files[".shp"] = append(files[".shp"], moved...)
	copy(files[".shp"][24:], be(uint32(len(files[".shp"])/2)))
	features, notices, err := readAll(t, put(t, files))
	if err != nil || len(features) != 3 || len(notices) != 0 {
		t.Fatal(features, notices, err)
	}
	if b := features[0].Geometry.Bound(); b.Max[0] != 37500011 {
		t.Errorf("the dead record was read: %v", b)
	}
	// Without the .shx the dead record cannot be told from a live one.
	delete(files, ".shx")
	if _, _, err := readAll(t, put(t, files)); err == nil || !strings.Contains(err.Error(), "3 rows for 4 shapes") {
		t.Errorf("got %v", err)
	}
}

// TestCutWhileOpen cuts the file short under an open layer: an input error, not the
// end of the process.
func TestCutWhileOpen(t *testing.T) {
	path := put(t, written(t, squares(1000)))
	l, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.Truncate(path, fileHeader); err != nil {
		t.Fatal(err)
	}
	for _, err = range l.Near(t.Context(), nil, nil) {
		if err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "cut short while it was read") {
		t.Errorf("got %v", err)
	}
}

// TestTableCutWhileOpening cuts a table short between its mapping and the
// reading of its header.
func TestTableCutWhileOpening(t *testing.T) {
	path := strings.TrimSuffix(put(t, written(t, squares(3))), ".shp") + ".dbf"
	file, err := inplace.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if err := (&table{file: file}).read("", new(inplace.Issues)); err == nil || !strings.Contains(err.Error(), "cut short while it was read") {
		t.Errorf("got %v", err)
	}
}

// TestChangedWhileOpen rewrites a value in place, which no signal tells.
func TestChangedWhileOpen(t *testing.T) {
	path := put(t, written(t, squares(3)))
	l, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(strings.TrimSuffix(path, ".shp")+".dbf", later, later); err != nil {
		t.Fatal(err)
	}
	for _, err = range l.Rows(t.Context(), nil) {
	}
	if err == nil || !strings.Contains(err.Error(), "changed or cut short") {
		t.Errorf("got %v", err)
	}
}

// TestReplacedWhileOpen puts other files in the place of an open layer's: the
// digest is that of what is read.
func TestReplacedWhileOpen(t *testing.T) {
	path, other := put(t, written(t, squares(3))), put(t, written(t, squares(5)))
	l, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	want, err := l.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, ext := range []string{".shp", ".dbf"} {
		stem := func(path string) string { return strings.TrimSuffix(path, ".shp") + ext }
		if err := os.Rename(stem(other), stem(path)); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for range l.Near(t.Context(), nil, nil) {
		n++
	}
	if got, err := l.Digest(t.Context()); err != nil || n != 3 || got != want {
		t.Errorf("%d features, %v, digest %s, want %s", n, err, got, want)
	}
}

// TestRings reads rings that are open, thin or doubled.
func TestRings(t *testing.T) {
	table := squares(1)
	a, b := square(0, 0, 10), square(2, 2, 3)
	table.Rows[0].Geometry = orb.MultiPolygon{{a, b}}
	files := written(t, table)
	points := fileHeader + recordHeader + polyHeader + 8
	copy(files[".shp"][points+4*16:], appendFloats(nil, 0, 5)) // ring 1 no longer closes
	for k := range 5 {                                         // ring 2 shrinks to two points
		copy(files[".shp"][points+(5+k)*16:], appendFloats(nil, 2+float64(k%2), 2))
	}
	features, notices, err := readAll(t, put(t, files))
	if err != nil || len(notices) != 2 {
		t.Fatal(notices, err)
	}
	// Written clockwise from (0,0): (0,0) (0,10) (10,10) (10,0) then (0,5).
	want := orb.MultiPolygon{{{{0, 0}, {0, 5}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}}}
	if !features[0].Geometry.Equal(want) {
		t.Errorf("got %v", features[0].Geometry)
	}
}
