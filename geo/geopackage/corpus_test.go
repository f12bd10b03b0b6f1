package geopackage

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb/planar"

	"landcheck/geo"
)

// corpus lists the third-party files.
func corpus(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, dir := range []string{"geopackage/ets/test/resources/gpkg", "geopackage/pdok/data", "shapefile/mapshaper/geopackage"} {
		found, err := filepath.Glob(filepath.Join(shared, dir, "*.gpkg"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("the third-party files of ", shared, " are absent")
	}
	return files
}

// flawed are the layers whose reading must end in an input error, and its record.
var flawed = map[string]int{
	"geomcollection2d": 1, "geomcollection3d": 1, "geometry2d": 1, "geometry3d": 1, "sample_view": 1,
	"test_geometry_spatialite": 1, "test_geometry_valid": 2, "roads": 1,
}

// Every file against the sqlite3 tool and GDAL: rows and areas by layer.
func TestCorpusAgainstGDAL(t *testing.T) {
	layers := 0
	for _, path := range corpus(t) {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			if name == "test_broken_geopackage.gpkg" {
				if _, _, err := Open(t.Context(), path, name); err == nil || !strings.Contains(err.Error(), "no such table: gpkg_contents") {
					t.Errorf("no catalogue table: %v", err)
				}
				return
			}
			for _, l := range open(t, path) {
				layers++
				checkLayer(t, path, l)
			}
		})
	}
	if layers < 60 {
		t.Errorf("only %d areal layers in the corpus", layers)
	}
}

func checkLayer(t *testing.T, path string, l geo.Layer) {
	t.Helper()
	rows, area := 0, 0.0
	for f, err := range l.Near(context.Background(), nil, nil) {
		if err != nil {
			inputErr, ok := geo.AsInputError(err)
			if !ok || inputErr.Record != flawed[l.Name()] || inputErr.File != l.File() {
				t.Errorf("%s: %v", l.Name(), err)
			}
			return
		}
		rows++
		area += planar.Area(f.Geometry)
	}
	if flawed[l.Name()] != 0 {
		t.Errorf("%s: no fault at record %d", l.Name(), flawed[l.Name()])
	}
	if rows != l.Len() {
		t.Errorf("%s: %d rows read of %d", l.Name(), rows, l.Len())
	}
	quoted := quote(l.Name())
	if out := ogr(t, "sqlite3", "file:"+path+"?immutable=1", "SELECT count(*) FROM "+quoted); strings.TrimSpace(out) != strconv.Itoa(rows) {
		t.Errorf("%s: %d rows, sqlite3 counts %s", l.Name(), rows, out)
	}
	if area == 0 || !measured[filepath.Base(path)] {
		return
	}
	out := ogr(t, "ogrinfo", "-ro", "-q", "-dialect", "OGRSQL", "-sql", "SELECT SUM(OGR_GEOM_AREA) AS a FROM "+quoted, path)
	if want := number(t, out, `= ([-+.0-9e]+)`); math.Abs(area-want) > 1e-9*math.Abs(want) {
		t.Errorf("%s: area %.9g, GDAL's %.9g", l.Name(), area, want)
	}
}

// measured are the files whose areas GDAL confirms: each call takes 0.15 s.
var measured = map[string]bool{
	"features-0.gpkg": true, "gdal_sample.gpkg": true, "null_geometry.gpkg": true, "test_dimensions.gpkg": true,
	"test_gdal_error.gpkg": true, "Oregon.gpkg": true, "Oregon_customCRS.gpkg": true, "world_land_robin.gpkg": true,
}

func number(t *testing.T, text, pattern string) float64 {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in:\n%s", pattern, text)
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCorpusDetails(t *testing.T) {
	corpus(t)
	ets := filepath.Join(shared, "geopackage/ets/test/resources/gpkg")
	pdok := filepath.Join(shared, "geopackage/pdok/data")
	mapshaper := filepath.Join(shared, "shapefile/mapshaper/geopackage")
	for _, c := range []struct {
		path    string
		layers  int
		skipped int
	}{
		{ets + "/emp ty.gpkg", 0, 0}, // a blank in the name
		{ets + "/elevation.gpkg", 1, 1},
		{ets + "/gdal_sample_v1.2_no_extensions.gpkg", 8, 11},
		{ets + "/simple_sewer_features.gpkg", 0, 3},
		{pdok + "/test_allcorrect_with_indexes_and_fks.gpkg", 1, 3},
		{mapshaper + "/same_crs_points.gpkg", 0, 2},
	} {
		layers, skipped, err := Open(t.Context(), c.path, "x.gpkg")
		if err != nil || len(layers) != c.layers || len(skipped) != c.skipped {
			t.Errorf("%s: %d layers, %d skipped, %v; want %d, %d", c.path, len(layers), len(skipped), err, c.layers, c.skipped)
		}
		for _, l := range layers {
			l.Close()
		}
	}
	nulls := open(t, ets+"/null_geometry.gpkg")[0]
	if !said(nulls.Notices(), "2 records have no shape") {
		t.Errorf("null shapes: %v", nulls.Notices())
	}
	unregistered := open(t, pdok+"/test_rtree_present_single_table.gpkg")[0]
	if unregistered.Bound(); said(unregistered.Notices(), "spatial index") { // nobody believes it
		t.Errorf("unregistered R-tree: %v", unregistered.Notices())
	}
	if crs, err := open(t, mapshaper+"/null_crs_gdal.gpkg")[0].CRS(); !crs.IsZero() || err != nil {
		t.Errorf("a layer without a system has %v, %v", crs, err)
	}
	_, err := open(t, mapshaper+"/mixed_crs.gpkg")[1].CRS()
	if f, ok := geo.AsInputError(err); !ok || f.File != "mixed_crs.gpkg!oregon_4326" {
		t.Errorf("WGS 84: %v", err)
	}
	// Reading leaves nothing beside the file.
	if left, err := filepath.Glob(ets + "/*-*al"); err != nil || len(left) > 0 {
		t.Errorf("left beside the files: %v %v", left, err)
	}
	if _, err := os.Stat(ets); err != nil {
		t.Error(err)
	}
}
