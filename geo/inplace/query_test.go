package inplace

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo/inplace/inplacetest"
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
		q := NewQuery(boxes)
		for _, r := range rapid.SliceOfN(drawBox, 1, 30).Draw(t, "records") {
			if r.IsEmpty() {
				continue
			}
			want := false
			for _, b := range boxes {
				want = want || !b.IsEmpty() && b.Intersects(r)
			}
			if got := q.Meets(Box{r.Min[0], r.Min[1], r.Max[0], r.Max[1]}); got != want {
				t.Fatalf("%v: %v, want %v", r, got, want)
			}
		}
		if q.Meets(EmptyBox) {
			t.Fatal("a null shape meets")
		}
	})
}

// TestQueryBesideBoxes asks for records that lie beside the query boxes or just
// reach them, in the cells where these begin and end. A plan's boxes are many
// and small, its project area's few and large.
func TestQueryBesideBoxes(t *testing.T) {
	asked, covered := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		bounds, records := inplacetest.Besides(rng, rapid.SampledFrom([]int{1, 3, 20, 200}).Draw(t, "boxes"), 100)
		q := NewQuery(bounds)
		for _, r := range records {
			b := Box{r.Min[0], r.Min[1], r.Max[0], r.Max[1]}
			want := slices.ContainsFunc(bounds, r.Intersects)
			if got := q.Meets(b); got != want {
				t.Fatalf("%v: %v, want %v", r, got, want)
			}
			asked++
			if x, y, _, _ := q.span(b); b.Meets(q.bound) && q.full[y*q.side+x] {
				covered++
			}
		}
	})
	if covered == 0 || covered == asked {
		t.Errorf("of %d records %d lay in cells that a box covers", asked, covered)
	}
}
