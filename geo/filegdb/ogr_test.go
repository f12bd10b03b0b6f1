package filegdb

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"landcheck/geo"
)

// ogr reads a layer by GDAL, the independent reader: FID, then the fields, then
// the shape as WKT in the first column.
func ogr(t *testing.T, f Folder, layer string) [][]string {
	t.Helper()
	tool, err := exec.LookPath("ogr2ogr")
	if err != nil {
		t.Skip("ogr2ogr (gdal-bin) is not installed")
	}
	dir := filepath.Join(t.TempDir(), "x.gdb") // GDAL goes by the folder's name
	if out, err := exec.Command("cp", "-r", filepath.Dir(f.Files["a00000001.gdbtable"]), dir).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	c := exec.Command(tool, "-q", "-f", "CSV", "/vsistdout/", dir, "-lco", "GEOMETRY=AS_WKT", "-dialect", "OGRSQL", "-sql", `SELECT FID AS gdal_fid, * FROM "`+layer+`"`)
	c.Env = append(c.Environ(), "OGR_WKT_PRECISION=17", "OPENFILEGDB_IN_MEMORY_SPI=NO")
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatal(err, said.String())
	}
	r := csv.NewReader(bytes.NewReader(out))
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestRecordsAsGDAL holds every record of every layer of polygons without
// curves against GDAL: its OBJECTID, its values and its vertices.
func TestRecordsAsGDAL(t *testing.T) {
	if testing.Short() {
		t.Skip("starts GDAL for each layer")
	}
	for _, name := range []string{
		"sample-base.gdb.zip", "sample-plan-national.gdb.zip", "made/deleted.gdb.zip", "made/null-empty.gdb.zip", "made/offset4.gdb.zip", "made/offset6.gdb.zip",
		"made/sparse-ids.gdb.zip", "made/utf16.gdb.zip", "gdal/testopenfilegdb.gdb.zip", "gdal/testopenfilegdb92.gdb.zip", "gdal/weird_winding_order_fgdb.zip",
	} {
		f := unpacked(t, name)
		for layer, l := range opened(t, f) {
			t.Run(name+"/"+layer, func(t *testing.T) { recordsAsGDAL(t, ogr(t, f, layer), l) })
		}
	}
}

func recordsAsGDAL(t *testing.T, rows [][]string, l *Layer) {
	head, rows := rows[0], rows[1:]
	id := slices.Index(head, "gdal_fid")
	var columns []string
	for _, name := range head[id+1:] {
		columns = append(columns, strings.TrimPrefix(name, l.Name()+"."))
	}
	var ours []geo.Feature
	for f, err := range l.Near(t.Context(), nil, columns) {
		if err != nil {
			t.Fatal(err)
		}
		ours = append(ours, f)
	}
	if len(ours) != len(rows) {
		t.Fatalf("%d records, GDAL has %d", len(ours), len(rows))
	}
	for i, row := range rows {
		if ours[i].Record != number0(row[id]) {
			t.Fatalf("record %d, GDAL has %s", ours[i].Record, row[id])
		}
		for k, name := range columns {
			kind := l.table.fields[l.table.pick([]string{name})[0]].kind
			if want := row[id+1+k]; !sameValue(kind, ours[i].Values[k], want) {
				t.Fatalf("OBJECTID %d, %s: %q, GDAL has %q", ours[i].Record, name, ours[i].Values[k], want)
			}
		}
		if id == 1 && !samePoints(t, ours[i].Geometry, row[0]) {
			t.Fatalf("OBJECTID %d: the vertices differ: %v %s", ours[i].Record, ours[i].Geometry, row[0])
		}
	}
}

func number0(s string) int { n, _ := strconv.Atoi(s); return n }

func sameValue(k kind, got, want string) bool {
	switch k {
	case binaryKind, xmlKind, rasterKind:
		return got == ""
	case dateTimeKind, dateKind, timestampKind:
		date, _, _ := strings.Cut(want, " ")
		return got == strings.ReplaceAll(date, "/", "")
	case float32Kind, float64Kind:
		a, err := strconv.ParseFloat(got, 64)
		b, other := strconv.ParseFloat(want, 64)
		return got == want || err == nil && other == nil && math.Abs(a-b) <= 1e-6*max(1e-300, math.Abs(b))
	}
	return got == strings.Trim(want, " ")
}

func samePoints(t *testing.T, got orb.MultiPolygon, text string) bool {
	var want []orb.Point
	if text != "" && !strings.Contains(text, "EMPTY") {
		for _, zm := range []string{" Z ", " M ", " ZM "} {
			if strings.Contains(text, zm) {
				return len(got) > 0 // orb reads no Z; the plain layers have the same vertices
			}
		}
		g, err := wkt.Unmarshal(text)
		if err != nil {
			t.Fatal(err, text)
		}
		switch g := g.(type) {
		case orb.MultiPolygon:
			want = points(g)
		case orb.Polygon:
			want = points(orb.MultiPolygon{g})
		}
	}
	return slices.EqualFunc(points(got), want, func(a, b orb.Point) bool {
		return math.Abs(a[0]-b[0]) < 1e-6 && math.Abs(a[1]-b[1]) < 1e-6
	})
}

func points(mp orb.MultiPolygon) []orb.Point {
	var all []orb.Point
	for _, p := range mp {
		for _, r := range p {
			all = append(all, r...)
		}
	}
	slices.SortFunc(all, func(a, b orb.Point) int {
		return cmp.Or(cmp.Compare(math.Round(a[0]*1e5), math.Round(b[0]*1e5)), cmp.Compare(math.Round(a[1]*1e5), math.Round(b[1]*1e5)))
	})
	return all
}
