package plan

import (
	"fmt"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// TestAfter pages through a role of three layers, one of them without any
// shape: all pages together are everything once, in order, whatever their size.
func TestAfter(t *testing.T) {
	zone := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}
	layer := func(name string, n int, shapes bool) geo.Layer {
		table := &geo.Table{Name: name, CRS: zone, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}}}
		for i := range n {
			f := geo.Feature{Record: i + 1, Values: []string{fmt.Sprint(name, i)}}
			if x := 37_500_000 + float64(i)*10; shapes && i != 2 {
				f.Geometry = orb.MultiPolygon{{{{x, 4_500_000}, {x + 8, 4_500_000}, {x + 8, 4_500_008}, {x, 4_500_000}}}}
			}
			table.Rows = append(table.Rows, f)
		}
		return geo.NewMemory(table, name, "", nil)
	}
	b := NewBase("test", map[domain.Role][]geo.Layer{domain.RedLine: {layer("b", 4, false), layer("c", 7, true), layer("a", 5, true)}})
	e, err := b.Extent(domain.RedLine)
	if err != nil || e.Features != 16 || fmt.Sprint(e.Files) != "[a b c]" || e.CRS != zone {
		t.Fatalf("%+v %v", e, err)
	}
	west := orb.Bound{Min: e.Bound.Min, Max: orb.Point{e.Bound.Min[0] + 2e-5, e.Bound.Max[1]}} // the first parcel of each layer
	degrees := geo.CRS{Kind: geo.Geographic}
	for _, c := range []struct {
		boxes []orb.Bound
		want  int
	}{{nil, 16}, {[]orb.Bound{west}, 2}, {[]orb.Bound{e.Bound}, 10}, {[]orb.Bound{}, 0}} {
		for most := 1; most < 18; most++ {
			var all []ParcelAt
			for at := (Position{}); ; {
				page, err := b.After(t.Context(), domain.RedLine, degrees, c.boxes, at, most)
				if err != nil || len(page) > most {
					t.Fatalf("%d of %d: %v", len(page), most, err)
				}
				all = append(all, page...)
				if len(page) < most {
					break
				}
				at = page[len(page)-1].Position
			}
			if len(all) != c.want {
				t.Errorf("%v, %d a page: %d parcels of %d", c.boxes, most, len(all), c.want)
			}
			for i, p := range all {
				if i > 0 && !(all[i-1].Layer < p.Layer || all[i-1].Layer == p.Layer && all[i-1].Position.Record < p.Position.Record) {
					t.Errorf("%v comes after %v", p.Position, all[i-1].Position)
				}
				if p.File != e.Files[p.Layer] || p.ID != fmt.Sprint(p.File, p.Position.Record-1) {
					t.Errorf("%v is %s of %s", p.Position, p.ID, p.File)
				}
				if p.Geometry != nil && !e.Bound.Contains(p.Geometry[0][0][0]) {
					t.Errorf("%v lies at %v", p.Position, p.Geometry[0][0][0])
				}
			}
		}
	}
	if page, err := b.After(t.Context(), domain.PBF, degrees, nil, Position{}, 5); err != nil || page != nil {
		t.Errorf("a role that is absent has %v, %v", page, err)
	}
	if page, err := b.After(t.Context(), domain.RedLine, degrees, nil, Position{Layer: 9, Record: 9}, 5); err != nil || page != nil {
		t.Errorf("beyond the end there are %v, %v", page, err)
	}
}
