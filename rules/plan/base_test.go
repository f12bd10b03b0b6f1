package plan

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"landcheck/geo"
	"landcheck/geo/shapefile"
	"landcheck/rules/domain"
)

func fileOf(file string, t *geo.Table) geo.Layer { return geo.NewMemory(t, file, "", nil) }

func pbfBase() *Base {
	return NewBase("files", map[domain.Role][]geo.Layer{
		domain.PBF: {
			fileOf("b.shp", tableOf("YJJBNTTB", "BSM DLBM ZLDWDM YJJBNTMJ KCXS PDJB ZLDJDM",
				rowOf(square(0, 0, 100), "B1", "0103", "1501231012010000000", "9000.01", "0.1", "2", "9"),
				rowOf(square(200, 0, 100), "B2", " 0102 ", "150123101", "0.02", "", "", ""),
				rowOf(square(400, 0, 100), "B3", "0103", "", "500", "", "", ""),
				rowOf(square(600, 0, 100), "B4", "0103", "150123102", "", "0.2", "", ""),
				rowOf(nil, "B5", "0103", "150123102", "7", "", "", ""))),
			fileOf("a.shp", tableOf("JBNTBHTB", "BSM JBNTMJ ZLDWDM DLBM", rowOf(square(0, 300, 100), "A1", "100", "150123102201", "0199"))),
		},
		domain.Townships: {fileOf("XZQ.shp", tableOf("XZQ", "XZQDM XZQMC",
			rowOf(square(0, 0, 500), "150123101000", "一镇"), rowOf(square(500, 0, 500), "150123102", "二镇"), rowOf(square(0, 500, 9), "150123", "县")))},
		domain.Villages: {fileOf("CJDCQ.shp", tableOf("CJDCQ", "ZLDWDM ZLDWMC", rowOf(square(0, 0, 500), "1501231012010000000", "一村")))},
	})
}

func TestDesignated(t *testing.T) {
	b := pbfBase()
	d, err := b.Designated(context.Background(), zone37)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Designation{"150123101": {Area: 9000.03, Features: 2}, "150123102": {Area: 107, Features: 2}}
	if len(d.Townships) != 2 {
		t.Errorf("townships %v", d.Townships)
	}
	for code, w := range want {
		if got := d.Townships[code]; got.Features != w.Features || math.Abs(got.Area-w.Area) > 1e-9 {
			t.Errorf("%s: %v, want %v", code, got, w)
		}
	}
	if len(d.Rest) != 2 || d.Rest[0].ID != "B3" || d.Rest[1].ID != "B4" {
		t.Fatalf("rest %+v", d.Rest)
	}
	if d.Rest[0].Unit != "" || d.Rest[0].Net != (Number{500, true}) || d.Rest[1].Unit != "150123102" || d.Rest[1].Net.Known || d.Rest[1].Geometry == nil {
		t.Errorf("rest %+v", d.Rest)
	}
}

// GIS write 0 for null: land of no declared area is not land that does not
// count, its area is in another column or in its shape.
func TestNetAreaOfZeroIsUnknown(t *testing.T) {
	table := tableOf("YJJBNTTB", "BSM ZLDWDM YJJBNTMJ:N JBNTMJ",
		rowOf(square(0, 0, 100), "B1", "150123101", "9000", ""),
		rowOf(square(200, 0, 100), "B2", "150123101", "0.00", ""),
		rowOf(square(400, 0, 100), "B3", "150123101", "0", "8000"))
	file, err := shapefile.Open(filepath.Join(writeLayers(t, table), "YJJBNTTB.shp"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, layer := range []geo.Layer{file, hidden{file}} {
		b := NewBase("files", map[domain.Role][]geo.Layer{domain.PBF: {layer}})
		d, err := b.Designated(t.Context(), zone37)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Townships["150123101"]; got != (Designation{Area: 17000, Features: 2}) {
			t.Errorf("declared %+v", got)
		}
		if len(d.Rest) != 1 || d.Rest[0].ID != "B2" || d.Rest[0].Net.Known {
			t.Errorf("left to geometry: %+v", d.Rest)
		}
	}
}

// Areas beyond any land go to geometry instead of overflowing the sum.
func TestDesignatedNeverOverflows(t *testing.T) {
	table := tableOf("YJJBNTTB", "ZLDWDM YJJBNTMJ")
	for i := range 1200 {
		table.Rows = append(table.Rows, geo.Feature{Record: i + 1, Values: []string{"150123101", "1e12"}})
	}
	table.Rows = append(table.Rows, geo.Feature{Record: 1201, Values: []string{"150123101", "1e300"}})
	b := NewBase("files", map[domain.Role][]geo.Layer{domain.PBF: {fileOf("p.shp", table)}})
	d, err := b.Designated(context.Background(), zone37)
	if err != nil || d.Townships["150123101"].Area < 9e14 {
		t.Errorf("%v, %v", d.Townships, err)
	}
}

func TestNear(t *testing.T) {
	b := pbfBase()
	ctx := context.Background()
	ids := func(boxes []orb.Bound, work geo.CRS) string {
		t.Helper()
		near, err := b.Near(ctx, domain.PBF, work, boxes)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range near {
			all = append(all, p.ID)
		}
		return strings.Join(all, " ")
	}
	for want, boxes := range map[string][]orb.Bound{
		"A1 B1 B2 B3 B4": nil,
		"":               {},
		"B1":             {square(10, 10, 10).Bound()},
		"A1 B4":          {square(650, 10, 10).Bound(), square(10, 350, 10).Bound()},
	} {
		if got := ids(boxes, zone37); got != want {
			t.Errorf("near %v: %q, want %q", boxes, got, want)
		}
	}
	// The same place asked for in degrees.
	degrees := geo.CRS{Kind: geo.Geographic}
	back, err := geo.NewTransform(zone37, degrees)
	if err != nil {
		t.Fatal(err)
	}
	box, err := back.MultiPolygon(square(10, 10, 10))
	if err != nil {
		t.Fatal(err)
	}
	if got := ids([]orb.Bound{box.Bound()}, degrees); got != "B1" {
		t.Errorf("near in degrees: %q", got)
	}
	near, err := b.Near(ctx, domain.PBF, zone37, []orb.Bound{square(10, 10, 10).Bound()})
	if err != nil {
		t.Fatal(err)
	}
	p := near[0]
	if p.Traits != (Traits{Class: "0103", Ridge: Number{0.1, true}, Slope: 2, Grade: 9}) || p.Unit != "1501231012010000000" ||
		p.Net != (Number{9000.01, true}) || p.Role != domain.PBF || p.File != "b.shp" || p.Record != 1 || !orb.Equal(p.Geometry, square(0, 0, 100)) {
		t.Errorf("parcel %+v", p)
	}
	if none, err := b.Near(ctx, domain.Heritage, zone37, nil); err != nil || none != nil {
		t.Errorf("absent role: %v, %v", none, err)
	}
	f := b.Issues()
	if len(f) != 1 || f[0].ID != "A1" || f[0].Check != checkCodes || f[0].File != "a.shp" || f[0].Role != domain.PBF {
		t.Errorf("flaws %+v", f)
	}
}

func TestUnits(t *testing.T) {
	b := pbfBase()
	ctx := context.Background()
	towns, err := b.Units(ctx, domain.Townships)
	if err != nil || len(towns) != 2 || towns["150123101"] != "一镇" || towns["150123102"] != "二镇" {
		t.Errorf("townships %v, %v", towns, err)
	}
	villages, err := b.Units(ctx, domain.Villages)
	if err != nil || len(villages) != 1 || villages["150123101201"] != "一村" {
		t.Errorf("villages %v, %v", villages, err)
	}
	if f := b.Issues(); len(f) != 0 {
		t.Errorf("flaws %+v", f)
	}
	if n := b.Notices(); !slices.ContainsFunc(n, func(n geo.Notice) bool {
		return n.File == "XZQ.shp" && strings.Contains(n.Message.ZH, "XZQ 中有 1 行不是苏木乡镇")
	}) {
		t.Errorf("notices %+v", n)
	}
	near, err := b.Near(ctx, domain.Townships, zone37, nil)
	if err != nil || near[0].Code != "150123101" || near[0].Name != "一镇" {
		t.Errorf("near %+v, %v", near, err)
	}
}

func TestWhatBaseHas(t *testing.T) {
	b := pbfBase()
	if !b.Has(domain.PBF) || b.Has(domain.LandUse) || len(b.Present()) != 3 || b.Source() != "files" {
		t.Errorf("present %v", b.Present())
	}
	if !b.HasField(domain.PBF, domain.NetArea) || b.HasField(domain.PBF, domain.Grade) || b.HasField(domain.LandUse, domain.Grade) {
		t.Error("fields: the net area is in both PBF layers, the grade in one")
	}
	infos, err := b.Layers(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range infos {
		got = append(got, fmt.Sprint(i.Role, i.File, i.Features, strings.HasPrefix(i.Digest, "sha256:")))
	}
	if !slices.Equal(got, []string{"townshipsXZQ.shp3 true", "pbfa.shp1 true", "pbfb.shp5 true", "villagesCJDCQ.shp1 true"}) {
		t.Errorf("layers %q", got)
	}
}

// A parcel whose class stands in a number column has lost its leading zero.
func TestClassInNumberColumn(t *testing.T) {
	b := NewBase("files", map[domain.Role][]geo.Layer{domain.LandUse: {fileOf("DLTB.shp", tableOf("DLTB", "DLBM:N", rowOf(square(0, 0, 10), "201"), rowOf(square(20, 0, 10), "1003")))}})
	near, err := b.Near(context.Background(), domain.LandUse, zone37, nil)
	if err != nil || near[0].Traits.Class != "" || near[1].Traits.Class != "1003" || len(b.Issues()) != 1 {
		t.Errorf("%+v, %v", near, err)
	}
}

func TestBaseGoroutines(t *testing.T) {
	b := pbfBase()
	ctx := context.Background()
	var group errgroup.Group
	var once sync.Once
	for range 8 {
		group.Go(func() error {
			near, err := b.Near(ctx, domain.PBF, zone37, nil)
			if err == nil && len(near) != 5 {
				err = fmt.Errorf("%d parcels", len(near))
			}
			return err
		})
		group.Go(func() error { _, err := b.Designated(ctx, zone37); return err })
		group.Go(func() error { _, err := b.Layers(ctx); once.Do(func() { b.Notices() }); return err })
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

// writeLayers writes Shapefiles into a new directory.
func writeLayers(t testing.TB, tables ...*geo.Table) string {
	t.Helper()
	dir := t.TempDir()
	for _, table := range tables {
		if err := shapefile.Write(context.Background(), filepath.Join(dir, table.Name+".shp"), table, shapefile.GBK); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFromFiles(t *testing.T) {
	ctx := context.Background()
	plain := writeLayers(t, area(), tableOf("2025YJJBNTTC", "BSM NF", rowOf(square(0, 0, 100), "调1", "2025")))
	p, err := Open(ctx, plain, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Changes) != 1 || p.Changes[0].ID != "调1" || p.Changes[0].Year != 2025 || p.CRS != zone37 || len(p.Issues) != 0 || !strings.HasPrefix(p.Digest, "sha256:") {
		t.Errorf("plan %+v", p)
	}

	land := writeLayers(t, tableOf("DLTB", "BSM DLBM", rowOf(square(0, 0, 100), "L1", "0103")), tableOf("DLTX", "BSM", rowOf(square(0, 0, 100), "x")))
	lines := writeLayers(t, tableOf("STBHHX", "BSM", rowOf(square(0, 0, 100), "R1")), tableOf("ZZQY", "BSM", rowOf(square(0, 0, 1), "x")))
	b, err := OpenBase(ctx, []string{land, lines}, BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	near, err := b.Near(ctx, domain.LandUse, zone37, []orb.Bound{square(0, 0, 10).Bound()})
	if err != nil || len(near) != 1 || near[0].ID != "L1" || near[0].Traits.Class != "0103" || !b.Has(domain.RedLine) {
		t.Errorf("near %+v, %v", near, err)
	}
	var text strings.Builder
	for _, n := range b.Notices() {
		text.WriteString(n.Message.EN + "\n")
	}
	for _, part := range []string{"DLTX is not known, so the layer is not used; is it DLTB?", "ZZQY is not used: it is a plan layer"} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("no notice %q in %s", part, text.String())
		}
	}
}

func TestBaseThatCannotBeJudged(t *testing.T) {
	for _, c := range []struct {
		table *geo.Table
		parts []string
	}{
		{tableOf("DLTB", "BSM DLMC", rowOf(square(0, 0, 10), "A", "旱地")), []string{"DLTB.shp", "DLBM", "BSM, DLMC"}},
		{tableOf("XZQ", "XZQMC", rowOf(square(0, 0, 10), "镇")), []string{"XZQ.shp", "XZQDM"}},
		{tableOf("SOMETHING", "BSM", rowOf(square(0, 0, 10), "A")), []string{"no layer", "DLTB"}},
	} {
		_, err := OpenBase(context.Background(), []string{writeLayers(t, c.table)}, BaseOptions{})
		f, ok := geo.AsInputError(err)
		if !ok {
			t.Errorf("%s: %v", c.table.Name, err)
			continue
		}
		for _, part := range c.parts {
			if !strings.Contains(f.Text().EN, part) {
				t.Errorf("%q lacks %q", f.Text().EN, part)
			}
		}
	}
	if _, err := OpenBase(context.Background(), []string{filepath.Join(t.TempDir(), "gone")}, BaseOptions{}); err == nil {
		t.Error("a path that is not there was opened")
	}
}

// Base data without shapes is no base data; an empty layer may be meant, and is
// said.
func TestBaseWithoutShapes(t *testing.T) {
	land := tableOf("DLTB", "BSM DLBM", rowOf(square(0, 0, 100), "L1", "0103"))
	_, err := OpenBase(t.Context(), []string{writeLayers(t, land, tableOf("STBHHX", "BSM", rowOf(nil, "R1"), rowOf(nil, "R2")))}, BaseOptions{})
	if f, ok := geo.AsInputError(err); !ok || !strings.HasSuffix(f.File, "STBHHX.shp") || !strings.Contains(f.Message.EN, "2 records") {
		t.Errorf("null shapes only: %v", err)
	}
	b, err := OpenBase(t.Context(), []string{writeLayers(t, land, tableOf("STBHHX", "BSM"))}, BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if !slices.ContainsFunc(b.Notices(), func(n geo.Notice) bool {
		return n.Severity == geo.Warning && strings.HasSuffix(n.File, "STBHHX.shp") && strings.Contains(n.Message.EN, "no features")
	}) {
		t.Errorf("an empty red line is not mentioned: %+v", b.Notices())
	}
}

// BenchmarkDesignated sums 400 000 rows of a Shapefile by township.
func BenchmarkDesignated(b *testing.B) {
	table := tableOf("YJJBNTTB", "BSM ZLDWDM YJJBNTMJ:N")
	shape := square(0, 0, 10)
	for i := range 400_000 {
		table.Rows = append(table.Rows, geo.Feature{Record: i + 1, Geometry: shape,
			Values: []string{fmt.Sprint(i), fmt.Sprintf("1501231%02d2010000000", i%20), "123.4"}})
	}
	base, err := OpenBase(context.Background(), []string{writeLayers(b, table)}, BaseOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer base.Close()
	for b.Loop() {
		d, err := base.Designated(context.Background(), zone37)
		if err != nil || len(d.Townships) != 20 {
			b.Fatal(len(d.Townships), err)
		}
	}
}

// hidden is a layer that does not give its values as bytes.
type hidden struct{ geo.Layer }

// TestDesignatedByBytes holds the sums over bytes against those over strings,
// with figures and codes as people leave them.
func TestDesignatedByBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := tableOf("YJJBNTTB", "BSM ZLDWDM YJJBNTMJ JBNTMJ")
		for i := range rapid.IntRange(1, 40).Draw(rt, "rows") {
			table.Rows = append(table.Rows, geo.Feature{Record: i + 1, Geometry: square(0, 0, 10), Values: []string{fmt.Sprint(i),
				rapid.OneOf(rapid.StringMatching(`15012310[1-3][0-9]{0,10}`), rapid.SampledFrom([]string{"", "1501", "15012310a", " 150123101", "一"})).Draw(rt, "unit"),
				rapid.OneOf(rapid.StringMatching(`[0-9]{0,12}(\.[0-9]{0,4})?`), rapid.SampledFrom([]string{"", "-5", "1e3", "+7.5", "1,5", "nan", "0.1"})).Draw(rt, "area"),
				rapid.SampledFrom([]string{"", "3", "x"}).Draw(rt, "other")}})
		}
		l, err := shapefile.Open(filepath.Join(writeLayers(t, table), "YJJBNTTB.shp"), "")
		if err != nil {
			rt.Fatal(err)
		}
		defer l.Close()
		var got [2]Designated
		for k, layer := range []geo.Layer{l, hidden{l}} {
			b := NewBase("files", map[domain.Role][]geo.Layer{domain.PBF: {layer}})
			if got[k], err = b.Designated(t.Context(), zone37); err != nil {
				rt.Fatal(err)
			}
		}
		if !reflect.DeepEqual(got[0], got[1]) {
			rt.Fatalf("%+v, want %+v", got[0], got[1])
		}
	})
}
