package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"landcheck/geo"
	"landcheck/geo/geopackage"
)

func TestGeoPackageReadsBack(t *testing.T) {
	dir := t.TempDir()
	path, again := filepath.Join(dir, "report.gpkg"), filepath.Join(dir, "again.gpkg")
	in := drawn(t, "zh")
	for _, p := range []string{path, again} {
		if err := WriteFile(context.Background(), p, in); err != nil {
			t.Fatal(err)
		}
	}
	a, _ := os.ReadFile(path)
	b, _ := os.ReadFile(again)
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("%d and %d bytes: two runs differ", len(a), len(b))
	}
	if !bytes.Equal(a, written(t, "gpkg", in)) {
		t.Error("the stream is not the file")
	}
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
	layers, _, err := geopackage.Open(t.Context(), path, "report.gpkg")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]geo.Layer{}
	for _, l := range layers {
		defer l.Close()
		seen[l.Name()] = l
	}
	if seen["findings"] == nil || seen["faces"] == nil || seen["findings"].Len() != 5 || seen["faces"].Len() != 4 {
		t.Fatalf("layers %v", seen)
	}
	if v := seen["verdict"]; v == nil {
		t.Error("no table says the verdict")
	} else {
		var first []string
		for f, err := range v.Rows(context.Background(), []string{"kind", "text"}) {
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = f.Values
			}
		}
		if head := HeadlineOf(in.Report).Head.In(in.Lang); len(first) != 2 || first[0] != string(in.Report.Verdict) || first[1] != clean(head) {
			t.Errorf("the verdict reads %q, want %q", first, head)
		}
	}
	if crs, err := seen["faces"].CRS(); err != nil || crs != in.Ledger.CRS {
		t.Errorf("faces in %+v, %v", crs, err)
	}
	sum := 0.0
	for f, err := range seen["faces"].Near(context.Background(), nil, []string{"area_m2"}) {
		if err != nil {
			t.Fatal(err)
		}
		x, err := strconv.ParseFloat(f.Values[0], 64)
		if err != nil || len(f.Geometry) != 1 {
			t.Errorf("face %d: %v, %d parts", f.Record, err, len(f.Geometry))
		}
		sum += x
	}
	if sum != 67200.123456+39000+171600+0.5 {
		t.Errorf("areas sum to %v", sum)
	}
}
