package geo_test

import (
	"context"
	"path/filepath"
	"testing"

	"landcheck/geo"
	"landcheck/geo/shapefile"

	"github.com/paulmach/orb"
)

// TestNearAfter reads layers page by page, of every size of page: all pages
// together are what one reading gives, with boxes and without.
func TestNearAfter(t *testing.T) {
	table := &geo.Table{Name: "L", CRS: geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000},
		Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}}}
	for i := range 23 {
		row := geo.Feature{Record: i + 1, Values: []string{string(rune('a' + i))}}
		if i%7 != 3 {
			x := 37_500_000 + float64(i%5)*10
			row.Geometry = orb.MultiPolygon{{{{x, 4_500_000}, {x + 8, 4_500_000}, {x + 8, 4_500_008}, {x, 4_500_000}}}}
		}
		table.Rows = append(table.Rows, row)
	}
	path := filepath.Join(t.TempDir(), "L.shp")
	if err := shapefile.Write(t.Context(), path, table, shapefile.UTF8); err != nil {
		t.Fatal(err)
	}
	file, err := shapefile.Open(path, path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for name, l := range map[string]geo.Layer{"memory": geo.NewMemory(table, "L", "", nil), "shapefile": file} {
		for _, boxes := range [][]orb.Bound{nil, {{Min: orb.Point{37_500_009, 0}, Max: orb.Point{37_500_025, 1e7}}}, {}} {
			var want []geo.Feature
			for f, err := range l.Near(context.Background(), boxes, []string{"BSM"}) {
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, f)
			}
			if (len(want) > 5) == (boxes != nil && len(boxes) == 0) {
				t.Fatalf("%s: %d features", name, len(want))
			}
			for most := 1; most < 25; most++ {
				var got []geo.Feature
				for after := 0; ; {
					n := 0
					for f, err := range geo.NearAfter(context.Background(), l, boxes, []string{"BSM"}, after, most) {
						if err != nil {
							t.Fatal(err)
						}
						got, n = append(got, f), n+1
					}
					if n > most {
						t.Fatalf("%s: a page of %d has %d", name, most, n)
					}
					if n < most {
						break
					}
					after = got[len(got)-1].Record
				}
				same := len(got) == len(want)
				for i := range got {
					same = same && got[i].Record == want[i].Record && got[i].Values[0] == want[i].Values[0] && got[i].Geometry.Equal(want[i].Geometry)
				}
				if !same {
					t.Errorf("%s, boxes %v, %d a page: %d features of %d", name, boxes, most, len(got), len(want))
				}
			}
		}
	}
}
