package api_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// gdal runs one of GDAL's programs.
func gdal(t *testing.T, env []string, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%.2000s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

var featureCount = regexp.MustCompile(`Feature Count: ([0-9]+)`)

func counted(t *testing.T, out string) int {
	t.Helper()
	m := featureCount.FindStringSubmatch(out)
	if m == nil {
		t.Fatalf("no count in %.1000s", out)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ogcPrograms opens the service with GDAL, as QGIS does: it lists the
// collections, counts their features over all pages, finds by a box what it
// finds in the layer's own file, and copies a layer whole.
func ogcPrograms(t *testing.T, s *service) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("no ogrinfo: scripts/install.sh installs gdal-bin")
	}
	k := s.checked(samplePlan(t, badPlan))
	source := "OAPIF:" + s.url + "/v1/ogc"
	list := gdal(t, nil, "ogrinfo", "-ro", source)
	for _, want := range []string{"150123.land_use", "150123.pbf", "150123.townships", "check." + k.ID + ".findings", "check." + k.ID + ".faces"} {
		if !strings.Contains(list, want) {
			t.Errorf("ogrinfo does not list %s:\n%.2000s", want, list)
		}
	}
	for layer, want := range map[string]int{"check." + k.ID + ".faces": k.Faces, "check." + k.ID + ".findings": k.Findings} {
		if got := counted(t, gdal(t, nil, "ogrinfo", "-ro", "-so", source, layer)); got != want {
			t.Errorf("ogrinfo counts %d of %s, there are %d", got, layer, want)
		}
	}
	own := filepath.Join(baseDir(t), "YJJBNTTB.shp")
	whole := counted(t, gdal(t, nil, "ogrinfo", "-ro", "-so", own, "YJJBNTTB"))
	if got := counted(t, gdal(t, nil, "ogrinfo", "-ro", "-so", "-oo", "PAGE_SIZE=500", source, "150123.pbf")); got != whole {
		t.Errorf("ogrinfo counts %d features of PBF, the file has %d", got, whole)
	}
	box := []string{"-spat", "111.485", "41.30", "111.502", "41.311"}
	here := counted(t, gdal(t, nil, "ogrinfo", append([]string{"-ro", "-so", "-oo", "PAGE_SIZE=100", source, "150123.pbf"}, box...)...))
	degrees := filepath.Join(t.TempDir(), "pbf.gpkg")
	gdal(t, nil, "ogr2ogr", "-t_srs", "EPSG:4490", degrees, own)
	sql := "select * from YJJBNTTB where st_intersects(geom, buildmbr(111.485, 41.30, 111.502, 41.311))"
	if there := counted(t, gdal(t, nil, "ogrinfo", "-ro", "-so", degrees, "-dialect", "sqlite", "-sql", sql)); here != there || here == 0 || here == whole {
		t.Errorf("ogrinfo finds %d features of PBF in the box, %d in the file", here, there)
	}
	copied := filepath.Join(t.TempDir(), "copy.gpkg")
	gdal(t, nil, "ogr2ogr", "-t_srs", "EPSG:4525", "-nln", "pbf", "-oo", "PAGE_SIZE=1000", copied, source, "150123.pbf")
	a := total(t, copied, "pbf", "geom")
	b := total(t, own, "YJJBNTTB", "geometry")
	if a.N != b.N || a.Classes != b.Classes || a.Area/b.Area < 1-1e-7 || a.Area/b.Area > 1+1e-7 {
		t.Errorf("copied %+v, the file has %+v", a, b)
	}
}

type totals struct {
	N, Classes int
	Area       float64
}

// total is how many features and classes a layer has and their plane area, by
// GDAL's SQL.
func total(t *testing.T, path, layer, shape string) totals {
	t.Helper()
	class := "class"
	if layer == "YJJBNTTB" {
		class = "DLBM"
	}
	out := filepath.Join(t.TempDir(), "total.geojson")
	gdal(t, nil, "ogr2ogr", "-dialect", "sqlite", "-f", "GeoJSON", out, path, "-sql",
		"select count(*) n, count(distinct "+class+") classes, sum(st_area("+shape+")) area from "+layer)
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Features []struct{ Properties totals }
	}
	if err := json.Unmarshal(data, &v); err != nil || len(v.Features) != 1 {
		t.Fatalf("%v: %s", err, data)
	}
	return v.Features[0].Properties
}
