package shapefile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
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

// TestQueryBesideBoxes asks for records that lie beside the query boxes or just
// reach them, in the cells where these begin and end. A plan's boxes are many
// and small, its project area's few and large.
func TestQueryBesideBoxes(t *testing.T) {
	asked, covered := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		bounds, records := besides(rng, rapid.SampledFrom([]int{1, 3, 20, 200}).Draw(t, "boxes"), 100)
		q := newQuery(bounds)
		for _, r := range records {
			b := box{r.Min[0], r.Min[1], r.Max[0], r.Max[1]}
			want := slices.ContainsFunc(bounds, r.Intersects)
			if got := q.meets(b); got != want {
				t.Fatalf("%v: %v, want %v", r, got, want)
			}
			asked++
			if x, y, _, _ := q.span(b); b.meets(q.bound) && q.full[y*q.side+x] {
				covered++
			}
		}
	})
	if covered == 0 || covered == asked {
		t.Errorf("of %d records %d lay in cells that a box covers", asked, covered)
	}
}

// besides draws query boxes and records at their rims.
func besides(rng *rand.Rand, boxes, records int) (bounds, found []orb.Bound) {
	for range boxes {
		x, y, size := 1000*rng.Float64(), 1000*rng.Float64(), []float64{0, 5, 5, 5, 300}[rng.IntN(5)]
		bounds = append(bounds, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + size*rng.Float64(), y + size*rng.Float64()}})
	}
	for range records {
		beside := bounds[rng.IntN(len(bounds))]
		r := orb.Bound{Min: beside.Min, Max: beside.Max}
		for axis := range 2 {
			size, off := 20*rng.Float64(), []float64{0, 1e-6, 3, 30}[rng.IntN(4)]
			low := beside.Min[axis] + rng.Float64()*(beside.Max[axis]-beside.Min[axis])
			switch rng.IntN(3) {
			case 0:
				low = beside.Min[axis] - off - size
			case 1:
				low = beside.Max[axis] + off
			}
			r.Min[axis], r.Max[axis] = low, low+size
		}
		found = append(found, r)
	}
	return bounds, found
}

// TestNearAgainstEach reads layers of several blocks, strewn over the plane,
// against a test of every record with every box, with a cache and without.
func TestNearAgainstEach(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		bounds, records := besides(rng, rapid.IntRange(1, 12).Draw(rt, "boxes"), rapid.SampledFrom([]int{1, 256, 257, 700}).Draw(rt, "records"))
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
