package tile

import (
	"math"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestWarp holds the polynomial against PROJ, in the box and out of it.
func TestWarp(t *testing.T) {
	way, err := geo.NewTransform(geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		t.Fatal(err)
	}
	worst, worstFar := 0.0, 0.0
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(37_360_000, 37_640_000).Draw(t, "x"), rapid.Float64Range(2_000_000, 5_900_000).Draw(t, "y")
		size := rapid.Float64Range(1, 30_000).Draw(t, "size")
		w, err := NewWarp(way, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + size, y + size*0.8}})
		if err != nil {
			t.Fatal(err)
		}
		reach := rapid.SampledFrom([]float64{1, 1, 3, 20}).Draw(t, "reach")
		u, v := rapid.Float64Range(-reach, reach).Draw(t, "u"), rapid.Float64Range(-reach, reach).Draw(t, "v")
		p := orb.Point{x + size/2*(1+u), y + size*0.4*(1+v)}
		mp := orb.MultiPolygon{{{p, p, p}}}
		got, err := w.MultiPolygon(mp, geo.Bound(mp))
		if err != nil {
			t.Fatal(err)
		}
		want, err := way.Point(p)
		if err != nil {
			t.Fatal(err)
		}
		q := got[0][0][0]
		off := math.Hypot((q[0]-want[0])*math.Cos(want[1]*math.Pi/180), q[1]-want[1]) * 111_320
		if reach == 1 {
			worst = max(worst, off)
		} else {
			worstFar = max(worstFar, off)
		}
		if !(off <= 1e-5) && reach == 1 || !(off <= 0.02) { // NaN too
			t.Fatalf("%v of %v comes %.7f m from PROJ's place", p, size, off)
		}
	})
	t.Logf("within %.2g m in the box, %.2g m out of it", worst, worstFar)
}

// TestWarpGrid holds where points come on each grid's plane against PROJ and the
// projection's own formula.
func TestWarpGrid(t *testing.T) {
	own := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}
	neighbour, ok := Zone(geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 114, FalseEasting: 38_500_000})
	if !ok {
		t.Fatal("no grid")
	}
	for _, g := range []Grid{Mercator(), neighbour} {
		way, err := geo.NewTransform(own, g.System())
		if err != nil {
			t.Fatal(err)
		}
		sheets, worst := newWarpGrid(way, g), 0.0
		rapid.Check(t, func(t *rapid.T) {
			p := orb.Point{rapid.Float64Range(37_360_000, 37_640_000).Draw(t, "x"), rapid.Float64Range(2_000_000, 5_900_000).Draw(t, "y")}
			got, err := sheets.point(p)
			if err != nil {
				t.Fatal(err)
			}
			exact, err := way.Point(p)
			if err != nil {
				t.Fatal(err)
			}
			want := g.plane(exact)
			off := math.Hypot(got[0]-want[0], got[1]-want[1])
			if worst = max(worst, off); !(off <= 1e-4) {
				t.Fatalf("%s: %v comes %.7f m from its place", g.Name, p, off)
			}
		})
		t.Logf("%s: within %.2g m", g.Name, worst)
	}
}

func BenchmarkWarp(b *testing.B) {
	way, err := geo.NewTransform(geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		b.Fatal(err)
	}
	box := orb.Bound{Min: orb.Point{37_540_000, 4_570_000}, Max: orb.Point{37_545_000, 4_575_000}}
	ring := make(orb.Ring, 60)
	for i := range ring {
		a := float64(i) / 59 * 2 * math.Pi
		ring[i] = orb.Point{37_542_000 + 80*math.Cos(a), 4_572_000 + 80*math.Sin(a)}
	}
	mp := orb.MultiPolygon{{ring}}
	b.Run("proj", func(b *testing.B) {
		for b.Loop() {
			if _, err := way.MultiPolygon(mp); err != nil {
				b.Fatal(err)
			}
		}
	})
	w, err := NewWarp(way, box)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("warp", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.MultiPolygon(mp, geo.Bound(mp)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
