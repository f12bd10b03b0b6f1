package kit

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// TestArea holds the integral of the map scale against golden values of
// geo (README.md, Area), rings up to 125 km from the meridian.
func TestArea(t *testing.T) {
	square := func(x, y, side float64) Shape {
		return Shape{{{{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}}}}
	}
	for _, c := range []struct {
		shape Shape
		want  float64
	}{
		{square(37_540_000, 4_562_900, 100), 9999.605},
		{square(37_540_000, 4_562_900, 1000), 999959.643},
		{square(37_625_600, 4_562_900, 1000), 999608.870},
	} {
		if got := Area(c.shape); math.Abs(got-c.want) > math.Max(0.001, 2e-8*c.want) {
			t.Errorf("%v: %.4f m², want %.3f", c.shape.Bound(), got, c.want)
		}
	}
	hole := Minus(Box(0, 0, 1, 1), Box(0.25, 0.25, 0.75, 0.75))
	if got, want := Area(hole), 0.75*Area(Box(0, 0, 1, 1)); math.Abs(got-want) > 0.01 {
		t.Errorf("a ring with a hole: %.3f m², want %.3f", got, want)
	}
	if got := Area(Shape{{orb.Ring{At(0, 0), At(1, 0), At(0, 1), At(0, 0)}}}); math.Abs(got-Area(Box(0, 0, 1, 1))/2) > 0.01 {
		t.Errorf("a triangle: %.3f m²", got)
	}
}
