package shapefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// shared is the folder of third-party test files; the test skips without it.
func shared(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", "shapefile")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("third-party Shapefiles are not at %s", dir)
	}
	return dir
}

// corpus lists every .shp of the shared data, relative to its folder.
func corpus(t testing.TB, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.EqualFold(filepath.Ext(path), ".shp") {
			rel, _ := filepath.Rel(dir, path)
			found = append(found, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 100 {
		t.Fatalf("only %d Shapefiles in %s", len(found), dir)
	}
	return found
}

// TestCorpus reads every third-party file: features, or an input error that says
// where and what to do.
func TestCorpus(t *testing.T) {
	dir := shared(t)
	for _, name := range corpus(t, dir) {
		t.Run(name, func(t *testing.T) {
			l, err := Open(filepath.Join(dir, name), "x.zip!"+name)
			if err == nil {
				defer l.Close()
				n := 0
				for _, err = range l.Near(t.Context(), nil, nil) {
					if err != nil {
						break
					}
					n++
				}
				if err == nil && n != l.Len() {
					t.Errorf("read %d features of %d", n, l.Len())
				}
				t.Log(n, l.Bound(), l.Notices())
			}
			if err == nil {
				return
			}
			inputErr, ok := geo.AsInputError(err)
			if !ok {
				t.Fatalf("not a fault: %v", err)
			}
			if inputErr.File == "" || inputErr.Message.IsZero() || inputErr.Advice.IsZero() {
				t.Errorf("fault is not complete: %+v", inputErr)
			}
			t.Log(inputErr)
		})
	}
}

const geotools = "geotools/src/test/resources/org/geotools/data/shapefile/test-data/"
const nts = "nts/NetTopologySuite.IO.ShapeFile.Test/TestShapefiles/"

// TestNamedFiles holds what the files are kept for (see their README).
func TestNamedFiles(t *testing.T) {
	dir := shared(t)
	inputErrors := map[string]string{
		nts + "christchurch-canterbury-h.shp":     "not a Shapefile",
		nts + "Volume2.shp":                       "record 2, byte 2956: the record claims",
		geotools + "deleted/archsites.shp":        "the shapes are points",
		geotools + "sparse/sparse.shp":            "the shapes are lines",
		geotools + "missing/aaa1.shp":             "a header of 0 bytes",
		"go-shp/multipatch.shp":                   "multipatches",
		"gdal/buggymultipoly.shp":                 "1 rings and 16 vertices, 260 bytes, where it has 252",
		"gdal/buggymultipoly2.shp":                "record 1, byte 152: ring 1 runs from vertex 5",
		"gdal/emptymultipoly.shp":                 "15 vertices but no ring",
		"gdal/pointnan.shp":                       "the shapes are points",
		"mapshaper/shapefile/geo_lines.shp":       "the shapes are lines",
		"pyshp/shapefiles/corrupt_too_long.shp":   "the shapes are lines",
		nts + "shape_pointZM_MissingM values.shp": "the shapes are points",
	}
	for name, want := range inputErrors {
		_, _, err := readAll(t, filepath.Join(dir, name))
		if inputErr, ok := geo.AsInputError(err); !ok || !strings.Contains(inputErr.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	for name, null := range map[string]int{"AtStart": 1, "InMiddle": 2, "AtEnd": 3} {
		features, notices, err := readAll(t, filepath.Join(dir, nts+"UnifiedChecksMaterialNull"+name+".shp"))
		if err != nil || len(features) != 3 {
			t.Fatal(name, features, err)
		}
		for _, f := range features {
			if (f.Geometry == nil) != (f.Record == null) {
				t.Errorf("%s: record %d is %v", name, f.Record, f.Geometry)
			}
		}
		if !slices.ContainsFunc(notices, func(n geo.Notice) bool {
			return n.Record == null && strings.Contains(n.Message.EN, "null shapes")
		}) {
			t.Errorf("%s: notices %v", name, notices)
		}
	}
	for name, want := range map[string]int{
		nts + "__emptyShapefile.shp": 0, "gdal/extentnan.shp": 0, "gdal/polygonm_without_m.shp": 2,
		"gdal/polygonm_with_m.shp": 2, "go-shp/polygonz.shp": 1, "pyshp/shapefiles/blockgroups.shp": 663,
	} {
		if features, _, err := readAll(t, filepath.Join(dir, name)); err != nil || len(features) != want {
			t.Errorf("%s: %d features, %v, want %d", name, len(features), err, want)
		}
	}
}

// TestNamedTables reads tables that come alone or with shapes that are not
// areal.
func TestNamedTables(t *testing.T) {
	dir := shared(t)
	cases := []struct {
		name          string
		rows, deleted int
		field, value  string // of the first row
	}{
		{"gdal/chinese.dbf", 1, 0, "中国", "中国"},
		{"mapshaper/dbf/ldid/chinese.dbf", 1, 0, "NAME", "简体"},
		{"mapshaper/dbf/gb2312.dbf", 1, 0, "name", "简体国语"},
		{"mapshaper/dbf/gbk.dbf", 1, 0, "NAME", "简体国语"},
		{"mapshaper/dbf/utf8.dbf", 1, 0, "NAME", "国语國語"},
		{"mapshaper/dbf/comma_separated.dbf", 7, 0, "AUGSTUMS", "68.500"},
		{"mapshaper/dbf/duplicate_fields.dbf", 5, 0, "rate", ""}, // asterisks
		{"gdal/nan.dbf", 1, 0, "real", ""},
		{"gdal/weird_header_length.dbf", 1, 0, "NUMERO", "001"},
		{"gdal/padding_after_field_defns.dbf", 1, 0, "foo", "2"},
		{nts + "date.dbf", 1, 0, "THEDATE", "20060310"},
		{geotools + "deleted/archsites.dbf", 25, 4, "CAT_DESC", "Signature Rock"},
	}
	for _, c := range cases {
		var odd inplace.Issues
		table, err := openTable(companions{dbf: filepath.Join(dir, c.name)}, &odd)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		deleted := 0
		for i := range table.rows {
			if table.deleted(i) {
				deleted++
			}
		}
		if got := table.reader([]string{c.field}, &odd)(0)[0]; table.rows != c.rows || deleted != c.deleted || got != c.value {
			t.Errorf("%s: %d rows, %d deleted, %s is %q", c.name, table.rows, deleted, c.field, got)
		}
		if err := table.file.Close(); err != nil {
			t.Error(err)
		}
	}
}
