package geopackage

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

func side(x, length float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, 0}, {x + length, 0}, {x + length, length}, {x, length}, {x, 0}}}}
}

// TestEditRows: the rows that are named change, with index and count; all others,
// and other tables, stay.
func TestEditRows(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "plan.gpkg")
	crs, err := geo.FromEPSG(4525)
	if err != nil {
		t.Fatal(err)
	}
	fields := []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 10}, {Name: "MJ", Type: geo.NumberField, Width: 18, Decimals: 2}}
	var tables []*geo.Table
	for _, name := range []string{"DLBG", "调出"} {
		table := &geo.Table{Name: name, CRS: crs, Fields: fields}
		for i, id := range []string{"a", "b", "c"} {
			table.Rows = append(table.Rows, geo.Feature{Geometry: side(float64(20*i), 10), Values: []string{id, "100"}})
		}
		tables = append(tables, table)
	}
	if err := Write(ctx, path, tables); err != nil {
		t.Fatal(err)
	}
	edits := map[string]map[int]Edit{"调出": {1: {Delete: true}, 3: {Geometry: side(40, 5), Values: map[string]string{"MJ": "25.5"}}}}
	if err := EditRows(ctx, path, edits); err != nil {
		t.Fatal(err)
	}
	layers, _, err := Open(ctx, path, "plan.gpkg")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range layers {
		defer l.Close()
		for f, err := range l.Near(ctx, []orb.Bound{{Min: orb.Point{-1, -1}, Max: orb.Point{100, 100}}}, []string{"BSM", "MJ"}) {
			if err != nil {
				t.Fatal(err)
			}
			b := f.Geometry.Bound()
			got = append(got, l.Name()+" "+strings.Join(f.Values, " ")+" "+map[bool]string{true: "whole", false: "cut"}[b.Max[0]-b.Min[0] == 10])
		}
	}
	if want := "DLBG a 100 whole, DLBG b 100 whole, DLBG c 100 whole, 调出 b 100 whole, 调出 c 25.5 cut"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
	if err := EditRows(ctx, path, map[string]map[int]Edit{"nothing": {}}); err == nil {
		t.Error("a table that is not there was edited")
	}
	if out := ogr(t, "ogrinfo", "-so", "-al", path); !strings.Contains(out, "Feature Count: 2") || strings.Contains(strings.ToLower(out), "warning") {
		t.Errorf("ogrinfo: %s", out)
	}
}

// TestEditRowsWithoutKey: rows that cannot be told apart are not touched.
func TestEditRowsWithoutKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.gpkg")
	if err := Write(context.Background(), path, []*geo.Table{{Name: "DLBG"}}); err != nil {
		t.Fatal(err)
	}
	alter(t, path, `DROP TABLE "DLBG"`, `CREATE TABLE "DLBG" (id TEXT, geom MULTIPOLYGON)`)
	if err := EditRows(context.Background(), path, map[string]map[int]Edit{"DLBG": {1: {Delete: true}}}); !errors.Is(err, ErrNoKey) {
		t.Errorf("%v", err)
	}
}
