package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// plainArea is a ring's area by the series at every vertex.
func plainArea(s *Surveyor, r orb.Ring) float64 {
	var sum float64
	at := func(p orb.Point) station {
		st := inverseGaussKruger(p[1]-s.crs.FalseNorthing, p[0]-s.crs.FalseEasting)
		st.lon -= s.zero
		return st
	}
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		parts := 1
		if length := math.Sqrt((b[0]-a[0])*(b[0]-a[0]) + (b[1]-a[1])*(b[1]-a[1])); length > densifyMetres {
			parts = int(length/densifyMetres) + 1
		}
		for k := range parts {
			f, g := float64(k)/float64(parts), float64(k+1)/float64(parts)
			sum += trapezoid(at(orb.Point{a[0] + (b[0]-a[0])*f, a[1] + (b[1]-a[1])*f}), at(orb.Point{a[0] + (b[0]-a[0])*g, a[1] + (b[1]-a[1])*g}))
		}
	}
	return sum
}

// TestTilesAreTheSeries holds stations of tiles, and areas by them, against the
// series itself, anywhere in a zone, often where tiles end: at each other, or
// for good.
func TestTilesAreTheSeries(t *testing.T) {
	leaving := 0
	place := func(end float64) *rapid.Generator[float64] {
		return rapid.OneOf(
			rapid.Float64Range(-end, end),
			rapid.Map(rapid.IntRange(int(-end/tileSize)+1, int(end/tileSize)), func(i int) float64 { return float64(i) * tileSize }),
			rapid.Map(rapid.Float64Range(0, 400), func(d float64) float64 { return end - d }),
			rapid.Map(rapid.Float64Range(0, 400), func(d float64) float64 { return d - end }),
		)
	}
	rapid.Check(t, func(t *rapid.T) {
		easting := place(4e5).Draw(t, "easting")
		northing := place(6.6e6).Draw(t, "northing")
		if !tiled(easting, northing) {
			return
		}
		var all tiles
		got := all.near(nil, easting, northing).station(easting, northing)
		want := inverseGaussKruger(northing, easting)
		// The series rounds by some 4e-16, and interpolation makes up to 3.4
		// times as much of that: over a million points 1.4e-15, which is 9 nm.
		if math.Abs(got.lat-want.lat) > 2e-15 || math.Abs(got.lon-want.lon)*want.cosLat > 2e-15 || math.Abs(got.cosLat-want.cosLat) > 2e-15 {
			t.Fatalf("%v %v: %v, want %v", easting, northing, got, want)
		}

		s, err := NewSurveyor(CRS{Kind: GaussKruger, FalseEasting: 500000}, orb.Point{easting + 500000, northing})
		if err != nil {
			t.Fatal(err)
		}
		var r orb.Ring
		size := rapid.SampledFrom([]float64{5, 60, 400, 3000}).Draw(t, "size")
		n := rapid.IntRange(3, 80).Draw(t, "n")
		for i := range n {
			a := 2 * math.Pi * float64(i) / float64(n)
			d := size * rapid.Float64Range(0.5, 1).Draw(t, "d")
			r = append(r, orb.Point{500000 + easting + d*math.Cos(a), northing + d*math.Sin(a)})
		}
		r = append(r, r[0])
		for _, p := range r {
			if !tiled(p[0]-500000, p[1]) {
				leaving++
				break
			}
		}
		a, b := s.Ring(r), plainArea(s, r)
		if math.Abs(a-b) > 1e-5+1e-12*math.Abs(b) {
			t.Fatalf("area %v, want %v, off by %g", a, b, a-b)
		}
	})
	if leaving == 0 {
		t.Error("no ring ever left the tiles")
	}
	t.Logf("%d rings left the tiles", leaving)
}

// BenchmarkStation is one vertex by its tile, and by the series.
func BenchmarkStation(b *testing.B) {
	s, _ := NewSurveyor(CRS{Kind: GaussKruger, FalseEasting: 500000}, orb.Point{540000, 4562900})
	b.Run("tile", func(b *testing.B) {
		var t *tile
		sum := 0.0
		for i := range b.N {
			sum += s.station(&t, orb.Point{540000 + float64(i&63), 4562900}).lat
		}
	})
	b.Run("series", func(b *testing.B) {
		sum := 0.0
		for i := range b.N {
			sum += inverseGaussKruger(4562900, 40000+float64(i&63)).lat
		}
	})
}

// TestReferenceMeridian holds areas against those from a meridian through the
// figure itself: on the plane every figure is measured from the central one,
// up to 130 km away.
func TestReferenceMeridian(t *testing.T) {
	far, err := NewSurveyor(CRS{Kind: GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}, orb.Point{})
	if err != nil {
		t.Fatal(err)
	}
	var worst float64
	rapid.Check(t, func(t *rapid.T) {
		x, y := 37500000+rapid.Float64Range(-130e3, 130e3).Draw(t, "x"), rapid.Float64Range(4.1e6, 5.9e6).Draw(t, "y")
		size := rapid.Float64Range(5, 200).Draw(t, "size")
		n := rapid.IntRange(3, 100).Draw(t, "n")
		r := make(orb.Ring, 0, n+1)
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			d := rapid.Float64Range(0.2, 1).Draw(t, "d") * size
			r = append(r, orb.Point{x + d*cos, y + d*sin})
		}
		r = append(r, r[0])
		near := &Surveyor{crs: far.crs}
		var last *tile
		near.zero = near.station(&last, r[0]).lon
		difference := math.Abs(far.Ring(r) - near.Ring(r))
		if worst = max(worst, difference); difference > 1e-7 {
			t.Fatalf("a ring of %d points, %.0f m wide: %.2g m² apart", n, 2*size, difference)
		}
	})
	t.Logf("at most %.2g m² apart", worst)
}
