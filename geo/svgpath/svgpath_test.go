package svgpath

import (
	"strconv"
	"strings"
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
		c := View{Frame: orb.Bound{Min: orb.Point{-10, -10}, Max: orb.Point{200, 200}}, Scale: 100}
		at, ok := c.Middle(orb.MultiPolygon{{ring}})
		if !ok {
			t.Fatal("nothing visible")
		}
		// Back to the plane: x runs from the left edge, y from the top one.
		p := orb.Point{c.Frame.Min[0] + at[0]/c.Scale, c.Frame.Max[1] - at[1]/c.Scale}
		if !planar.RingContains(ring, p) {
			t.Fatalf("the name stands at %v, outside of %v", p, ring)
		}
	})
}

// Holes stay open and what overlaps is joined, whichever way rings turn: with the
// rule "nonzero", each point's winding is counted here.
func TestHolesAndOverlaps(t *testing.T) {
	square := func(x, y, side float64) orb.Ring {
		return orb.Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
	}
	v := View{Frame: orb.Bound{Max: orb.Point{100, 100}}, Scale: 10, Detail: .1, Smallest: 5}
	for turn := range 4 {
		outer, hole := square(10, 10, 50), square(20, 20, 20)
		if turn&1 == 1 {
			outer.Reverse()
		}
		if turn&2 == 2 {
			hole.Reverse()
		}
		p := v.Path()
		p.Draw(orb.MultiPolygon{{outer, hole}, {square(50, 50, 30)}})
		for at, want := range map[orb.Point]bool{{15, 15}: true, {30, 30}: false, {55, 55}: true, {75, 75}: true, {90, 90}: false} {
			if got := winding(t, p.Data(), v.Point(at)) != 0; got != want {
				t.Errorf("rings turned %d: %v is filled: %t, in %s", turn, at, got, p.Data())
			}
		}
	}
}

// winding reads a path of M, l and z and counts how often it goes round a point.
func winding(t *testing.T, data string, at orb.Point) int {
	t.Helper()
	n := 0
	for _, part := range strings.Split(strings.TrimSuffix(data, "z"), "z") {
		start, rest, _ := strings.Cut(part[1:], "l")
		numbers := func(s string) (all []float64) {
			for _, f := range strings.Fields(strings.ReplaceAll(s, "-", " -")) {
				x, err := strconv.ParseFloat(f, 64)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, x)
			}
			return all
		}
		s, d := numbers(start), numbers(rest)
		ring := orb.Ring{{s[0], s[1]}}
		for i := 0; i+1 < len(d); i += 2 {
			last := ring[len(ring)-1]
			ring = append(ring, orb.Point{last[0] + d[i], last[1] + d[i+1]})
		}
		ring = append(ring, ring[0])
		if planar.RingContains(ring, at) {
			n += int(ring.Orientation())
		}
	}
	return n
}

// What is too small to be seen is a square, and a hundred of it on one spot are one.
func TestSmallIsSeen(t *testing.T) {
	v := View{Frame: orb.Bound{Max: orb.Point{100, 100}}, Scale: 1, Detail: .1, Smallest: 30}
	p := v.Path()
	for range 100 {
		p.Draw(orb.MultiPolygon{{{{50, 50}, {51, 50}, {51, 51}, {50, 51}, {50, 50}}}})
	}
	if got := p.Data(); got != "M30 30h30v30h-30z" {
		t.Errorf("drawn as %s", got)
	}
}
