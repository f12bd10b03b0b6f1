package roomreport_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/room"
	"landcheck/rules/roomreport"
	"landcheck/rules/rulebook"
	"landcheck/rules/sample"

	"github.com/xuri/excelize/v2"
)

// input is the room of the sample county, of which one township has moved land.
func input(t *testing.T) roomreport.Input {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(t.Context(), []string{filepath.Join(dir, "base")}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { base.Close() })
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	r, err := room.Survey(t.Context(), room.Request{Base: base, Book: book, Prior: []plan.Prior{{Township: "150123102", PBFOut: 12345.67}}})
	if err != nil {
		t.Fatal(err)
	}
	return roomreport.Input{Room: r, Book: result.BookInfo{ID: book.ID, Digest: book.Digest}, Engine: result.EngineInfo{Version: "test"}}
}

// TestFilesSayTheSame reads the workbook and the GeoPackage back, and holds every
// figure against the JSON.
func TestFilesSayTheSame(t *testing.T) {
	in := input(t)
	dir := t.TempDir()
	for _, name := range []string{"r.json", "r.xlsx", "r.gpkg", "r.geojson", "r.txt"} {
		if err := roomreport.WriteFile(t.Context(), filepath.Join(dir, name), in); err != nil {
			t.Fatal(err)
		}
	}
	var d roomreport.Document
	text, err := os.ReadFile(filepath.Join(dir, "r.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Out) == 0 || len(d.In) == 0 || len(d.Townships) != 4 {
		t.Fatalf("%d out, %d in, %d townships", len(d.Out), len(d.In), len(d.Townships))
	}
	lists := map[string][]roomreport.Candidate{"out": d.Out, "in": d.In}
	book, err := excelize.OpenFile(filepath.Join(dir, "r.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for sheet, direction := range map[string]string{"调出候选": "out", "补划候选": "in"} {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil || len(rows) != len(lists[direction])+1 {
			t.Fatalf("%s: %d rows, %v", sheet, len(rows), err)
		}
		for i, c := range lists[direction] {
			holds(t, sheet, c, func(column string) string {
				return rows[i+1][at(t, rows[0], map[string]string{"rank": "序号", "id": "编号", "area_m2": "面积（m²）", "net_m2": "净面积（m²）", "grade": "质量等别"}[column])]
			})
		}
		if kind, err := book.GetCellType(sheet, "F2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s: an area is no number: %v, %v", sheet, kind, err)
		}
	}
	layers, _, err := geopackage.Open(t.Context(), filepath.Join(dir, "r.gpkg"), "r.gpkg")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range layers {
		direction, of := strings.CutPrefix(l.Name(), "candidates_")
		i := 0
		for f, err := range l.Near(t.Context(), nil, []string{"rank", "id", "area_m2", "net_m2", "grade"}) {
			if err != nil {
				t.Fatal(err)
			}
			if !of {
				break
			}
			c := lists[direction][i]
			holds(t, l.Name(), c, func(column string) string {
				return f.Values[geo.FieldIndex([]geo.Field{{Name: "rank"}, {Name: "id"}, {Name: "area_m2"}, {Name: "net_m2"}, {Name: "grade"}}, column)]
			})
			surveyor, err := geo.NewSurveyor(in.Room.CRS, f.Geometry[0][0][0])
			if err != nil {
				t.Fatal(err)
			}
			if area := surveyor.MultiPolygon(f.Geometry); geo.RoundArea(area) != c.Area {
				t.Errorf("%s %s is drawn with %.2f m² and told with %.2f", l.Name(), c.ID, area, c.Area)
			}
			i++
		}
		if of && i != len(lists[direction]) {
			t.Errorf("%s: %d of %d", l.Name(), i, len(lists[direction]))
		}
		l.Close()
	}
	page, err := os.ReadFile(filepath.Join(dir, "r.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range d.Townships {
		if !strings.Contains(string(page), strconv.FormatFloat(*s.LeftMu, 'f', 2, 64)) || !strings.Contains(string(page), s.Name) {
			t.Errorf("the text lacks %s: %s", s.Name, page)
		}
	}
}

func at(t *testing.T, head []string, title string) int {
	t.Helper()
	for i, h := range head {
		if h == title {
			return i
		}
	}
	t.Fatalf("no column %q in %v", title, head)
	return 0
}

func holds(t *testing.T, where string, c roomreport.Candidate, value func(column string) string) {
	t.Helper()
	for column, want := range map[string]float64{"rank": float64(c.Rank), "area_m2": c.Area, "net_m2": c.Net, "grade": float64(c.Grade)} {
		if got, err := strconv.ParseFloat(value(column), 64); err != nil || got != want {
			t.Errorf("%s %s: %s is %q, want %v", where, c.ID, column, value(column), want)
		}
	}
	if value("id") != c.ID {
		t.Errorf("%s: id %q, want %s", where, value("id"), c.ID)
	}
}

// TestSameBytes: every format twice, in both languages.
func TestSameBytes(t *testing.T) {
	in := input(t)
	for _, lang := range []string{"zh", "en"} {
		in.Lang = lang
		for _, f := range roomreport.Formats() {
			var a, b bytes.Buffer
			for _, w := range []*bytes.Buffer{&a, &b} {
				if err := f.Write(t.Context(), w, in); err != nil {
					t.Fatal(f.Name, err)
				}
			}
			if a.Len() == 0 || f.Name != "gpkg" && !bytes.Equal(a.Bytes(), b.Bytes()) { // SQLite writes a clock
				t.Errorf("%s: not the same bytes twice", f.Name)
			}
		}
	}
}

// TestNoHalfFile: what cannot be written leaves what was there.
func TestNoHalfFile(t *testing.T) {
	dir := t.TempDir()
	if err := roomreport.WriteFile(t.Context(), filepath.Join(dir, "r.pdf"), roomreport.Input{}); err == nil {
		t.Error("a format that is none was written")
	}
	if err := roomreport.WriteFile(t.Context(), filepath.Join(dir, "nowhere", "r.json"), input(t)); err == nil {
		t.Error("written into a folder that is not there")
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}
