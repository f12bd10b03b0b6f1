package geo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

func found(ix *geo.Index, b orb.Bound) []int {
	var got []int
	ix.Search(b, func(i int) bool { got = append(got, i); return true })
	slices.Sort(got)
	return got
}

// boundGen makes boxes on a small grid, so that touching, equal, flat and
// empty ones are common.
func boundGen() *rapid.Generator[orb.Bound] {
	return rapid.Custom(func(t *rapid.T) orb.Bound {
		x, y := rapid.IntRange(-20, 20).Draw(t, "x"), rapid.IntRange(-20, 20).Draw(t, "y")
		w, h := rapid.IntRange(-1, 6).Draw(t, "w"), rapid.IntRange(-1, 6).Draw(t, "h")
		return orb.Bound{Min: orb.Point{float64(x), float64(y)}, Max: orb.Point{float64(x + w), float64(y + h)}}
	})
}

func TestIndexFindsWhatASweepFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		boxes := rapid.SliceOfN(boundGen(), 0, 400).Draw(t, "boxes")
		ix := geo.NewIndex(boxes)
		for _, q := range rapid.SliceOfN(boundGen(), 1, 20).Draw(t, "queries") {
			var want []int
			for i, b := range boxes {
				if !b.IsEmpty() && !q.IsEmpty() && b.Intersects(q) {
					want = append(want, i)
				}
			}
			if got := found(ix, q); !slices.Equal(got, want) {
				t.Fatalf("%v finds %v, want %v", q, got, want)
			}
		}
	})
}

func TestIndexOddBoxes(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	everything := orb.Bound{Min: orb.Point{-inf, -inf}, Max: orb.Point{inf, inf}}
	empty := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	ix := geo.NewIndex([]orb.Bound{
		empty,
		{Min: orb.Point{nan, 0}, Max: orb.Point{1, 1}},
		everything,
		{Min: orb.Point{-1e308, -1e308}, Max: orb.Point{1e308, 1e308}},
		{Min: orb.Point{5, 5}, Max: orb.Point{5, 5}},
	})
	if got := found(ix, orb.Bound{Min: orb.Point{5, 5}, Max: orb.Point{5, 5}}); !slices.Equal(got, []int{2, 3, 4}) {
		t.Errorf("found %v", got)
	}
	if got := found(ix, everything); !slices.Equal(got, []int{2, 3, 4}) {
		t.Errorf("found %v", got)
	}
	if got := found(ix, empty); got != nil {
		t.Errorf("an empty box finds %v", got)
	}
	if got := found(geo.NewIndex(nil), everything); got != nil {
		t.Errorf("an index of nothing finds %v", got)
	}
}

func TestIndexStops(t *testing.T) {
	ix, boxes := manyBoxes(1000)
	for stop := 1; stop <= 3; stop++ {
		seen := 0
		ix.Search(boxes[0].Union(boxes[999]), func(int) bool { seen++; return seen < stop })
		if seen != stop {
			t.Errorf("visited %d after asking to stop at %d", seen, stop)
		}
	}
}

func TestIndexSearchAllocatesNothing(t *testing.T) {
	ix, boxes := manyBoxes(5000)
	n := 0
	visit := func(int) bool { n++; return true }
	if a := testing.AllocsPerRun(100, func() { ix.Search(boxes[7], visit) }); a != 0 || n == 0 {
		t.Errorf("%v allocations a search, %d found", a, n)
	}
}

// manyBoxes is n parcels of 100 m or so, spread over a county.
func manyBoxes(n int) (*geo.Index, []orb.Bound) {
	r := rand.New(rand.NewPCG(1, 2))
	side := 100 * math.Sqrt(float64(n))
	boxes := make([]orb.Bound, n)
	for i := range boxes {
		x, y := 37500000+r.Float64()*side, 4500000+r.Float64()*side
		boxes[i] = orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 50 + 100*r.Float64(), y + 50 + 100*r.Float64()}}
	}
	return geo.NewIndex(boxes), boxes
}

func BenchmarkIndexBuild(b *testing.B) {
	_, boxes := manyBoxes(200_000)
	b.ReportAllocs()
	for b.Loop() {
		geo.NewIndex(boxes)
	}
}

func BenchmarkIndexSearch(b *testing.B) {
	ix, boxes := manyBoxes(200_000)
	n, i := 0, 0
	visit := func(int) bool { n++; return true }
	b.ReportAllocs()
	for b.Loop() {
		ix.Search(boxes[i%len(boxes)], visit)
		i += 7919
	}
	b.ReportMetric(float64(n)/float64(b.N), "found/op")
}
