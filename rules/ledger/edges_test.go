package ledger

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// jagged is a ring of n corners about a place.
func jagged(rng *rand.Rand, n int, x, y float64) orb.MultiPolygon {
	var r orb.Ring
	for i := range n {
		a, d := 2*math.Pi*float64(i)/float64(n), 100+20*rng.Float64()
		r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}

// TestIndexedOutlines: what is found by the index of a large outline is what is
// found by going through it.
func TestIndexedOutlines(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	joined := 0
	for range 200 {
		a, b := indexShape(jagged(rng, 400, 0, 0)), indexShape(jagged(rng, 3+rng.IntN(600), 180+40*rng.Float64(), 30*rng.Float64()))
		plainA, plainB := &indexedShape{outline: a.outline, box: a.box}, &indexedShape{outline: b.outline, box: b.box}
		if a.index == nil {
			t.Fatal("no index")
		}
		all := func(a, b *indexedShape) (lengths []float64) {
			bridges(a, b, 10, nil, func(_ [2]orb.Point, length float64) bool {
				lengths = append(lengths, length)
				return true
			})
			slices.Sort(lengths)
			return lengths
		}
		got, want := all(a, b), all(plainA, plainB)
		if !slices.Equal(got, want) {
			t.Fatalf("%d lines, plainly %d", len(got), len(want))
		}
		joined += len(want)
		at := orb.Point{150 * rng.Float64(), 150 * rng.Float64()}
		if a.within(at, 5) != plainA.within(at, 5) {
			t.Fatal(at)
		}
		line := [2]orb.Point{at, {at[0] + 3, at[1] + 2}}
		if meets(line, a) != meets(line, plainA) {
			t.Fatal(line)
		}
	}
	if joined == 0 {
		t.Error("nothing was joined")
	}
}
