package ledger

import (
	"context"
	"math/rand/v2"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// scattered is squares of all sizes, some side by side.
func scattered(r *rand.Rand, n int) []LandShape {
	all := make([]LandShape, n)
	for i := range all {
		at := orb.Point{float64(r.IntN(40)) * 10, float64(r.IntN(40)) * 10}
		size := 2 + float64(r.IntN(9))
		b := orb.Bound{Min: at, Max: orb.Point{at[0] + size, at[1] + size}}
		all[i] = LandShape{Geometry: orb.MultiPolygon{b.ToPolygon()}, Box: b, Area: size * size}
	}
	return all
}

// TestSmallPatches joins all land without regard to sizes, and keeps the small.
func TestSmallPatches(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 2))
		land, walls := scattered(r, 60), scattered(r, 6)
		gap, most := float64(r.IntN(8)), float64(r.IntN(400))
		whole := join(nil, indexedLand(land), gap, indexedLand(walls))
		areas := map[int]float64{}
		for i, n := range whole {
			areas[n] += land[i].Area
		}
		got, err := SmallPatches(t.Context(), land, gap, most, walls)
		if err != nil {
			rt.Fatal(err)
		}
		numbers := map[int]int{}
		for i, n := range whole {
			want := -1
			if areas[n] <= most {
				if _, known := numbers[n]; !known {
					numbers[n] = len(numbers)
				}
				want = numbers[n]
			}
			if got[i] != want {
				rt.Fatalf("land %d is in patch %d, want %d", i, got[i], want)
			}
		}
	})
}

// TestTouched holds Touched against GEOS.
func TestTouched(t *testing.T) {
	kernel := geo.NewKernel()
	r := rand.New(rand.NewPCG(3, 3))
	land, others := scattered(r, 150), scattered(r, 150)
	got, err := Touched(t.Context(), land, others, 2)
	if err != nil {
		t.Fatal(err)
	}
	met := 0
	for i := range land {
		var want []int
		for k := range others {
			d, err := kernel.Distance(land[i].Geometry, others[k].Geometry)
			if err != nil {
				t.Fatal(err)
			}
			if d <= touching {
				want = append(want, k)
			}
		}
		met += len(want)
		if len(got[i]) != len(want) {
			t.Errorf("land %d touches %v, want %v", i, got[i], want)
			continue
		}
		for k := range want {
			if got[i][k] != want[k] {
				t.Errorf("land %d touches %v, want %v", i, got[i], want)
				break
			}
		}
	}
	if met == 0 {
		t.Error("nothing touches anything")
	}
}

func TestLandEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	land := scattered(rand.New(rand.NewPCG(4, 4)), 3000)
	if _, err := SmallPatches(ctx, land, 1, 1e6, nil); err == nil {
		t.Error("SmallPatches goes on without a context")
	}
	if _, err := Touched(ctx, land, land, 2); err == nil {
		t.Error("Touched goes on without a context")
	}
}
