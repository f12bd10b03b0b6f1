package geo_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

// TestSearchOthers finds what Search finds, without what is of the group asked
// about, also where groups were joined since.
func TestSearchOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		boxes := rapid.SliceOfN(boundGen(), 0, 400).Draw(t, "boxes")
		ix := geo.NewIndex(boxes)
		wide := rapid.IntRange(1, 50).Draw(t, "wide")
		group := make([]int, len(boxes))
		for i := range group {
			group[i] = (int(boxes[i].Min[0]) + 20) / wide
		}
		groups := ix.Groups(func(i int) int { return group[i] })
		if rapid.Bool().Draw(t, "joined") {
			for i := range group {
				group[i] /= 2
			}
		}
		everywhere := orb.Bound{Min: orb.Point{-20, -20}, Max: orb.Point{20, 20}}
		for _, q := range append(rapid.SliceOfN(boundGen(), 1, 20).Draw(t, "queries"), everywhere) {
			own := rapid.IntRange(0, 4).Draw(t, "own")
			want := slices.DeleteFunc(found(ix, q), func(i int) bool { return group[i] == own })
			var got []int
			groups.SearchOthers(q, func(i int) bool { return group[i] == own }, func(i int) bool { got = append(got, i); return true })
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%v finds %v, want %v", q, got, want)
			}
		}
	})
	// Drawn boxes are seldom so many that a node has one group alone.
	var boxes []orb.Bound
	for i := range 400 {
		boxes = append(boxes, orb.Bound{Min: orb.Point{float64(i), 0}, Max: orb.Point{float64(i), 1}})
	}
	asked := 0
	geo.NewIndex(boxes).Groups(func(i int) int { return i / 200 }).SearchOthers(orb.Bound{Max: orb.Point{400, 1}},
		func(i int) bool { asked++; return i < 200 }, func(int) bool { return true })
	if asked >= 400 {
		t.Error("no node was passed over as a whole")
	}
}
