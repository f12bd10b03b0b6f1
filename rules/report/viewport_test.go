package report

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// A name stands on what it names, also where the outline is bent.
func TestLabelsStandInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// A comb: columns of any height on a spine, and the same lying on its side.
		var ring orb.Ring
		columns := rapid.IntRange(1, 6).Draw(t, "columns")
		ring = append(ring, orb.Point{float64(columns * 10), 0}, orb.Point{0, 0})
		for i := range columns {
			h := rapid.Float64Range(1, 100).Draw(t, "height")
			ring = append(ring, orb.Point{float64(i * 10), h}, orb.Point{float64(i*10 + 10), h})
		}
		ring = append(ring, ring[0])
		if rapid.Bool().Draw(t, "lying") {
			for i := range ring {
				ring[i][0], ring[i][1] = ring[i][1], ring[i][0]
			}
		}
		c := viewport{frame: orb.Bound{Min: orb.Point{-10, -10}, Max: orb.Point{200, 200}}, scale: 10, height: 440}
		at, ok := c.middle(orb.MultiPolygon{{ring}})
		if !ok {
			t.Fatal("nothing visible")
		}
		// Back to the plane: x runs from the left edge, y from the top one.
		p := orb.Point{c.frame.Min[0] + at[0]*10/c.scale, c.frame.Max[1] - at[1]*10/c.scale}
		if !planar.RingContains(ring, p) {
			t.Fatalf("the name stands at %v, outside of %v", p, ring)
		}
	})
}
