package shapefile

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// parcels has every field type, a hole, two parts, Chinese text and a null.
func parcels() *geo.Table {
	t := squares(3)
	t.Fields = []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18},
		{Name: "地类", Type: geo.TextField, Width: 12},
		{Name: "TBMJ", Type: geo.NumberField, Width: 18, Decimals: 2},
		{Name: "NF", Type: geo.NumberField, Width: 4},
		{Name: "YSRQ", Type: geo.DateField},
	}
	t.Rows[0].Values = []string{"1", "旱地", "1234567890123.45", "2025", "20250131"}
	t.Rows[1].Values = []string{"2", "水浇地", "0.1", "", ""}
	t.Rows[2].Values = []string{"3", "", "-7.005", "1999", "19991231"}
	hole := square(37500002, 4500002, 3)
	slices.Reverse(hole)
	t.Rows[0].Geometry = orb.MultiPolygon{{square(37500000, 4500000, 10), hole}, {square(37500100, 4500000, 5)}}
	t.Rows[2].Geometry = nil
	return t
}

func TestRoundTrip(t *testing.T) {
	for _, enc := range []Encoding{GBK, UTF8} {
		path := filepath.Join(t.TempDir(), "图斑.shp")
		table := parcels()
		if err := Write(t.Context(), path, table, enc); err != nil {
			t.Fatal(err)
		}
		l, err := Open(path, "plan.zip!图斑.shp")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if l.Name() != "图斑" || l.File() != "plan.zip!图斑.shp" || l.Len() != 3 {
			t.Errorf("%q %q %d", l.Name(), l.File(), l.Len())
		}
		if crs, err := l.CRS(); err != nil || crs != table.CRS {
			t.Errorf("%+v %v", crs, err)
		}
		if got := l.Fields(); len(got) != 5 || got[1].Name != "地类" || got[2] != table.Fields[2] || got[4].Width != 8 {
			t.Errorf("%+v", got)
		}
		features, _, err := readAll(t, path, "bsm", "地类", "tbmj", "NF", "YSRQ", "none")
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{
			{"1", "旱地", "1234567890123.45", "2025", "20250131", ""},
			{"2", "水浇地", "0.10", "", "", ""},
			{"3", "", "-7.01", "1999", "19991231", ""},
		}
		for i, f := range features {
			if !slices.Equal(f.Values, want[i]) {
				t.Errorf("%q, want %q", f.Values, want[i])
			}
			if f.Geometry == nil != (table.Rows[i].Geometry == nil) || !sameRings(f.Geometry, table.Rows[i].Geometry) {
				t.Errorf("record %d: %v, want %v", i+1, f.Geometry, table.Rows[i].Geometry)
			}
		}
	}
}

// sameRings compares rings as cycles in one direction.
func sameRings(a, b orb.MultiPolygon) bool {
	return slices.EqualFunc(a, b, func(p, q orb.Polygon) bool {
		return slices.EqualFunc(p, q, func(r, s orb.Ring) bool {
			open := s[:len(s)-1]
			at := slices.Index(open, r[0])
			if at < 0 {
				return false
			}
			turned := append(slices.Clone(open[at:]), open[:at]...)
			return r.Equal(append(turned, turned[0]))
		})
	})
}

// TestWriteAgainstOGR has GDAL read what was written.
func TestWriteAgainstOGR(t *testing.T) {
	for _, enc := range []Encoding{GBK, UTF8} {
		path := filepath.Join(t.TempDir(), "parcels.shp")
		if err := Write(t.Context(), path, parcels(), enc); err != nil {
			t.Fatal(err)
		}
		features, ok := ogr(t, path)
		if !ok || len(features) != 3 {
			t.Fatalf("GDAL reads %d features", len(features))
		}
		for k, want := range map[string]string{
			"BSM": "1", "地类": "旱地", "TBMJ": "1234567890123.45", "NF": "2025", "YSRQ": "2025/01/31",
			"OGR_GEOM_AREA": "116", // 10² - 3² + 5²
		} {
			if got := features[0].values[k]; got != want {
				t.Errorf("%s is %q, want %q", k, got, want)
			}
		}
		if v := features[1].values; v["TBMJ"] != "0.10" || v["NF"] != "(null)" || v["YSRQ"] != "" {
			t.Errorf("%v", v)
		}
	}
}

// TestWriteBytes holds the orientation that the format wants, that the bytes
// do not depend on the day, and the digest as documented.
func TestWriteBytes(t *testing.T) {
	files, again := written(t, parcels()), written(t, parcels())
	for ext := range files {
		if string(files[ext]) != string(again[ext]) {
			t.Errorf("%s differs from one writing to the next", ext)
		}
	}
	content := files[".shp"][fileHeader+recordHeader:]
	rings, bad := decodeRings(content[:polyHeader+3*4+15*16])
	if bad != nil {
		t.Fatal(bad.message)
	}
	for i, want := range []orb.Orientation{orb.CW, orb.CCW, orb.CW} {
		if rings[i].Orientation() != want {
			t.Errorf("ring %d runs %v", i, rings[i].Orientation())
		}
	}
	sum := sha256.New()
	for _, ext := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
		sum.Write([]byte(ext))
		sum.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(files[ext]))))
		sum.Write(files[ext])
	}
	l, err := Open(put(t, files), "")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got, err := l.Digest(t.Context()); err != nil || got != "sha256:"+hex.EncodeToString(sum.Sum(nil)) {
		t.Errorf("%s %v", got, err)
	}
}

// TestWriteRefuses holds that what the format cannot hold is an input error, and that
// nothing is left behind.
func TestWriteRefuses(t *testing.T) {
	cases := map[string]func(*geo.Table){
		"name of 11 bytes":       func(t *geo.Table) { t.Fields[0].Name = "ABCDEFGHIJK" },
		"name of 12 bytes GBK":   func(t *geo.Table) { t.Fields[0].Name = "永久基本农田" },
		"name twice":             func(t *geo.Table) { t.Fields[0].Name = "tbmj" },
		"no name":                func(t *geo.Table) { t.Fields[0].Name = "" },
		"no width":               func(t *geo.Table) { t.Fields[0].Width = 0 },
		"too wide a field":       func(t *geo.Table) { t.Fields[0].Width = 255 },
		"decimals wider":         func(t *geo.Table) { t.Fields[3].Decimals = 3 },
		"value too wide":         func(t *geo.Table) { t.Rows[1].Values[0] = "1234567890123456789" },
		"number too wide":        func(t *geo.Table) { t.Rows[1].Values[3] = "10000" },
		"not a number":           func(t *geo.Table) { t.Rows[1].Values[3] = "12a" },
		"number of many digits":  func(t *geo.Table) { t.Rows[1].Values[3] = "1e-999999999" },
		"not a date":             func(t *geo.Table) { t.Rows[1].Values[4] = "2025-1-1" },
		"outside GBK":            func(t *geo.Table) { t.Rows[1].Values[1] = "😀" },
		"values for fewer":       func(t *geo.Table) { t.Rows[1].Values = t.Rows[1].Values[:2] },
		"ring of two points":     func(t *geo.Table) { t.Rows[1].Geometry = orb.MultiPolygon{{{{0, 0}, {1, 1}, {0, 0}}}} },
		"polygon without a ring": func(t *geo.Table) { t.Rows[1].Geometry = orb.MultiPolygon{} },
	}
	for name, damage := range cases {
		t.Run(name, func(t *testing.T) {
			table := parcels()
			damage(table)
			dir := t.TempDir()
			err := Write(t.Context(), filepath.Join(dir, "a.shp"), table, GBK)
			if inputErr, ok := geo.AsInputError(err); !ok || inputErr.File == "" || inputErr.Message.ZH == "" {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("%v is left", left)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, filepath.Join(t.TempDir(), "a.shp"), parcels(), GBK); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestWriteOver replaces an older layer with its stale companions.
func TestWriteOver(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.shp")
	if err := Write(t.Context(), path, parcels(), UTF8); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.sbn"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	table := squares(1)
	table.CRS = geo.CRS{}
	if err := Write(t.Context(), path, table, GBK); err != nil {
		t.Fatal(err)
	}
	var names []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != "a.cpg a.dbf a.shp a.shx" {
		t.Errorf("left: %s", got)
	}
}
