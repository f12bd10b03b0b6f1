package overlay

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestHubs holds the crossings found among edges of which many end in a few
// places against those of every pair: fans in every direction, some edges on one
// line, others across them, some settled.
func TestHubs(t *testing.T) {
	crossed := 0
	rapid.Check(t, func(t *rapid.T) {
		place := func(name string) point {
			return point{64 * rapid.Int64Range(-40, 40).Draw(t, name), 64 * rapid.Int64Range(-40, 40).Draw(t, name)}
		}
		var ar Arranger
		ar.window = box{-4000, -4000, 4000, 4000}
		for range rapid.IntRange(1, 3).Draw(t, "hubs") {
			hub := place("hub")
			for range rapid.IntRange(hubEdges, hubEdges+40).Draw(t, "edges") {
				ar.addEdge(hub, place("end"), 0)
			}
		}
		for range rapid.IntRange(0, 40).Draw(t, "more") {
			ar.addEdge(place("from"), place("to"), 1)
		}
		ar.begin()
		if err := ar.merge(t.Context()); err != nil {
			t.Fatal(err)
		}
		// Some that cross no other such edge are settled.
		for i := range ar.segments {
			ar.splits = ar.splits[:0]
			for j := range i {
				if ar.segments[j].settled {
					ar.meet(int32(i), int32(j))
				}
			}
			ar.segments[i].settled = len(ar.splits) == 0 && rapid.Bool().Draw(t, "settled")
		}
		ar.splits = ar.splits[:0]
		for i := range ar.segments {
			for j := range i {
				if !ar.segments[i].settled || !ar.segments[j].settled {
					ar.meet(int32(i), int32(j))
				}
			}
		}
		want := inOrder(ar.splits)
		turned := ar.turnedSpans()
		if _, err := ar.sweep(t.Context(), turned, quantiles(turned), math.MaxInt64); err != nil {
			t.Fatal(err)
		}
		if err := ar.meetAlike(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := inOrder(ar.splits); !slices.Equal(got, want) {
			t.Fatalf("%v\nwant %v", got, want)
		}
		crossed += len(want)
	})
	if crossed == 0 {
		t.Error("nothing ever crossed")
	}
}

// inOrder is splits in an order of their own, each once.
func inOrder(splits []split) []split {
	out := slices.Clone(splits)
	slices.SortFunc(out, func(a, b split) int { return cmp.Or(cmp.Compare(a.segment, b.segment), compare(a.at, b.at)) })
	return slices.Compact(out)
}

// TestWedges: ten thousand wedges that meet in the middle of a parcel are cut by
// it within the budget; each pair of their edges looked at would be too much.
func TestWedges(t *testing.T) {
	const n = 10_000
	shapes := []*Shape{Prepare(square(-100, -100, 200))}
	at := func(i int) orb.Point {
		a := 2 * math.Pi * float64(i) / n
		return orb.Point{300 * math.Cos(a), 300 * math.Sin(a)}
	}
	for i := range n {
		shapes = append(shapes, Prepare(orb.MultiPolygon{{{{0, 0}, at(i), at(i + 1), {0, 0}}}}))
	}
	var ar Arranger
	cells, err := ar.CellsWithin(t.Context(), shapes, func([]int32) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if len(cells) < n {
		t.Errorf("%d cells of %d wedges", len(cells), n)
	}
}
