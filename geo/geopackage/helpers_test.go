package geopackage

import (
	"context"
	"database/sql"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

const shared = "../../../shared/data"

// zone37 is EPSG:4525.
var zone37 = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}

func square(x, y, side float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
}

// grid is n by n squares of 10 m, 5 m apart, with one null shape at the end.
func grid(name string, n int) *geo.Table {
	t := &geo.Table{Name: name, CRS: zone37, Fields: []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18},
		{Name: "TBMJ", Type: geo.NumberField, Width: 18, Decimals: 2},
		{Name: "NF", Type: geo.NumberField, Width: 4},
		{Name: "YSRQ", Type: geo.DateField, Width: 8},
	}}
	for i := range n * n {
		t.Rows = append(t.Rows, geo.Feature{Record: i + 1,
			Geometry: square(37540000+15*float64(i%n), 4563000+15*float64(i/n), 10),
			Values:   []string{"地块" + string(rune('A'+i%26)), "100.25", "2025", "20250615"}})
	}
	t.Rows = append(t.Rows, geo.Feature{Record: n*n + 1, Values: []string{"", "", "", ""}})
	return t
}

func write(t testing.TB, tables ...*geo.Table) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "方案 a#b?.gpkg")
	if err := Write(context.Background(), path, tables); err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens a file that must be sound.
func open(t testing.TB, path string) []geo.Layer {
	t.Helper()
	layers, _, err := Open(t.Context(), path, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, l := range layers {
			l.Close()
		}
	})
	return layers
}

func all(t testing.TB, l geo.Layer, boxes []orb.Bound, columns ...string) []geo.Feature {
	t.Helper()
	var rows []geo.Feature
	for f, err := range l.Near(context.Background(), boxes, columns) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, f)
	}
	return rows
}

// alter runs SQL on a file, as an editor without triggers would.
func alter(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path}).String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// ogr runs a GDAL tool, the independent reader of these tests.
func ogr(t testing.TB, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(args[0]); err != nil {
		t.Skip("needs GDAL's ", args[0], " (gdal-bin)")
	}
	out, err := exec.Command(args[0], args[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

func said(notices []geo.Notice, english string) bool {
	for _, n := range notices {
		if strings.Contains(n.Message.EN, english) {
			return true
		}
	}
	return false
}
