package geopackage

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

func TestWriteThenRead(t *testing.T) {
	table := grid("地类图斑 DLTB\"'", 5)
	layers := open(t, write(t, table, &geo.Table{Name: "空", CRS: geo.CRS{Kind: geo.Geographic}}))
	if len(layers) != 2 {
		t.Fatalf("%d layers, want 2", len(layers))
	}
	l := layers[0]
	if l.Name() != table.Name || l.Len() != 26 || !slices.Equal(l.Fields()[2:], []geo.Field{
		{Name: "NF", Type: geo.NumberField, Width: 20}, {Name: "YSRQ", Type: geo.DateField, Width: 8}}) {
		t.Errorf("layer %s, %d rows, fields %v", l.Name(), l.Len(), l.Fields())
	}
	if crs, err := l.CRS(); crs != zone37 || err != nil {
		t.Errorf("system %v, %v", crs, err)
	}
	if l.(*layer).rtree == "" {
		t.Errorf("the R-tree just written is not trusted: %v", l.Notices())
	}
	rows := all(t, l, nil, "bsm", "TBMJ", "NF", "YSRQ")
	if len(rows) != len(table.Rows) {
		t.Fatalf("%d rows, want %d", len(rows), len(table.Rows))
	}
	for i, r := range rows {
		want := table.Rows[i]
		if r.Record != i+1 || !r.Geometry.Equal(want.Geometry) || !slices.Equal(r.Values, want.Values) {
			t.Errorf("row %d: %+v, want %+v", i, r, want)
		}
	}
	// 32-bit coordinates make the bound at most 4 m larger, never smaller.
	got, want := l.Bound(), orb.Bound{Min: orb.Point{37540000, 4563000}, Max: orb.Point{37540070, 4563070}}
	if !got.Contains(want.Min) || !got.Contains(want.Max) || !want.Pad(4).Contains(got.Min) || !want.Pad(4).Contains(got.Max) {
		t.Errorf("bound %v, want %v to 4 m", got, want)
	}
	if !layers[1].Bound().IsEmpty() {
		t.Errorf("an empty layer has the bound %v", layers[1].Bound())
	}
}

func TestWriteIsReadByGDAL(t *testing.T) {
	path := write(t, grid("DLTB", 4), &geo.Table{Name: "own", CRS: geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 114.75, FalseEasting: 500000},
		Fields: []geo.Field{{Name: "fid", Type: geo.NumberField}, {Name: "geom", Type: geo.TextField}},
		Rows:   []geo.Feature{{Geometry: square(500000, 4e6, 100), Values: []string{"77", "x"}}}})
	out := ogr(t, "ogrinfo", "-so", "-al", path)
	for _, want := range []string{"Feature Count: 17", "Feature Count: 1\n", "Geometry: Multi Polygon",
		"Extent: (37540000.000000, 4563000.000000) - (37540055.000000, 4563055.000000)",
		`ID["EPSG",4525]`, `"Longitude of natural origin",114.75`, "YSRQ: Date", "NF: Integer64", "TBMJ: Real", "BSM: String (18.0)"} {
		if !strings.Contains(out, want) {
			t.Errorf("ogrinfo does not say %q", want)
		}
	}
	if strings.Contains(out, "Warning") || strings.Contains(out, "ERROR") {
		t.Errorf("ogrinfo complains:\n%s", out)
	}
	// GDAL's own areas, and a query that goes through the R-tree.
	out = ogr(t, "ogrinfo", "-q", "-dialect", "OGRSQL", "-sql", "SELECT SUM(OGR_GEOM_AREA) AS a FROM DLTB", path)
	if !strings.Contains(out, "= 1600") {
		t.Errorf("16 squares of 100 m²: %s", out)
	}
	out = ogr(t, "ogrinfo", "-so", "-al", "-spat", "37540001", "4563001", "37540016", "4563002", path, "DLTB")
	if !strings.Contains(out, "Feature Count: 2\n") {
		t.Errorf("two squares meet the box: %s", out)
	}
	for _, check := range []string{"PRAGMA integrity_check", "SELECT rtreecheck('rtree_DLTB_geom') AS c", "PRAGMA foreign_key_check"} {
		if out := ogr(t, "sqlite3", path, check); strings.TrimSpace(out) != "ok" && strings.TrimSpace(out) != "" {
			t.Errorf("%s: %s", check, out)
		}
	}
	// An edit by GDAL fires the triggers, and the R-tree stays right.
	ogr(t, "ogrinfo", "-q", "-dialect", "SQLITE", "-sql", "DELETE FROM DLTB WHERE fid = 3", path)
	if l := open(t, path)[0]; l.(*layer).rtree == "" || l.Len() != 16 {
		t.Errorf("after GDAL removed a row: R-tree %q, %d rows, %v", l.(*layer).rtree, l.Len(), l.Notices())
	}
}

func TestWriteSameBytes(t *testing.T) {
	a, errA := os.ReadFile(write(t, grid("DLTB", 12)))
	b, errB := os.ReadFile(write(t, grid("DLTB", 12)))
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Errorf("the same table gives other bytes (%v, %v)", errA, errB)
	}
}

func TestWriteWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "old.gpkg")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	bad := grid("DLTB", 2)
	bad.Rows[2].Values[1] = "12,5"
	err := Write(context.Background(), path, []*geo.Table{bad})
	if f, ok := geo.AsInputError(err); !ok || f.Record != 3 || f.Field != "TBMJ" {
		t.Errorf("a bad number: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Write(ctx, path, []*geo.Table{grid("DLTB", 2)}); err == nil {
		t.Error("cancelled, yet written")
	}
	for _, names := range [][]string{{"A", "a"}, {"gpkg_x"}, {""}} {
		var tables []*geo.Table
		for _, n := range names {
			tables = append(tables, grid(n, 1))
		}
		if err := Write(context.Background(), path, tables); err == nil {
			t.Errorf("tables named %q are written", names)
		}
	}
	left, err := os.ReadDir(dir)
	if data, _ := os.ReadFile(path); string(data) != "old" || err != nil || len(left) != 1 {
		t.Errorf("failed writes leave %q in %v", data, left)
	}
}

// Any geometry with closed rings comes back bit by bit.
func TestBlobRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64().Filter(func(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) })
		ring := func(t *rapid.T) orb.Ring {
			var r orb.Ring
			for range rapid.IntRange(3, 6).Draw(t, "points") {
				r = append(r, orb.Point{number.Draw(t, "x"), number.Draw(t, "y")})
			}
			return append(r, r[0])
		}
		var mp orb.MultiPolygon
		for range rapid.IntRange(1, 3).Draw(t, "parts") {
			var p orb.Polygon
			for range rapid.IntRange(1, 3).Draw(t, "rings") {
				p = append(p, ring(t))
			}
			mp = append(mp, p)
		}
		blob := encodeBlob(mp, 4525).([]byte)
		s, err := decodeBlob(blob)
		if err != nil || s.srs != 4525 || s.trailing != 0 || !s.parts.Equal(mp) {
			t.Fatalf("%v comes back as %+v, %v", mp, s, err)
		}
	})
}
