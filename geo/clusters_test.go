package geo

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// TestClusters holds clusters against the closure of "meets", taken pair by
// pair until nothing changes.
func TestClusters(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for range 200 {
		boxes := make([]orb.Bound, r.IntN(40))
		for i := range boxes {
			x, y := float64(r.IntN(30)), float64(r.IntN(30)) // whole numbers, so that some only touch
			boxes[i] = orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + float64(r.IntN(5)), y + float64(r.IntN(5))}}
		}
		if n := len(boxes); n > 0 && r.IntN(2) == 0 {
			boxes[n-1] = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}} // empty
		}
		first := make([]int, len(boxes))
		for i := range first {
			first[i] = i
		}
		for changed := true; changed; {
			changed = false
			for i, a := range boxes {
				for k, b := range boxes {
					meet := max(a.Min[0], b.Min[0]) <= min(a.Max[0], b.Max[0]) && max(a.Min[1], b.Min[1]) <= min(a.Max[1], b.Max[1])
					if meet && first[k] < first[i] {
						first[i], changed = first[k], true
					}
				}
			}
		}
		var want [][]int
		at := map[int]int{}
		for i, f := range first {
			if _, ok := at[f]; !ok {
				at[f] = len(want)
				want = append(want, nil)
			}
			want[at[f]] = append(want[at[f]], i)
		}
		if got := Clusters(boxes); !reflect.DeepEqual(got, want) {
			t.Fatalf("boxes %v: %v, want %v", boxes, got, want)
		}
	}
}
