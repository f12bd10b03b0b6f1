package ledger

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// TestOfLand holds faces of land against those of a plan that changes it.
func TestOfLand(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, b := world(rt)
		o := Options{Sliver: SliverLimits{Area: 1, Width: 0.05}, Jobs: 2}
		want, err := Build(t.Context(), p, b, o)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := OfLand(t.Context(), p, b, o)
		if err != nil {
			rt.Fatal(err)
		}
		if !reflect.DeepEqual(got.Faces, want.Faces) || !reflect.DeepEqual(got.Designated, want.Designated) || !reflect.DeepEqual(got.Townships, want.Townships) {
			rt.Fatal("land by itself is not cut as that of a plan")
		}
	})
}
