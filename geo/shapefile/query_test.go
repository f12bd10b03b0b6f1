package shapefile

import (
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestQueryAgainstEach holds the grid against a test of each box.
func TestQueryAgainstEach(t *testing.T) {
	value := rapid.OneOf(
		rapid.Map(rapid.IntRange(0, 20), func(i int) float64 { return float64(i) }), // many ties
		rapid.Float64Range(-1e8, 1e8),
	)
	drawBox := rapid.Custom(func(t *rapid.T) orb.Bound {
		x, y := value.Draw(t, "x"), value.Draw(t, "y")
		return orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{
			x + rapid.SampledFrom([]float64{-1, 0, 1, 5, 1e3, 1e8}).Draw(t, "w"),
			y + rapid.SampledFrom([]float64{0, 1, 5, 1e3, 1e8}).Draw(t, "h"),
		}}
	})
	rapid.Check(t, func(t *rapid.T) {
		boxes := rapid.SliceOfN(drawBox, 0, 60).Draw(t, "boxes")
		q := newQuery(boxes)
		for _, r := range rapid.SliceOfN(drawBox, 1, 30).Draw(t, "records") {
			if r.IsEmpty() {
				continue
			}
			want := false
			for _, b := range boxes {
				want = want || !b.IsEmpty() && b.Intersects(r)
			}
			if got := q.meets(box{r.Min[0], r.Min[1], r.Max[0], r.Max[1]}); got != want {
				t.Fatalf("%v: %v, want %v", r, got, want)
			}
		}
		if q.meets(emptyBox) {
			t.Fatal("a null shape meets")
		}
	})
}
