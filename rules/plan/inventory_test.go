package plan

import (
	"archive/zip"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/rules/domain"
)

// geoJSON is one square as a layer in a file of its own.
func geoJSON(east float64, properties string) string {
	mp := square(east, 0, 100)
	var ring []string
	for _, p := range mp[0][0] {
		ring = append(ring, fmt.Sprintf("[%.1f,%.1f]", p[0], p[1]))
	}
	return `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4525"}},"features":[{"type":"Feature","properties":{` +
		properties + `},"geometry":{"type":"Polygon","coordinates":[[` + strings.Join(ring, ",") + `]]}}]}`
}

// packed writes files as a directory, a zip and a zip that wraps them in a folder.
func packed(t *testing.T, files map[string]string) []string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "plan")
	at := []string{dir, dir + ".zip", dir + "-wrapped.zip"}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, archive := range at[1:] {
		f, err := os.Create(archive)
		if err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(f)
		for name, text := range files {
			if archive == at[2] {
				name = "方案/" + name
			}
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

func TestEveryFileIsAccountedFor(t *testing.T) {
	layer := geoJSON(200, `"BSM":"X","BGHDLBM":"0103"`)
	for _, c := range []struct {
		name     string // the file beside ZZQY, DLBG and docs/a.pdf
		text     string
		manifest string
		want     string // "" read or accounted, "unread", "refused", "ignored"
	}{
		{"readme.txt", "说明", "", ""}, {"docs/map.jpg", "x", "", ""}, {"表.xlsx", "x", "", ""}, {"方案.ofd", "x", "", ""}, {"意见.wps", "x", "", ""},
		{"plan.qgz", "x", "", ""}, {"DLBG.qml", "x", "", ""}, {"DLBG.shp.xml", "x", "", ""}, {"Thumbs.db", "x", "", ""}, {"__MACOSX/._DLBG.shp", "x", "", ""},
		{"YJJBNTTC.pdf", "x", "", ""}, {"map.tif", "x", "", ""},
		{"DLBG_1.geojson", layer, "", ""}, {"DLBG(1).geojson", layer, "", ""}, {"2025/DLBG - 副本.geojson", layer, "", ""},
		{"DLBG_final.geojson", layer, "", "unread"}, {"DLBG1.geojson", layer, "", "unread"}, {"道路.geojson", layer, "", "unread"}, {"DLTB.geojson", layer, "", "unread"},
		{"旧.zip", "PK", "", "unread"}, {"旧.rar", "Rar!", "", "unread"}, {"x.dwg", "x", "", "unread"}, {"x.mdb", "x", "", "unread"}, {"整治.gdb/a00000009.gdbtable", "", "", "unread"}, {"整治.gdb/a00000001.gdbtable", "", "", "refused"},
		{"x.gml", "x", "", "unread"}, {"x.fgb", "x", "", "unread"}, {"x.json", "{}", "", "unread"}, {"x.csv", "a,b", "", "unread"}, {"x.bin", "x", "", "unread"}, {"noext", "x", "", "unread"},
		{"x.dbf", "x", "", "unread"}, {"坐标.txt", "J1,1,4520370.000,37520105.000\nJ2,1,4520480.000,37520105.000\nJ3,1,4520480.000,37520215.000\n", "", "unread"},
		{"DLBG.zip", "PK", "", "refused"}, {"YJJBNTTC.7z", "x", "", "refused"}, {"YJJBNTTC.shp.zip", "PK", "", "refused"}, {"YJJBNTTC (1).rar", "x", "", "refused"},
		{"1501232025YJJBNTTC.dwg", "x", "", "refused"}, {"YJJBNTBH.gdb/a00000001.gdbtable", "", "", "refused"}, {"sub/YJJBNTTC.xlsx", "x", "", "refused"},
		{"YJJBNTTC.txt", "说明", "", "refused"}, {"YJJBNTTC.csv", "x", "", "refused"}, {"YJJBNTTC.json", "{}", "", "refused"}, {"YJJBNTTC.dbf", "x", "", "refused"},
		{"YJJBNTTC.prj", "x", "", "refused"}, {"DLBG.prj", "x", "", ""}, {"DLBG.dbf", "x", "", "refused"}, {"报告.html", "x", "", ""}, {"~$意见.doc", "x", "", ""}, {"调出.kml", "x", "", "refused"}, {"YJJBNTTC.bin", "x", "", "refused"}, {"SDQYZZHDLTB.zip", "PK", "", "refused"},
		{"DLBG_final.geojson", layer, "ignore: [DLBG_final.geojson]", "ignored"}, {"旧版/DLBG_2024.geojson", layer, "ignore: ['旧版/**']", "ignored"},
		{"旧版/DLBG_2024.geojson", layer, `ignore: ['旧版\*']`, "ignored"}, {"旧版/YJJBNTTC.zip", "PK", "ignore: [旧版]", "ignored"}, {"a/b/x.dwg", "x", "ignore: ['*.dwg']", "ignored"},
		{"旧版/DLBG.geojson", "{broken", "ignore: ['旧版/']", "ignored"}, {"x.gdb/a00000001.gdbtable", "x", "ignore: [x.gdb]", "ignored"},
		{"x.bin", "x", "documents: [{kind: opinion, from: 水利, file: x.bin}]", ""}, {"意见.zip", "PK", "documents: [{kind: opinion, from: 水利, file: 意见.zip}]", ""},
		{"DLBG_final.geojson", layer, "documents: [{kind: opinion, from: 水利, file: DLBG_final.geojson}]", "unread"},
		{"YJJBNTTC.zip", "PK", "documents: [{kind: opinion, from: 水利, file: YJJBNTTC.zip}]", "refused"},
		{"prior/2024.json", "{}", "prior: [{township: '150123101', pbf_out_m2: 1, report: prior/2024.json}]", ""},
		{"DLBG_final.geojson", layer, "layers: {land_use_change: [{file: DLBG.geojson}, {file: DLBG_final.geojson}]}", ""},
		{"地块.geojson", layer, "layers: {land_use_change: {file: 地块.geojson}}", "unread DLBG.geojson"},
	} {
		files := map[string]string{"ZZQY.geojson": geoJSON(0, `"BSM":"P"`), "DLBG.geojson": geoJSON(0, `"BSM":"A","BGHDLBM":"0103"`), "docs/a.pdf": "x", c.name: c.text}
		if c.manifest != "" {
			files["plan.yaml"] = c.manifest
		}
		shown := c.name
		if i := strings.Index(shown, ".gdb/"); i >= 0 {
			shown = shown[:i+4]
		}
		for _, at := range packed(t, files) {
			p, err := Open(context.Background(), at, Options{})
			switch inputErr, ok := geo.AsInputError(err); {
			case c.want == "refused":
				if !ok || !strings.Contains(inputErr.Text().ZH, shown) || !strings.Contains(inputErr.Text().EN, shown) {
					t.Errorf("%s in %s: %v, want a fault that names it", c.name, filepath.Base(at), err)
				}
				continue
			case err != nil:
				t.Errorf("%s in %s: %v", c.name, filepath.Base(at), err)
				continue
			}
			var unread []string
			for _, u := range p.Unread {
				unread = append(unread, u.File)
				if u.Why.ZH == "" || u.Why.EN == "" || !strings.Contains(u.Why.EN, "ignore") {
					t.Errorf("%s: why %+v does not say how to settle it", c.name, u.Why)
				}
			}
			var want, ignored []string
			switch {
			case c.want == "unread":
				want = []string{shown}
			case strings.HasPrefix(c.want, "unread "):
				want = []string{c.want[7:]}
			case c.want == "ignored":
				ignored = []string{shown}
			}
			if !slices.Equal(unread, want) || !slices.Equal(p.Ignored, ignored) {
				t.Errorf("%s in %s: unread %q, ignored %q; want %q, %q", c.name, filepath.Base(at), unread, p.Ignored, want, ignored)
			}
		}
	}
}

// What ignore: leaves out need not even be whole; a pattern that meets nothing
// is told, and papers are counted, not listed.
func TestIgnore(t *testing.T) {
	files := map[string]string{"ZZQY.geojson": geoJSON(0, `"BSM":"P"`), "DLBG.geojson": geoJSON(0, `"BSM":"A","BGHDLBM":"0103"`),
		"plan.yaml": "ignore: ['照片/**', gone/*, DLBG.geojson]\nlayers: {land_use_change: {file: DLBG.geojson}}\n"}
	for i := range 30 {
		files[fmt.Sprintf("照片/%02d.jpg", i)] = "x"
	}
	p, err := Open(context.Background(), packed(t, files)[0], Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Ignored, []string{"照片/** (30)"}) || len(p.Changes) != 1 {
		t.Errorf("ignored %q, %d changes", p.Ignored, len(p.Changes))
	}
	var said []string
	for _, n := range p.Notices {
		said = append(said, n.Message.EN)
	}
	if all := strings.Join(said, "\n"); !strings.Contains(all, `"gone/*" under ignore leaves out no file`) {
		t.Errorf("%s", all)
	}
}

// A layer of a role that ignore: leaves out is not judged, and that is shown.
func TestLayersMayBeIgnoredAndAreShown(t *testing.T) {
	files := map[string]string{"ZZQY.geojson": geoJSON(0, `"BSM":"P"`), "DLBG.geojson": geoJSON(0, `"BSM":"A","BGHDLBM":"0103"`),
		"YJJBNTTC.geojson": geoJSON(200, `"BSM":"B"`), "plan.yaml": "ignore: [YJJBNTTC.geojson]\n"}
	p, err := Open(context.Background(), packed(t, files)[1], Options{})
	if err != nil || len(p.Changes) != 1 || !slices.Equal(p.Ignored, []string{"YJJBNTTC.geojson"}) {
		t.Errorf("%v %+v", err, p)
	}
}

func TestPapers(t *testing.T) {
	files := map[string]string{"ZZQY.geojson": geoJSON(0, `"BSM":"P"`), "DLBG.geojson": geoJSON(0, `"BSM":"A","BGHDLBM":"0103"`),
		"old.dbf": "x", "x.qml": "x", "blank.pdf": " \r\n\x00 ", "empty.pdf": "", "a.pdf": "x", "图.dwg": "x",
		// copies of layers under the name of a paper
		"shape.pdf": "\x00\x00\x27\x0a" + strings.Repeat("\x00", 96), "tables.pdf": "SQLite format 3\x00" + strings.Repeat("\x00", 84),
		"rows.pdf": "\x03\x7e\x01\x01\x01\x00\x00\x00\x41\x00" + strings.Repeat("\x00", 54) + "\x0d"}
	var manifest strings.Builder
	manifest.WriteString("project: {code: P-1, county: '150123'}\ndocuments:\n")
	names := []string{"a.pdf", "A.PDF", "DLBG.geojson", "plan.yaml", "old.dbf", "x.qml", "blank.pdf", "empty.pdf", "gone.pdf", "图.dwg", "shape.pdf", "tables.pdf", "rows.pdf"}
	for _, name := range names {
		fmt.Fprintf(&manifest, "  - {kind: opinion, from: 水利, file: %q}\n", name)
	}
	manifest.WriteString("justifications:\n")
	for _, j := range []string{"reason: 原址, document: a.pdf", "document: a.pdf", "reason: '  ', document: a.pdf", "reason: '……。', document: a.pdf", "reason: 无, document: a.pdf", "reason: 原址, document: DLBG.geojson", "reason: 原址"} {
		fmt.Fprintf(&manifest, "  - {rule: pbf-township-cap, scope: P-1, %s}\n", j)
	}
	files["plan.yaml"] = manifest.String()
	p, err := Open(context.Background(), packed(t, files)[0], Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range p.Documents {
		if d.Present != (i < 2) || d.Present != d.Why.IsZero() {
			t.Errorf("%s: %v, %s", names[i], d.Present, d.Why.EN)
		}
	}
	for i, j := range p.Justifications {
		if j.Present != (i == 0) || j.Scope != "" {
			t.Errorf("justification %d: %+v", i, j)
		}
	}
}

// macOS writes an accented letter as two characters, plan.yaml as one: the file
// is the same, as a paper, as a layer and under ignore.
func TestNamesThatMacOSTookApart(t *testing.T) {
	const apart, whole = "e\u0301", "\u00e9"
	p, err := Open(context.Background(), packed(t, map[string]string{
		"ZZQY.geojson": geoJSON(0, `"BSM":"P"`), apart + ".geojson": geoJSON(0, `"BSM":"A","BGHDLBM":"0103"`),
		apart + ".pdf": "x", apart + ".dwg": "x",
		"plan.yaml": "layers: {land_use_change: {file: " + whole + ".geojson}}\nignore: [" + whole + ".dwg]\ndocuments:\n  - {kind: opinion, from: 水利, file: " + whole + ".pdf}\n",
	})[0], Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Documents[0].Present || len(p.Unread) > 0 || len(p.Ignored) != 1 || len(p.Changes) != 1 {
		t.Errorf("document %v, unread %v, ignored %v, %d changes", p.Documents[0].Present, p.Unread, p.Ignored, len(p.Changes))
	}
}

// Advice is what settles the file: renaming reads no .bak, and a layer that has
// the name already needs another way.
func TestAdviceSettlesTheFile(t *testing.T) {
	p, err := Open(context.Background(), packed(t, map[string]string{
		"ZZQY.geojson": geoJSON(0, `"BSM":"P"`), "a.geojson": geoJSON(0, `"BSM":"A"`), "YJJBNTTC.geojson": geoJSON(0, `"BSM":"B"`),
		"YJJBNTTC.shp.bak": "x", "DLBG_v2.geojson": geoJSON(0, `"BSM":"C"`), "plan.yaml": "layers: {pbf_out: {file: a.geojson}}",
	})[0], Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"YJJBNTTC.geojson": "take the file of pbf_out out of layers:", "YJJBNTTC.shp.bak": "convert it to a layer YJJBNTTC", "DLBG_v2.geojson": "rename it DLBG"}
	if len(p.Unread) != len(want) {
		t.Errorf("unread: %v", p.Unread)
	}
	for _, u := range p.Unread {
		if !strings.Contains(u.Why.EN, want[u.File]) {
			t.Errorf("%s: %s", u.File, u.Why.EN)
		}
	}
}

// The tables of a GeoPackage are accounted for one by one, also where it is the
// whole plan; one with a single layer may say the role in its own name.
func TestTablesAreAccountedFor(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, tables ...*geo.Table) string {
		t.Helper()
		at := filepath.Join(dir, name)
		if err := geopackage.Write(context.Background(), at, tables); err != nil {
			t.Fatal(err)
		}
		return at
	}
	change := func(name string) *geo.Table {
		return tableOf(name, "BSM BGHDLBM", rowOf(square(0, 0, 10), "A", "0103"))
	}
	open := func(at string) (*Plan, error) { return Open(context.Background(), at, Options{}) }
	p, err := open(write("plan.gpkg", area(), change("DLBG"), change("DLBG_final"), change("DLTB")))
	if err != nil {
		t.Fatal(err)
	}
	var unread []string
	for _, u := range p.Unread {
		unread = append(unread, u.File)
	}
	if !slices.Equal(unread, []string{"plan.gpkg!DLBG_final", "plan.gpkg!DLTB"}) || len(p.Changes) != 1 {
		t.Errorf("unread %q", unread)
	}
	if err := os.RemoveAll(filepath.Join(dir, "plan.gpkg")); err != nil {
		t.Fatal(err)
	}
	write("ZZQY.gpkg", tableOf("layer1", "BSM", rowOf(square(0, 0, 1000), "P")))
	write("YJJBNTTC (1).gpkg", tableOf("Export_Output", "BSM", rowOf(square(0, 0, 10), "A")))
	if p, err = open(dir); err != nil || len(p.Changes) != 1 || p.Changes[0].Role != domain.PBFOut || len(p.Unread) != 0 {
		t.Errorf("%v %+v", err, p)
	}
	write("DLBG.gpkg", change("a"), change("b"))
	if _, err = open(dir); err == nil || !strings.Contains(err.Error(), "DLBG.gpkg!a") {
		t.Errorf("two layers in a file that promises changes: %v", err)
	}
	write("DLBG.gpkg", change("DLBG"), change("b"))
	if p, err = open(dir); err != nil || len(p.Unread) != 1 || p.Unread[0].File != "DLBG.gpkg!b" {
		t.Errorf("a second layer in a file of which one is read: %v %+v", err, p)
	}
}

// A table of shapes that its container does not list may hold changes.
func TestUnlistedTablesAreUnread(t *testing.T) {
	at := filepath.Join(t.TempDir(), "plan.gpkg")
	parcels := tableOf("施工", "BSM BGHDLBM", rowOf(square(0, 0, 10), "A", "0103"))
	if err := geopackage.Write(t.Context(), at, []*geo.Table{area(), tableOf("DLBG", "BSM BGHDLBM", rowOf(square(0, 0, 10), "A", "0103")), parcels}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", at)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"gpkg_geometry_columns", "gpkg_contents"} {
		if _, err := db.Exec("DELETE FROM " + table + " WHERE table_name = '施工'"); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := Open(t.Context(), at, Options{})
	if err != nil || len(p.Unread) != 1 || p.Unread[0].File != "plan.gpkg!施工" {
		t.Errorf("%v, unread %v", err, p.Unread)
	}
}

// No pattern takes long, whatever it says and whatever it is held against.
func TestPatternsAreQuick(t *testing.T) {
	name := strings.Repeat(strings.Repeat("a", 200)+"/", 20) + "x"
	start := time.Now()
	for _, glob := range []string{strings.Repeat("*a", 100) + "b", strings.Repeat("**/", 60) + "b", strings.Repeat("**/a*", 50) + "b", "{" + strings.Repeat("a*,", 60) + "a}{a*,aa*,*}{a,*a}b"} {
		if !validGlob(glob) {
			t.Fatalf("%s", glob)
		}
		ignored{glob: glob}.covers(name)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("%v", took)
	}
	if _, err := readManifest("plan.yaml", []byte("ignore: ['"+strings.Repeat("{a,a}", 40)+"']")); err == nil {
		t.Error("alternatives without end are taken")
	}
}
