package ledger

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestJoinAtCorners: shapes that share corners are joined as if each pair of them
// were looked at, with barriers about, and where not all corners are remembered.
func TestJoinAtCorners(t *testing.T) {
	defer func(most int) { mostCorners = most }(mostCorners)
	shared, apart := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		mostCorners = rapid.SampledFrom([]int{1 << 20, 8, 40}).Draw(t, "most")
		var shapes, barriers []*indexedShape
		for _, s := range drawFans(t) {
			shapes = append(shapes, indexShape(orb.MultiPolygon{s.Polygon}))
		}
		at := func(name string) orb.Point {
			return orb.Point{2 * float64(rapid.IntRange(-30, 30).Draw(t, name+"x")), 2 * float64(rapid.IntRange(-30, 30).Draw(t, name+"y"))}
		}
		for range rapid.IntRange(0, 60).Draw(t, "triangles") {
			a, b, c := at("a"), at("b"), at("c")
			if s := planar(orb.Ring{a, b, c, a}); s.Area != 0 {
				shapes = append(shapes, indexShape(orb.MultiPolygon{s.Polygon}))
			}
		}
		for range rapid.IntRange(0, 4).Draw(t, "barriers") {
			p := at("barrier")
			barriers = append(barriers, indexShape(orb.MultiPolygon{orb.Bound{Min: p, Max: orb.Point{p[0] + 1, p[1] + 40}}.ToPolygon()}))
		}
		gap := rapid.SampledFrom([]float64{0, 0.5, 3}).Draw(t, "gap")
		plain := grouping{shapes, newDisjointSets(len(shapes)), math.Max(gap, touching), barriers, indexOf(nil, barriers), nil}
		for a := range shapes {
			for b := range a {
				plain.pair(a, b)
			}
		}
		want := plain.groups.numbers()
		if got := join(nil, shapes, gap, barriers); !reflect.DeepEqual(got, want) {
			t.Fatalf("joined %v, pair by pair %v", got, want)
		}
		added := grouping{shapes, newDisjointSets(len(shapes)), plain.gap, barriers, plain.wallIndex, nil}
		if added.add(all(len(shapes)), indexOf(nil, nil), nil); !reflect.DeepEqual(added.groups.numbers(), want) {
			t.Fatalf("added %v, pair by pair %v", added.groups.numbers(), want)
		}
		alike := grouping{shapes: shapes, groups: newDisjointSets(len(shapes))}
		alike.joinAtCorners(all(len(shapes)))
		for i, n := range alike.groups.numbers() {
			if n == i {
				apart++
			} else {
				shared++
			}
		}
	})
	if shared == 0 || apart == 0 {
		t.Errorf("%d share a corner, %d do not", shared, apart)
	}
}
