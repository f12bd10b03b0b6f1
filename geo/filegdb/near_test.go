package filegdb

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

// TestNearAgainstEach holds searches, whole, by spans and by pages, against a
// look at every record; OBJECTIDs with gaps are among them.
func TestNearAgainstEach(t *testing.T) {
	for _, name := range []string{"sample-base.gdb.zip/YJJBNTTB", "made/deleted.gdb.zip/图斑", "made/sparse-ids.gdb.zip/图斑"} {
		at := len(name) - len("/图斑")
		if name[at] != '/' {
			at = len(name) - len("/YJJBNTTB")
		}
		l := opened(t, unpacked(t, name[:at]))[name[at+1:]]
		all := read(t, l)
		whole := l.Bound()
		rapid.Check(t, func(rt *rapid.T) {
			rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
			var boxes []orb.Bound
			for range rapid.IntRange(1, 5).Draw(rt, "boxes") {
				x, y := whole.Min[0]+rng.Float64()*(whole.Max[0]-whole.Min[0]), whole.Min[1]+rng.Float64()*(whole.Max[1]-whole.Min[1])
				boxes = append(boxes, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 300*rng.Float64(), y + 300*rng.Float64()}})
			}
			var want []int
			for _, f := range all {
				if b := f.Geometry.Bound(); slices.ContainsFunc(boxes, b.Intersects) {
					want = append(want, f.Record)
				}
			}
			var got, bySpans, byPages []int
			for f, err := range l.Near(t.Context(), boxes, nil) {
				if err != nil {
					rt.Fatal(err)
				}
				got = append(got, f.Record)
			}
			for _, span := range l.Split(boxes, rapid.IntRange(1, 4).Draw(rt, "spans")) {
				for f, err := range l.NearSkipping(t.Context(), geo.CRS{}, span, boxes, nil, nil) {
					if err != nil {
						rt.Fatal(err)
					}
					bySpans = append(bySpans, f.Record)
				}
			}
			for after, more := 0, true; more; {
				more = false
				for f, err := range l.NearAfter(t.Context(), boxes, nil, after, 3) {
					if err != nil {
						rt.Fatal(err)
					}
					byPages, after, more = append(byPages, f.Record), f.Record, true
				}
			}
			if !slices.Equal(got, want) || !slices.Equal(bySpans, want) || !slices.Equal(byPages, want) {
				rt.Fatalf("%v, by spans %v, by pages %v, want %v", got, bySpans, byPages, want)
			}
		})
	}
}
