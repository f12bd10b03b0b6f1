package deliver_test

import (
	"cmp"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/rules/deliver"
	"landcheck/rules/proving/kit"
)

// laid is a case of the proving county with its check.
func laid(t *testing.T, plan *kit.Package) checked {
	t.Helper()
	c := &kit.Case{Plan: plan, Base: kit.Base()}
	if a := c.JudgeIn(t, t.TempDir()); a.Fault != nil {
		t.Fatal(a.Fault)
	}
	p, b := c.Laid()
	return checkPlan(t, p, b)
}

// TestPBFUpdateCuts: parcels of which a ring, a band and a corner leave, land that
// enters in two parts and with a hole, and PBF that becomes paddy or irrigated land
// without leaving. Areas are those of a formula of its own (kit.Area), to 0.01 m².
func TestPBFUpdateCuts(t *testing.T) {
	p := &kit.Package{Manifest: kit.NewManifest()}
	p.New("ZZQY").Add(kit.Project, kit.F{"BSM": "1"})
	ring := kit.Minus(kit.Box(2.1, 5.1, 2.9, 5.9), kit.Box(2.4, 5.4, 2.6, 5.6))
	parts := kit.Parts(kit.Box(2, 6, 2.5, 7), kit.Box(3, 6, 3.5, 7))
	hole := kit.Minus(kit.Box(8, 6, 9, 7), kit.Box(8.4, 6.4, 8.6, 6.6))
	p.New("YJJBNTTC").Add(kit.Out("O1", ring)).Add(kit.Out("O2", kit.Box(8.4, 4.5, 8.6, 6)))
	p.New("YJJBNTBH").Add(kit.In("I1", parts)).Add(kit.In("I2", hole))
	p.New("DLBG").Add(kit.To("P1", "0102", kit.Box(4, 4, 5, 5))).Add(kit.To("P2", "0102", kit.Box(5, 4, 5.5, 5)))
	c := laid(t, p)
	dir, _ := written(t, c.request(deliver.PBFUpdate))
	table := readLayer(t, filepath.Join(dir, "永久基本农田更新_草案.gpkg"), "YJJBNTTB_草案")

	type record struct {
		what, class string
		parts       int
		holes       int
		gross, net  float64
	}
	order := func(a, b record) int {
		return cmp.Or(cmp.Compare(a.what, b.what), cmp.Compare(a.holes, b.holes), cmp.Compare(a.gross, b.gross))
	}
	var want, got []record
	for _, w := range []struct {
		what, class string
		holes       int
		shape       kit.Shape
	}{
		{"余留 O1", "0103", 1, kit.Minus(kit.Box(2, 5, 3, 6), kit.Box(2.1, 5.1, 2.9, 5.9))},
		{"余留 O1", "0103", 0, kit.Box(2.4, 5.4, 2.6, 5.6)},
		{"余留 O2", "0103", 0, kit.Box(8, 5, 8.4, 6)}, {"余留 O2", "0103", 0, kit.Box(8.6, 5, 9, 6)},
		{"余留 O2", "0103", 0, kit.Poly(8, 4, 8, 5, 8.4, 5, 8.4, 4.5, 8.6, 4.5, 8.6, 5, 9, 5, 9, 4)},
		{"补划 I1", "0103", 0, kit.Box(2, 6, 2.5, 7)}, {"补划 I1", "0103", 0, kit.Box(3, 6, 3.5, 7)}, {"补划 I2", "0103", 1, hole},
		{"属性更新 P1", "0102", 0, kit.Box(4, 4, 5, 5)},
		{"属性更新 P2", "0102", 0, kit.Box(5, 4, 5.5, 5)}, {"余留 P2", "0103", 0, kit.Box(5.5, 4, 6, 5)},
	} {
		a := kit.Area(w.shape)
		want = append(want, record{w.what, w.class, 1, w.holes, a, a * (1 - kit.Ridge)})
	}
	remarks, classes, gross, net := column(t, table, "BZ"), column(t, table, "DLBM"), column(t, table, "YJJBNTTBMJ"), column(t, table, "YJJBNTMJ")
	for i, r := range table.Rows {
		if _, what, ok := strings.Cut(remarks[i], "2026-01"); ok {
			got = append(got, record{what, classes[i], len(r.Geometry), len(r.Geometry[0]) - 1, number(t, gross[i]), number(t, net[i])})
		}
	}
	slices.SortFunc(want, order)
	slices.SortFunc(got, order)
	if !slices.EqualFunc(got, want, func(a, b record) bool {
		return a.what == b.what && a.class == b.class && a.parts == b.parts && a.holes == b.holes && math.Abs(a.gross-b.gross) < 0.011 && math.Abs(a.net-b.net) < 0.011
	}) {
		t.Errorf("records %v, want %v", got, want)
	}
	if want := 96 - 4 + 7 + 3; len(table.Rows) != want { // of 96, Y0502 Y0508 Y0408 Y0405 are cut into 7
		t.Errorf("%d records, want %d", len(table.Rows), want)
	}
	if ids := column(t, table, "BSM"); !slices.Contains(ids, "Y0404") || slices.Contains(ids, "Y0502") || slices.Contains(ids, "Y0405") {
		t.Error("a parcel that is whole keeps its id, one that is cut does not")
	}
	ended := readLayer(t, filepath.Join(dir, "保护结束图斑_草案.shp"), "保护结束图斑_草案")
	if days := column(t, ended, "BHJSSJ"); !slices.Equal(days, []string{"20260901", "20260901", "20260901"}) {
		t.Errorf("protection ends %v", days)
	}
	if a := sumOf(t, ended, "YJJBNTMJ"); math.Abs(a-(kit.Area(ring)+kit.Area(kit.Box(8.4, 4.5, 8.6, 6)))*(1-kit.Ridge)) > 0.02 {
		t.Errorf("%.2f m² leave", a)
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
