package tile

import (
	"math"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/twpayne/go-proj/v11"
)

// lasting is a context that is never freed: go-proj might do it before what was
// made in it.
var lasting = proj.NewContext()

// TestMercator holds the grid against orb's tiles, and the plane against PROJ.
func TestMercator(t *testing.T) {
	g := Mercator()
	pj, err := lasting.New("+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=webmerc +ellps=WGS84")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []orb.Point{{111.5, 41.3}, {73.6, 18.2}, {134.7, 53.5}, {-70, -33}} {
		for z := range 20 {
			want := maptile.At(p, maptile.Zoom(z))
			got := g.At(p, z)
			if got.X != int(want.X) || got.Y != int(want.Y) {
				t.Errorf("%v level %d: %v, orb says %v", p, z, got, want)
			}
			if z < 2 {
				continue // orb stops at the edge of the map
			}
			b, w := g.Bound(got), want.Bound(float64(margin)/Extent)
			for i := range 2 {
				if math.Abs(b.Min[i]-w.Min[i]) > 1e-9 || math.Abs(b.Max[i]-w.Max[i]) > 1e-9 {
					t.Errorf("%v level %d: %v, orb says %v", p, z, b, w)
				}
			}
		}
		q, err := pj.Forward(proj.NewCoord(p[0], p[1], 0, 0))
		if err != nil {
			t.Fatal(err)
		}
		at := g.plane(p)
		if math.Hypot(at[0]-q.X(), at[1]-q.Y()) > 1e-6 {
			t.Errorf("%v: %v, PROJ says %v %v", p, at, q.X(), q.Y())
		}
		if back := g.unplane(at); math.Hypot(back[0]-p[0], back[1]-p[1]) > 1e-12 {
			t.Errorf("%v comes back as %v", p, back)
		}
	}
}

// TestZone: level z of a zone has tiles of 2^23/2^z metres from (FE − 2^22, 2^23).
func TestZone(t *testing.T) {
	for name, easting := range map[string]float64{"EPSG:4525": 37_500_000, "4546": 500_000, "epsg:4513": 25_500_000, "EPSG:4554": 500_000} {
		g, err := ParseGrid(name)
		if err != nil {
			t.Fatal(err)
		}
		if g.Origin != (orb.Point{easting - 4_194_304, 8_388_608}) || g.Side != 8_388_608 {
			t.Errorf("%s: origin %v, side %v", name, g.Origin, g.Side)
		}
		// The point at the meridian on the equator is the corner of four tiles.
		if at := g.At(orb.Point{easting + 1, 1}, 3); at != (Address{3, 4, 7}) {
			t.Errorf("%s: %v", name, at)
		}
		b := g.Bound(Address{13, 4096, 0})
		pad := 1024.0 * margin / Extent
		if b.Min[0] != easting-pad || b.Max[1] != 8_388_608+pad || b.Max[0]-b.Min[0] != 1024+2*pad {
			t.Errorf("%s: %v", name, b)
		}
	}
}

func TestParseGridRefuses(t *testing.T) {
	for _, name := range []string{"EPSG:4490", "EPSG:4326", "EPSG:2380", "x", "EPSG:", "EPSG:99999999"} {
		_, err := ParseGrid(name)
		if f, ok := geo.AsInputError(err); !ok || f.Message.ZH == "" || f.Advice.EN == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAddress(t *testing.T) {
	for a, ok := range map[Address]bool{{0, 0, 0}: true, {3, 7, 7}: true, {3, 8, 0}: false, {3, 0, 8}: false,
		{-1, 0, 0}: false, {MaxZoom, 1<<MaxZoom - 1, 0}: true, {MaxZoom + 1, 0, 0}: false, {2, -1, 0}: false} {
		if a.Valid() != ok {
			t.Errorf("%v: %v", a, !ok)
		}
	}
}

func TestLeastZoom(t *testing.T) {
	g, err := ParseGrid("EPSG:4525")
	if err != nil {
		t.Fatal(err)
	}
	box := orb.Bound{Min: orb.Point{37_400_000, 4_500_000}, Max: orb.Point{37_465_536, 4_565_536}} // 2^16 m square
	for _, c := range []struct{ features, want int }{{1000, 0}, {1001, 8}, {4000, 8}, {4001, 9}, {1 << 30, 18}} {
		if got := g.LeastZoom(c.features, box, 1000); got != c.want {
			t.Errorf("%d features: from level %d, want %d", c.features, got, c.want)
		}
	}
}
