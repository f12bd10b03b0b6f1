package ledger

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestJoinManySticks: strips that run aslant side by side, more than are looked
// at one by one, are joined as if each pair of them were looked at.
func TestJoinManySticks(t *testing.T) {
	apart, joined := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(manyAround+2, 3*manyAround).Draw(t, "n")
		turned, gap := rapid.Float64Range(0, math.Pi).Draw(t, "turned"), rapid.SampledFrom([]float64{0, 0.5, 2}).Draw(t, "gap")
		figures := make([]*figure, n)
		across := 0.0
		for i := range figures {
			across += rapid.Float64Range(0.9, 4).Draw(t, "step")
			figures[i] = figureOf(stick(-across*math.Sin(turned), across*math.Cos(turned), 300, 1, turned+rapid.Float64Range(-0.001, 0.001).Draw(t, "tilt")))
		}
		want := newGroups(n)
		for a := range figures {
			for b := range a {
				bridges(figures[b], figures[a], max(gap, touching), func([2]orb.Point, float64) bool {
					want.join(a, b)
					return false
				})
			}
		}
		if got := join(figures, gap, nil); !reflect.DeepEqual(got, want.numbers()) {
			t.Fatalf("joined %v, pair by pair %v", got, want.numbers())
		}
		for a, l := 0, laneOf(figures[0]); a < n; a++ {
			if l.clear(figures[a], gap) {
				apart++
			} else {
				joined++
			}
		}
	})
	if apart == 0 || joined == 0 {
		t.Errorf("%d lie apart, %d do not", apart, joined)
	}
}
