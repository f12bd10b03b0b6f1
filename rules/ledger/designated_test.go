package ledger

import (
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// TestPBFWithoutAUnit: records whose ZLDWDM names no township are counted where
// they lie, whatever stands there instead and whatever the townships are like.
func TestPBFWithoutAUnit(t *testing.T) {
	field := rect(50, 0, 150, 100) // half in either township
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	west, eastern := s.MultiPolygon(rect(50, 0, 100, 100)), s.MultiPolygon(rect(100, 0, 150, 100))
	town := func(record int, mp orb.MultiPolygon, code string) plan.Parcel {
		return parcelAt(domain.Townships, record, mp, "", code)
	}
	one, two := town(1, rect(0, 0, 100, 100), "150123101"), town(2, rect(100, 0, 200, 100), "150123102")
	for name, c := range map[string]struct {
		towns []plan.Parcel
		want  map[string]float64
	}{
		"two townships":         {[]plan.Parcel{one, two}, map[string]float64{"150123101": west, "150123102": eastern}},
		"partly in none":        {[]plan.Parcel{one}, map[string]float64{"150123101": west}},
		"no townships":          {nil, map[string]float64{}},
		"far off":               {[]plan.Parcel{town(1, rect(5000, 0, 5100, 100), "150123101")}, map[string]float64{}},
		"overlapping: once":     {[]plan.Parcel{one, town(2, rect(0, 0, 200, 100), "150123102")}, map[string]float64{"150123101": west, "150123102": eastern}},
		"a township of no area": {[]plan.Parcel{one, town(2, nil, "150123102"), two}, map[string]float64{"150123101": west, "150123102": eastern}},
	} {
		for _, unit := range []string{"", "150123", "1501"} {
			base := memoryBase{domain.PBF: {parcelAt(domain.PBF, 1, field, "0103", unit)}}
			if c.towns != nil {
				base[domain.Townships] = c.towns
			}
			l := build(t, &plan.Plan{CRS: zone37, County: "150123", Project: []plan.Feature{{Geometry: rect(0, 0, 200, 100)}},
				Changes: []plan.Change{changeAt(domain.PBFOut, 1, rect(60, 10, 70, 20), "")}}, base, 1)
			if len(l.Designated) != len(c.want) {
				t.Errorf("%s, unit %q: %v", name, unit, l.Designated)
			}
			for code, want := range c.want {
				if got := l.Designated[code].Area; math.Abs(got-want) > 1e-3 {
					t.Errorf("%s, unit %q: township %s has %v m², want %v", name, unit, code, got, want)
				}
			}
		}
	}
}
