package deliver_test

import (
	"context"
	"errors"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/deliver"
	"landcheck/rules/plan"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"

	"github.com/xuri/excelize/v2"
)

// term is a term of a rule's measure in the report, by the scope's kind.
func term(t *testing.T, r *result.Report, rule, scope, name string) float64 {
	t.Helper()
	for _, x := range r.Rules {
		if x.ID != rule {
			continue
		}
		for _, m := range x.Measures {
			if v, ok := m.Terms[name]; ok && m.Scope.Kind == scope {
				return v
			}
		}
	}
	t.Fatalf("the report has no %s of %s", name, rule)
	return 0
}

// TestKindsAddUpToTheReport: layers, coordinate text and workbook of each deliverable
// add up to the report's own figures, to 0.01 m².
func TestKindsAddUpToTheReport(t *testing.T) {
	c := checkSample(t, "01")
	gained, lost := term(t, c.Report, "cropland-area-kept", "plan", "plus_m2"), term(t, c.Report, "cropland-area-kept", "plan", "minus_m2")
	released, used := term(t, c.Report, "demolition-covers-building", "plan", "plus_m2"), term(t, c.Report, "demolition-covers-building", "plan", "minus_m2")
	local := term(t, c.Report, "quota-priority", "plan", "local_m2")
	r := c.request(deliver.CroplandBalance)
	r.Draft, r.OwnNeeds, r.Dated, r.Producer = false, plan.Number{Value: 8_000.5, Known: true}, "2026-11-30", "示例县自然资源局"
	dir, _ := written(t, r)
	sums(t, dir, "占补平衡", "新增耕地", map[string]float64{"XZGDMJ": gained, "RKZBMJ": gained - lost - 8_000.5})
	coordinates(t, dir, "新增耕地")

	r = c.request(deliver.Linkage)
	r.Draft = false
	dir, _ = written(t, r)
	sums(t, dir, "增减挂钩", "拆旧地块", map[string]float64{"MJ": released})
	sums(t, dir, "增减挂钩", "建新地块", map[string]float64{"MJ": used})
	coordinates(t, dir, "拆旧地块")
	coordinates(t, dir, "建新地块")
	rows := sheetRows(t, filepath.Join(dir, "增减挂钩.xlsx"), "指标流向")
	if v := number(t, rows[3][1]); math.Abs(v-(released-used)) > 0.006 {
		t.Errorf("%v released net, want %.2f", rows[3], released-used)
	}

	r = c.request(deliver.LandTrade)
	r.Draft = false
	dir, _ = written(t, r)
	sums(t, dir, "指标流转", "流转指标地块", map[string]float64{"MJ": released, "LZZBMJ": 15_000})
	c.Ledger.Plan.Quota.Tradable = 0 // nothing said: all that is left
	dir, _ = written(t, r)
	sums(t, dir, "指标流转", "流转指标地块", map[string]float64{"LZZBMJ": released - used - local})

	r = c.request(deliver.PBFUpdate)
	r.Draft = false
	dir, _ = written(t, r)
	rows = sheetRows(t, filepath.Join(dir, "永久基本农田更新.xlsx"), "分乡镇汇总")
	out, in := 0.0, 0.0
	for _, row := range rows[1:] {
		out, in = out+number(t, row[3]), in+number(t, row[4])
	}
	reportOut, reportIn := movedOf(t, c.Report)
	if math.Abs(out-reportOut) > 0.4 || math.Abs(in-reportIn) > 0.006 {
		t.Errorf("townships add up to %.2f out and %.2f in, the report to %.2f and %.2f", out, in, reportOut, reportIn)
	}
}

// sums holds a layer's columns and those of its sheet to totals.
func sums(t *testing.T, dir, stem, name string, want map[string]float64) {
	t.Helper()
	shp := readLayer(t, filepath.Join(dir, name+".shp"), name)
	sameRows(t, shp, readLayer(t, filepath.Join(dir, stem+".gpkg"), name))
	rows := sheetRows(t, filepath.Join(dir, stem+".xlsx"), name)
	if len(rows) != len(shp.Rows)+1 {
		t.Errorf("%s: %d rows of %d parcels", name, len(rows)-1, len(shp.Rows))
	}
	for column, total := range want {
		if got := sumOf(t, shp, column); geo.Centi(got) != geo.Centi(total) {
			t.Errorf("%s %s: %.4f m², the report has %.4f", name, column, got, total)
		}
		at, sum := geo.FieldIndex(shp.Fields, column), 0.0
		for _, row := range rows[1:] {
			sum += number(t, row[at])
		}
		if geo.Centi(sum) != geo.Centi(total) {
			t.Errorf("%s: the sheet's column %s adds up to %.2f, want %.2f", name, rows[0][at], sum, total)
		}
	}
}

// sheetRows reads a sheet back, numbers as they are stored.
func sheetRows(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s %s: %d rows, %v", path, sheet, len(rows), err)
	}
	for i := range rows { // cells at a row's end that hold nothing are not read
		rows[i] = append(rows[i], make([]string, max(0, len(rows[0])-len(rows[i])))...)
	}
	return rows
}

// coordinates holds coordinate text, in both variants, to the layer of the same
// parcels: shapes to a millimetre, zone, areas.
func coordinates(t *testing.T, dir, name string) {
	t.Helper()
	shp := readLayer(t, filepath.Join(dir, name+".shp"), name)
	areas, ids := column(t, shp, "MJ"), column(t, shp, "BSM")
	for _, variant := range []string{"_9项", "_13项"} {
		txt := readLayer(t, filepath.Join(dir, name+variant+".txt"), name+variant)
		if txt.CRS != shp.CRS || len(txt.Rows) != len(shp.Rows) {
			t.Fatalf("%s%s: %d parcels in %v", name, variant, len(txt.Rows), txt.CRS)
		}
		if got := column(t, txt, "BSM"); !slices.Equal(got, ids) {
			t.Errorf("%s%s: parcels %v, want %v", name, variant, got, ids)
		}
		if sort := column(t, txt, "TBLX")[0]; (sort != "") != (variant == "_13项") {
			t.Errorf("%s%s: the sort of parcel is %q", name, variant, sort)
		}
		for i, r := range txt.Rows {
			if stated := column(t, txt, "MJ")[i]; math.Abs(number(t, stated)-number(t, areas[i])) > 0.5 {
				t.Errorf("%s%s: %s has %s m², want %s", name, variant, ids[i], stated, areas[i])
			}
			a, b := geo.PlaneArea(r.Geometry), geo.PlaneArea(shp.Rows[i].Geometry)
			if len(r.Geometry) != len(shp.Rows[i].Geometry) || math.Abs(a-b) > 0.001*outline(shp.Rows[i]) {
				t.Errorf("%s%s: %s has %d parts of %.3f m², want %d of %.3f", name, variant, ids[i], len(r.Geometry), a, len(shp.Rows[i].Geometry), b)
			}
		}
	}
}

// outline is the length of a shape's boundary, m.
func outline(f geo.Feature) (sum float64) {
	for _, p := range f.Geometry {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				sum += math.Hypot(r[i][0]-r[i-1][0], r[i][1]-r[i-1][1])
			}
		}
	}
	return sum
}

// TestNewSpaceOfHand: of a plan drawn by hand, the land outside the red line that
// becomes forest is exported, and what becomes forest inside it is not; a parcel with
// a hole and one of two parts come back from coordinate text as they are.
func TestNewSpaceOfHand(t *testing.T) {
	p := kit.Clean()
	hole, parts := kit.Minus(kit.Box(5, 7, 7, 8), kit.Box(5.5, 7.2, 6.5, 7.8)), kit.Parts(kit.Box(3.7, 7, 4, 7.5), kit.Box(4.2, 7, 4.5, 7.5))
	uses := p.Layer("DLBG")
	uses.Rows = slices.DeleteFunc(uses.Rows, func(r *kit.Row) bool { return r.F["BSM"] == "B1" })
	uses.Add(kit.To("E1", "0301", hole)).Add(kit.To("E2", "0305", parts)).Add(kit.To("E3", "0301", kit.Box(12, 0, 13, 1)))
	c := laid(t, p)
	dir, _ := written(t, deliver.Request{Kind: deliver.RedLineUpdate, Report: c.Report, Ledger: c.Ledger, Draft: true})
	shp := readLayer(t, filepath.Join(dir, "新增生态空间_草案.shp"), "新增生态空间_草案")
	if ids := column(t, shp, "BSM"); !slices.Equal(ids, []string{"E1", "E2"}) && !slices.Equal(ids, []string{"E2", "E1"}) {
		t.Errorf("parcels %v", ids)
	}
	if got, want := sumOf(t, shp, "MJ"), kit.Area(hole)+kit.Area(parts); math.Abs(got-want) > 0.011 {
		t.Errorf("%.2f m², want %.2f", got, want)
	}
	listed := 0.0
	for _, x := range c.Report.Rules {
		if x.ID == "red-line-new-space" {
			for _, f := range x.Findings {
				listed += f.Area
			}
		}
	}
	if got := sumOf(t, shp, "MJ"); math.Abs(got-listed) > 0.011 {
		t.Errorf("%.2f m², the report lists %.2f", got, listed)
	}
	coordinatesOfDraft(t, dir, "新增生态空间", shp)
	for _, bz := range column(t, shp, "BZ") {
		if !strings.HasPrefix(bz, "草案") {
			t.Errorf("remark %q", bz)
		}
	}
}

func coordinatesOfDraft(t *testing.T, dir, name string, shp *geo.Table) {
	t.Helper()
	for _, variant := range []string{"_草案_9项", "_草案_13项"} {
		txt := readLayer(t, filepath.Join(dir, name+variant+".txt"), name+variant)
		for i, r := range txt.Rows {
			if len(r.Geometry) != len(shp.Rows[i].Geometry) || len(r.Geometry[0]) != len(shp.Rows[i].Geometry[0]) || !strings.HasPrefix(column(t, txt, "MC")[i], "草案") {
				t.Errorf("%s: %v", variant, r)
			}
		}
	}
}

// TestNothingSaysWhy: where nothing is left to hand in the figures say why.
func TestNothingSaysWhy(t *testing.T) {
	c := checkSample(t, "01")
	for kind, r := range map[string]deliver.Request{
		"新产生生态空间": c.request(deliver.RedLineUpdate),
		"补充耕地指标":  {Kind: deliver.CroplandBalance, Report: c.Report, Ledger: c.Ledger, OwnNeeds: plan.Number{Value: 60_000, Known: true}},
	} {
		_, err := deliver.Make(context.Background(), r)
		var nothing *deliver.Nothing
		if !errors.As(err, &nothing) || !strings.Contains(nothing.Text().ZH, kind) || len(nothing.Figures) < 2 {
			t.Errorf("%s: %v", kind, err)
		}
	}
	c.Ledger.Plan.Quota = nil
	if _, err := deliver.Make(context.Background(), c.request(deliver.LandTrade)); err == nil || !strings.Contains(err.Error(), "quota") {
		t.Errorf("without quota: %v", err)
	}
}

// TestRefusedUnlessDraft: what the verdict forbids is not exported, and says which
// rules are why.
func TestRefusedUnlessDraft(t *testing.T) {
	c := checkSample(t, "02")
	for _, k := range deliver.Kinds() {
		r := c.request(k.Kind)
		r.Draft = false
		_, err := deliver.Make(context.Background(), r)
		var refused *deliver.Refusal
		if !errors.As(err, &refused) || !strings.Contains(refused.Text().ZH, "pbf-township-cap") || !strings.Contains(refused.Text().EN, "is not exported") {
			t.Errorf("%s: %v", k.Kind, err)
		}
	}
}

// TestReadByGDAL: another program finds fields, order, encoding, records and areas.
func TestReadByGDAL(t *testing.T) {
	ogrinfo, err := exec.LookPath("ogrinfo")
	if err != nil {
		t.Skip("no ogrinfo (apt-get install gdal-bin)")
	}
	c := checkSample(t, "01")
	r := c.request(deliver.PBFUpdate)
	r.Draft = false
	dir, _ := written(t, r)
	table := readLayer(t, filepath.Join(dir, "YJJBNTTB.shp"), "YJJBNTTB")
	for _, file := range []string{"YJJBNTTB.shp", "永久基本农田更新.gpkg"} {
		out, err := exec.Command(ogrinfo, "-ro", "-al", "-geom=NO", filepath.Join(dir, file), "YJJBNTTB").CombinedOutput()
		text := string(out)
		if err != nil || !strings.Contains(text, "Feature Count: "+strconv.Itoa(len(table.Rows))) || !strings.Contains(text, "水浇地") || !strings.Contains(text, "zone 37") {
			t.Fatalf("%v\n%.2000s", err, text)
		}
		var names []string
		for _, line := range strings.Split(text, "\n") {
			if name, kind, ok := strings.Cut(line, ": "); ok && !strings.Contains(name, " ") && (strings.HasPrefix(kind, "String") || strings.HasPrefix(kind, "Real") || strings.HasPrefix(kind, "Integer") || strings.HasPrefix(kind, "Date")) {
				names = append(names, name)
			}
		}
		if got := strings.Join(names, " "); got != standard+" ZLDB" {
			t.Errorf("%s: fields %s", file, got)
		}
		out, err = exec.Command(ogrinfo, "-ro", "-q", "-dialect", "SQLite", "-sql", "SELECT SUM(ST_Area(geometry)) AS plane, SUM(YJJBNTTBMJ) AS stated FROM YJJBNTTB", filepath.Join(dir, "YJJBNTTB.shp")).CombinedOutput()
		if err != nil {
			t.Logf("no SQLite dialect: %s", out)
			continue
		}
		var figures []float64
		for _, line := range strings.Split(string(out), "\n") {
			if _, v, ok := strings.Cut(line, "(Real) = "); ok {
				figures = append(figures, number(t, v))
			}
		}
		if len(figures) != 2 || math.Abs(figures[0]/figures[1]-1) > 5e-4 {
			t.Errorf("areas %v", figures)
		}
	}
}
