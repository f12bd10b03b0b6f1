package shapefile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
	"landcheck/geo/inplace/inplacetest"
)

// TestNearAgainstEach reads layers of several blocks, strewn over the plane,
// against a test of every record with every box, with a cache and without.
func TestNearAgainstEach(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		bounds, records := inplacetest.Besides(rng, rapid.IntRange(1, 12).Draw(rt, "boxes"), rapid.SampledFrom([]int{1, 256, 257, 700}).Draw(rt, "records"))
		if rapid.Bool().Draw(rt, "by place") { // as files mostly are: most blocks are then passed over
			slices.SortFunc(records, func(a, b orb.Bound) int { return int(a.Min[0]+a.Min[1]) - int(b.Min[0]+b.Min[1]) })
		}
		table := squares(0)
		var want []int
		for i, r := range records {
			table.Rows = append(table.Rows, geo.Feature{Geometry: orb.MultiPolygon{r.ToPolygon()}, Values: []string{fmt.Sprint(i % 9)}})
			if slices.ContainsFunc(bounds, r.Intersects) {
				want = append(want, i+1)
			}
		}
		path, cache := put(t, written(t, table)), t.TempDir()
		for range 2 {
			l := waited(t, path, cache)
			if _, err := l.Digest(t.Context()); err != nil {
				rt.Fatal(err)
			}
			var got []int
			for f, err := range l.Near(t.Context(), bounds, nil) {
				if err != nil {
					rt.Fatal(err)
				}
				got = append(got, f.Record)
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("%v, want %v", got, want)
			}
			l.Close()
		}
	})
}
