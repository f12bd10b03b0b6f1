package ledger

import (
	"math"
	"math/rand/v2"
	"testing"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// unitBuilder is a project area alone.
func unitBuilder(t rapid.TB, sliver float64, project ...orb.MultiPolygon) *builder {
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	w := &builder{surveyor: s, ledger: &Ledger{Sliver: SliverLimits{Area: sliver}}}
	for _, p := range project {
		w.project = append(w.project, overlay.Prepare(p))
	}
	return w
}

// wavy is a ring round a place, at most a metre per unit of size wide.
func wavy(x, y, size float64, corners int, rng *rand.Rand) orb.Ring {
	var r orb.Ring
	for i := range corners {
		a := 2 * math.Pi * float64(i) / float64(corners)
		d := size * (0.4 + 0.6*rng.Float64())
		r = append(r, orb.Point{east + x + d*math.Cos(a), north + y + d*math.Sin(a)})
	}
	return append(r, r[0])
}

// TestTouchesProjectAgainstArea: a unit touches the project area if a piece of
// what they share, cut out by GEOS and measured, is no sliver; whether by a hair
// or by far, with holes, in parts, or side by side.
func TestTouchesProjectAgainstArea(t *testing.T) {
	k := geo.NewKernel()
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		shape := func() orb.MultiPolygon {
			size := rapid.SampledFrom([]float64{1, 5, 40, 300}).Draw(t, "size")
			x, y := rapid.Float64Range(-100, 100).Draw(t, "x"), rapid.Float64Range(-100, 100).Draw(t, "y")
			mp := orb.MultiPolygon{{wavy(x, y, size, rapid.IntRange(3, 60).Draw(t, "corners"), rng)}}
			if rapid.Bool().Draw(t, "hole") {
				mp[0] = append(mp[0], wavy(x, y, size*0.3, 20, rng))
			}
			if rapid.Bool().Draw(t, "parts") {
				mp = append(mp, orb.Polygon{wavy(x+2*size, y, size*0.7, 12, rng)})
			}
			return mp
		}
		unit := &plan.Parcel{Feature: plan.Feature{Geometry: shape()}}
		fix(t, k, &unit.Geometry)
		if rapid.IntRange(0, 4).Draw(t, "beside") == 0 {
			unit.Geometry = rect(0, 0, 100, 100)
		}
		unit.Box = geo.Bound(unit.Geometry)
		project := []orb.MultiPolygon{shape()}
		fix(t, k, &project[0])
		if rapid.Bool().Draw(t, "two") {
			overlap := rapid.SampledFrom([]float64{0, 0.009, 0.01, 0.011, 1, 2}).Draw(t, "overlap")
			project = append(project, rect(100-overlap, 0, 200, 100))
		}
		w := unitBuilder(t, rapid.SampledFrom([]float64{0, 1, 1, 50}).Draw(t, "sliver"), project...)
		got, err := w.touchesProject(t.Context(), unit)
		if err != nil {
			t.Fatal(err)
		}
		area, err := k.Union(project, 0)
		if err != nil {
			t.Fatal(err)
		}
		shared, err := k.Intersection(unit.Geometry, area, 0.0001)
		if err != nil {
			t.Fatal(err)
		}
		want, largest := false, 0.0
		for _, piece := range shared {
			a := w.surveyor.Polygon(piece)
			sliver, _ := w.ledger.Sliver.Is(a, piece)
			want, largest = want || !sliver, max(largest, a)
		}
		if got != want && math.Abs(largest-w.ledger.Sliver.Area) > 0.01 {
			t.Fatalf("%v, but the largest piece shared has %v m²", got, largest)
		}
	})
}

// fix makes a random shape valid: its hole may stick out.
func fix(t *rapid.T, k *geo.Kernel, mp *orb.MultiPolygon) {
	if _, bad := k.Validate(*mp); !bad {
		return
	}
	var err error
	if *mp, err = k.Repair(*mp); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkTouchesProject is a village of 4 000 vertices across the outline of
// a project area.
func BenchmarkTouchesProject(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	village := &plan.Parcel{Feature: plan.Feature{Geometry: orb.MultiPolygon{{wavy(0, 0, 2000, 4000, rng)}}}}
	village.Box = geo.Bound(village.Geometry)
	w := unitBuilder(b, 1, orb.MultiPolygon{{wavy(1000, 1000, 3000, 1000, rng)}})
	b.Run("box", func(b *testing.B) {
		for b.Loop() {
			if touches, err := w.touchesProject(b.Context(), village); !touches {
				b.Fatal(err)
			}
		}
	})
	b.Run("area", func(b *testing.B) {
		var ar overlay.Arranger
		for b.Loop() {
			if part, err := w.areaInProject(b.Context(), &ar, village); part.area < 1 {
				b.Fatal(err)
			}
		}
	})
}

// TestUnitBesideTheProject: a unit that shares no land with the project area
// does not touch it, whatever counts as a sliver.
func TestUnitBesideTheProject(t *testing.T) {
	for _, sliver := range []float64{0, 1} {
		w := unitBuilder(t, sliver, rect(0, 0, 100, 100))
		for beside, geometry := range map[bool]orb.MultiPolygon{true: rect(200, 0, 300, 100), false: rect(50, 0, 150, 100)} {
			unit := &plan.Parcel{Feature: plan.Feature{Geometry: geometry}, Box: geo.Bound(geometry)}
			if touches, err := w.touchesProject(t.Context(), unit); err != nil || touches == beside {
				t.Errorf("sliver limit %v, beside %v: touches %v, %v", sliver, beside, touches, err)
			}
		}
	}
}

// TestBroadParts: of a parcel in the project area, and across its outline, what
// is smaller than the limit is a sliver, and what has just its size is none.
func TestBroadParts(t *testing.T) {
	w := unitBuilder(t, 0, rect(0, 0, 100, 100))
	inside, across := rect(10, 10, 20, 20), rect(90, 10, 110, 20)
	for _, geometry := range []orb.MultiPolygon{inside, across} {
		p := &plan.Parcel{Feature: plan.Feature{Geometry: geometry}, Box: geo.Bound(geometry)}
		part, err := w.areaInProject(t.Context(), new(overlay.Arranger), p)
		if err != nil || part.area < 99 || part.area > 101 {
			t.Fatalf("%+v, %v", part, err)
		}
		for _, c := range []struct {
			limit float64
			broad bool
		}{{part.area / 2, true}, {part.area, true}, {math.Nextafter(part.area, 1000), false}, {2 * part.area, false}} {
			w.ledger.Sliver.Area = c.limit
			got, err := w.areaInProject(t.Context(), new(overlay.Arranger), p)
			if err != nil || got.broad != c.broad {
				t.Errorf("%v m² where %v is the limit: broad %v, %v", part.area, c.limit, got.broad, err)
			}
		}
	}
}
