package plan

import (
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/geo/shapefile"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// TestDoubtfulAreas: what records declare is held against YJJBNTTBMJ and against
// the shape, whichever of the two is there and whichever is wrong; layers that
// know areas, that measure them from their bytes, and that are read whole agree.
func TestDoubtfulAreas(t *testing.T) {
	ringed := square(0, 2000, 100)
	ringed[0] = append(ringed[0], square(10, 2010, 80)[0][0]) // 3 600 m²
	parts := append(square(200, 2000, 50), square(300, 2000, 50)...)
	s, err := geo.NewSurveyor(zone37, square(0, 0, 1)[0][0][0])
	if err != nil {
		t.Fatal(err)
	}
	hectare := s.MultiPolygon(square(0, 0, 100))
	type record struct {
		shape      orb.MultiPolygon
		net, gross string
		doubtful   bool
		of         string
	}
	number := func(v float64) string { return fmt.Sprintf("%.2f", v) }
	records := []record{
		{square(0, 0, 100), "9000", "10000", false, ""},
		{square(0, 0, 100), "9000", "", false, ""},
		{square(0, 0, 100), "9000", "0", false, ""},
		{square(0, 0, 100), "900000", "10000", true, "YJJBNTTBMJ"},
		{square(0, 0, 100), "900000", "1000000", true, ""},           // both
		{square(0, 0, 100), "0.9", "1", true, ""},                    // both in hectares
		{square(0, 0, 100), "13.5", "15", true, ""},                  // in mu
		{square(0, 0, 100), "0.9", "", true, ""},                     // nothing but the shape
		{square(0, 0, 100), "9000", "1", true, "YJJBNTTBMJ"},         // the other column
		{square(0, 0, 100), number(hectare * 1.0495), "", false, ""}, // just
		{square(0, 0, 100), number(hectare * 1.0505), "", true, ""},  //
		{square(0, 0, 100), number(hectare * 0.2005), "", false, ""}, //
		{square(0, 0, 100), number(hectare * 0.1995), "", true, ""},  //
		{ringed, "3500", "", false, ""},                              // a hole
		{ringed, "9900", "", true, ""},                               //
		{parts, "5100", "5000", false, ""},                           // two parts
		{parts, "2500", "2500", false, ""},                           //
		{parts, "900", "900", true, ""},                              //
		{square(0, 0, 100), "10400", "10000", false, ""},             // more than gross, though not by much
		{nil, "900000", "", false, ""},                               // no shape to hold it against
	}
	table := tableOf("YJJBNTTB", "BSM ZLDWDM YJJBNTMJ YJJBNTTBMJ")
	want := map[int]record{}
	sum, above := 0.0, 0
	for i, r := range records {
		table.Rows = append(table.Rows, geo.Feature{Record: i + 1, Geometry: r.shape, Values: []string{fmt.Sprint("B", i+1), "150123101", r.net, r.gross}})
		var net, gross float64
		_, _ = fmt.Sscan(r.net, &net)
		_, _ = fmt.Sscan(r.gross, &gross)
		if gross > 0 && net > gross {
			above++
		}
		if r.doubtful {
			want[i+1] = r
			sum += net
		}
	}
	degrees := geo.CRS{Kind: geo.Geographic}
	back, err := geo.NewTransform(zone37, degrees)
	if err != nil {
		t.Fatal(err)
	}
	inDegrees := &geo.Table{Name: table.Name, CRS: degrees, Fields: table.Fields, Rows: slices.Clone(table.Rows)}
	for i := range inDegrees.Rows {
		if inDegrees.Rows[i].Geometry, err = back.MultiPolygon(inDegrees.Rows[i].Geometry); err != nil {
			t.Fatal(err)
		}
	}
	cache := t.TempDir()
	open := func(table *geo.Table, cache string) geo.Layer {
		l, err := shapefile.OpenCached(filepath.Join(writeLayers(t, table), "YJJBNTTB.shp"), "", cache)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		return l
	}
	file := open(table, cache)
	for name, l := range map[string]geo.Layer{"file": file, "degrees": open(inDegrees, ""), "memory": fileOf("YJJBNTTB.shp", table), "columns only": hidden{open(table, "")}} {
		b := NewBase("files", map[domain.Role][]geo.Layer{domain.PBF: {l}})
		d, err := b.Designated(t.Context(), zone37)
		if err != nil {
			t.Fatal(err)
		}
		got := d.Townships["150123101"]
		if got.Doubtful != len(want) || math.Abs(got.DoubtfulArea-sum) > 1e-3 || got.Features != len(records) {
			t.Errorf("%s: %+v, want %d doubtful of %v m²", name, got, len(want), sum)
		}
		if n := slices.Collect(maps.Values(d.Above)); len(n) != 1 || n[0] != above {
			t.Errorf("%s: above gross %v, want %d", name, d.Above, above)
		}
		examples := d.Doubts["150123101"]
		if len(examples) != fewDoubts {
			t.Fatalf("%s: examples %+v", name, examples)
		}
		for i, record := range slices.Sorted(maps.Keys(want))[:fewDoubts] {
			if e := examples[i]; e.Record != record || e.Of != want[record].of || e.Field != "YJJBNTMJ" {
				t.Errorf("%s: example %+v, want record %d", name, e, record)
			}
		}
		again, err := NewBase("files", map[domain.Role][]geo.Layer{domain.PBF: {l}}).Designated(t.Context(), zone37)
		if err != nil || again.Townships["150123101"] != got {
			t.Errorf("%s: a second time %+v, %v", name, again.Townships, err)
		}
	}
}
