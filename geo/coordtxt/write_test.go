package coordtxt

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"

	"landcheck/geo"
)

// The sample of the format's description is written byte by byte as it stands.
func TestWriteSample(t *testing.T) {
	table := &geo.Table{Name: "x", CRS: zone37,
		Fields: []geo.Field{{Name: "BSM"}, {Name: "MC"}, {Name: "MJ"}, {Name: "YT"}, {Name: "BGHDLBM"}, {Name: "TFH"}},
		Rows: []geo.Feature{{Values: []string{"DK001", "补划地块1", "9600.04", "补划永久基本农田", "0102", "K49G001002"},
			Geometry: orb.MultiPolygon{{ // any start, the wrong way round, a repeated point
				{{37540100, 4562900}, {37540100, 4563000}, {37540100, 4563000.0001}, {37540000, 4563000}, {37540000, 4562900}, {37540100, 4562900}},
				{{37540060, 4562940}, {37540040, 4562940}, {37540040, 4562960}, {37540060, 4562960}, {37540060, 4562940}}}}}}}
	path := filepath.Join(t.TempDir(), "out.txt")
	meta := Meta{Producer: "示例县自然资源局", Date: "2025-06-15"}
	if err := Write(context.Background(), path, meta, table); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != string(gbk(t, crlf(block+sample))) {
		t.Errorf("%v\n%s", err, decode(got))
	}
	table.CRS.FalseEasting = 500000
	table.Rows[0].Geometry = orb.MultiPolygon{{{{540000, 4563000}, {540100, 4563000}, {540100, 4562900}, {540000, 4562900}, {540000, 4563000}},
		table.Rows[0].Geometry[0][1].Clone()}}
	for i := range table.Rows[0].Geometry[0][1] {
		table.Rows[0].Geometry[0][1][i][0] -= 37e6
	}
	plainZone, err := encode(context.Background(), meta, table)
	if err != nil || string(plainZone) != string(got) {
		t.Errorf("an easting without the zone is written otherwise: %v\n%s", err, decode(plainZone))
	}
	for name, spoil := range map[string]func(*geo.Table){
		"degrees":     func(t *geo.Table) { t.CRS = geo.CRS{Kind: geo.Geographic} },
		"own zone":    func(t *geo.Table) { t.CRS.CentralMeridian = 114.75 },
		"no area":     func(t *geo.Table) { t.Rows[0].Values[2] = "" },
		"sliver":      func(t *geo.Table) { t.Rows[0].Geometry = orb.MultiPolygon{{{{0, 0}, {1e-5, 0}, {0, 1e-5}, {0, 0}}}} },
		"outside GBK": func(t *geo.Table) { t.Rows[0].Values[1] = "😀" },
	} {
		bad := *table
		bad.Rows = []geo.Feature{{Values: slices.Clone(table.Rows[0].Values), Geometry: table.Rows[0].Geometry}}
		spoil(&bad)
		if err := Write(context.Background(), path, meta, &bad); err == nil {
			t.Errorf("%s: written", name)
		} else if _, ok := geo.AsInputError(err); !ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != string(got) {
		t.Error("a failed write changed the file")
	}
}

// The heading of 13 values, as projects of new and improved cropland hand it in, is
// read back value by value.
func TestWriteImprovement(t *testing.T) {
	table := &geo.Table{Name: "x", CRS: zone37,
		Fields: []geo.Field{{Name: "BSM"}, {Name: "MC"}, {Name: "MJ"}, {Name: "YT"}, {Name: "BGHDLBM"}, {Name: "TFH"}, {Name: "TBLX"}, {Name: "DLMC"}, {Name: "ZLDBQ"}, {Name: "ZLDB"}, {Name: "BZ"}},
		Rows: []geo.Feature{{Values: []string{"DK1", "新增,地块", "10000", "补充耕地", "0102", "K49G001002", "新增", "水浇地", "", "9", "备注@"},
			Geometry: orb.MultiPolygon{{{{37540000, 4562900}, {37540000, 4563000}, {37540100, 4563000}, {37540100, 4562900}, {37540000, 4562900}}}}}}}
	path := filepath.Join(t.TempDir(), "out.txt")
	if err := Write(context.Background(), path, Meta{Variant: Improvement}, table); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if want := "5,1.0000,DK1,新增，地块,面,K49G001002,补充耕地,0102,新增,水浇地,,9,备注＠,@\r\n"; err != nil || !strings.Contains(string(decode(text)), want) {
		t.Errorf("%v\n%s", err, decode(text))
	}
	l, err := Open(context.Background(), path, "out.txt")
	if err != nil {
		t.Fatal(err)
	}
	for f, err := range l.Near(context.Background(), nil, []string{"BSM", "TBLX", "ZLDBQ", "ZLDB", "BGHDLBM", "MJ"}) {
		if want := []string{"DK1", "新增", "", "9", "0102", "10000"}; err != nil || !slices.Equal(f.Values, want) {
			t.Errorf("%v %v", f.Values, err)
		}
	}
}

// Parcels of squares with holes come back with the same area to the millimetre.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := &geo.Table{CRS: zone37, Fields: []geo.Field{{Name: "BSM"}, {Name: "MJ"}}}
		for i := range rapid.IntRange(1, 4).Draw(t, "parcels") {
			var mp orb.MultiPolygon
			for k := range rapid.IntRange(1, 3).Draw(t, "parts") {
				x, y := 37540000+float64(100*k), 4563000+rapid.Float64Range(0, 50).Draw(t, "y")
				side := rapid.Float64Range(1, 90).Draw(t, "side")
				p := orb.Polygon{orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + side, y + side}}.ToRing()}
				if rapid.Bool().Draw(t, "hole") {
					p = append(p, orb.Bound{Min: orb.Point{x + side/4, y + side/4}, Max: orb.Point{x + side/2, y + side/2}}.ToRing())
				}
				mp = append(mp, p)
			}
			table.Rows = append(table.Rows, geo.Feature{Geometry: mp, Values: []string{fmt.Sprint("甲,", i), "1"}})
		}
		data, err := encode(context.Background(), Meta{}, table)
		if err != nil {
			t.Fatal(err)
		}
		l, err := read(t.Context(), data, "x", "x.txt")
		if err != nil || len(l.Notices()) != 0 || l.Len() != len(table.Rows) {
			t.Fatal(err, l, string(data))
		}
		i := 0
		for f, err := range l.Near(context.Background(), nil, []string{"BSM"}) {
			if err != nil {
				t.Fatal(err)
			}
			want := table.Rows[i]
			// At most 3 × 540 m of edges move by half a millimetre each: 0.81 m².
			if a, b := planar.Area(f.Geometry), planar.Area(want.Geometry); math.Abs(a-b) > 0.81 || len(f.Geometry) != len(want.Geometry) {
				t.Fatalf("area %v, want %v", a, b)
			}
			if f.Values[0] != fmt.Sprint("甲，", i) {
				t.Fatalf("name %q", f.Values[0])
			}
			i++
		}
	})
}
