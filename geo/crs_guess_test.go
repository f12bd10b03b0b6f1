package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

func bound(x0, y0, x1, y1 float64) orb.Bound {
	return orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}
}

func TestGuessCRS(t *testing.T) {
	for _, tc := range []struct {
		b    orb.Bound
		epsg int
	}{
		{bound(37540000, 4562900, 37560000, 4572900), 4525},
		{bound(25400000, 4562900, 25600000, 4572900), 4513},
		{bound(45500000, 4562900, 45500000, 4562900), 4533},
		{bound(19540000, 4562900, 19560000, 4572900), 4497},
		{bound(13500000, 4562900, 13500001, 4572900), 4491},
		{bound(23500000, 4562900, 23500001, 4572900), 4501},
		{bound(111, 40, 111.5, 40.5), 4490},
		{bound(73.5, 39, 75, 40), 4490},
	} {
		want, _ := geo.FromEPSG(tc.epsg)
		if c, err := geo.GuessCRS(tc.b); err != nil || c != want {
			t.Errorf("%v: %v, %v; want EPSG:%d", tc.b, c, err, tc.epsg)
		}
	}
	for _, tc := range []struct {
		b    orb.Bound
		want string
	}{
		{bound(540000, 4562900, 560000, 4572900), "six digits"},
		{bound(4562900, 37540000, 4572900, 37560000), "northing first"},
		{bound(4562900, 540000, 4572900, 560000), "northing first"},
		{bound(40, 111, 40.5, 111.5), "northing first"},
		{bound(39, 74, 40, 75), "northing first"},
		{bound(37540000, 4562900, 38560000, 4572900), "no zone"}, // two zone numbers
		{bound(24500000, 4562900, 24500001, 4572900), "no zone"},
		{bound(46500000, 4562900, 46500001, 4572900), "no zone"},
		{bound(12500000, 4562900, 12500001, 4572900), "no zone"},
		{bound(37540000, 1e9, 37540001, 1e9), "no zone"},
		{bound(-1e300, -1e300, 1e300, 1e300), "no zone"},
		{bound(1, 1, -1, -1), "no coordinates"},
		{bound(math.NaN(), 0, 1, 1), "no coordinates"},
		{bound(0, 0, math.Inf(1), 1), "no coordinates"},
	} {
		c, err := geo.GuessCRS(tc.b)
		if !c.IsZero() {
			t.Errorf("%v: guessed %v", tc.b, c)
		}
		wantInputError(t, err, tc.want)
	}
}

func TestWorkingCRS(t *testing.T) {
	epsg := func(code int) geo.CRS { c, _ := geo.FromEPSG(code); return c }
	custom := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 113, FalseEasting: 700000}
	for _, tc := range []struct {
		c      geo.CRS
		centre orb.Point
		want   geo.CRS
	}{
		{epsg(4525), orb.Point{37540000, 4562900}, epsg(4525)},
		{epsg(4546), orb.Point{540000, 4562900}, epsg(4546)},
		{epsg(4546), orb.Point{900000, 4562900}, epsg(4546)},   // spilled far over, still its own
		{epsg(4490), orb.Point{111.9, 41}, epsg(4525)},         // nearer 111°
		{epsg(4490), orb.Point{112.6, 41}, epsg(4526)},         // nearer 114°
		{epsg(4497), orb.Point{19500000, 4562900}, epsg(4525)}, // 111° of a 6° zone
		{epsg(4497), orb.Point{19700000, 4562900}, epsg(4526)}, // 2.4° east of it
		{custom, orb.Point{700000, 4562900}, epsg(4526)},       // 113° is nearest 114°
		{custom, orb.Point{600000, 4562900}, epsg(4525)},       // 111.8°
		{epsg(4490), orb.Point{10, 50}, epsg(4513)},            // outside China: the last zone
		{epsg(4490), orb.Point{math.NaN(), 50}, geo.CRS{}},     // nowhere
		{geo.CRS{}, orb.Point{540000, 4562900}, geo.CRS{}},     // not said
	} {
		if got := geo.WorkingCRS(tc.c, tc.centre); got != tc.want {
			t.Errorf("%v at %v: %v, want %v", tc.c, tc.centre, got, tc.want)
		}
	}
}
