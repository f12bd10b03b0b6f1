package geo

import (
	"math"
	"math/big"
	"slices"

	"github.com/paulmach/orb"
)

// Bound is the box of a multipolygon, empty if it has no points; empty parts
// do not count.
func Bound(mp orb.MultiPolygon) orb.Bound {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range mp {
		if len(p) == 0 {
			continue
		}
		for _, v := range p[0] { // compared by hand: min and max mind NaN and signed zeros, at thrice the cost
			if v[0] < b.minX {
				b.minX = v[0]
			}
			if v[0] > b.maxX {
				b.maxX = v[0]
			}
			if v[1] < b.minY {
				b.minY = v[1]
			}
			if v[1] > b.maxY {
				b.maxY = v[1]
			}
		}
	}
	return orb.Bound{Min: orb.Point{b.minX, b.minY}, Max: orb.Point{b.maxX, b.maxY}}
}

// Intersection is the box that two boxes share; empty where they share none.
func Intersection(a, b orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
}

// wind turns outer rings counter-clockwise and holes clockwise, in place: for
// results that nobody else holds yet.
func wind(mp orb.MultiPolygon) orb.MultiPolygon {
	for _, p := range mp {
		for i, r := range p {
			if a := PlaneRing(r); i == 0 && a < 0 || i > 0 && a > 0 {
				slices.Reverse(r)
			}
		}
	}
	return mp
}

// Location is where a point lies of a shape.
type Location byte

// The sides of a shape.
const (
	Outside Location = iota
	Inside
	OnBoundary
)

// Locate tells where a point lies of a multipolygon, exactly: no rounding
// moves a point across an edge. Rings count even-odd within a part, whichever
// way they run. A point on the edge of one part and inside another, as parts
// that overlap allow, is inside.
func Locate(p orb.Point, mp orb.MultiPolygon) Location {
	side := Outside
	for _, part := range mp {
		switch locatePart(p, part) {
		case Inside:
			return Inside
		case OnBoundary:
			side = OnBoundary
		}
	}
	return side
}

func locatePart(p orb.Point, part orb.Polygon) Location {
	side := Outside
	for _, r := range part {
		for i, b := range r {
			switch EastOf(p, r[(i+len(r)-1)%len(r)], b) {
			case OnBoundary:
				return OnBoundary
			case Inside:
				side ^= Inside
			}
		}
	}
	return side
}

// EastOf tells whether a ray to the east from p crosses the edge from a to b
// (Inside: once more, and p lies on the other side of the outline), or p lies on
// it. An edge whose box does not meet the ray is Outside. Locate is the sum of all
// edges; whoever has an index of them asks those about the ray.
func EastOf(p, a, b orb.Point) Location {
	if !(p[1] >= min(a[1], b[1]) && p[1] <= max(a[1], b[1]) && p[0] <= max(a[0], b[0])) {
		return Outside // NaN too
	}
	turn := orientation(a, b, p)
	if turn == 0 && p[0] >= min(a[0], b[0]) {
		return OnBoundary
	}
	// Edges hold their lower end only.
	if (a[1] > p[1]) != (b[1] > p[1]) && (turn > 0) == (b[1] > a[1]) {
		return Inside
	}
	return Outside
}

// orientation is the sign of the turn from a through b to p: 1 to the left, -1
// to the right, 0 on the line. Exact: sums too near zero for doubles are done
// in full (Shewchuk 1997, the first filter).
func orientation(a, b, p orb.Point) int {
	if (a[0] == p[0] || b[1] == p[1]) && (a[1] == p[1] || b[0] == p[0]) {
		return 0 // p is an end, or the line is level or upright
	}
	left := float64((a[0] - p[0]) * (b[1] - p[1]))
	right := float64((a[1] - p[1]) * (b[0] - p[0]))
	det := left - right
	const bound = (3 + 16*0x1p-53) * 0x1p-53
	if slack := float64(bound * (math.Abs(left) + math.Abs(right))); det > slack || -det > slack {
		if det > 0 {
			return 1
		}
		return -1
	}
	return exactOrientation(a, b, p)
}

func exactOrientation(a, b, p orb.Point) int {
	sub := func(x, y float64) *big.Float { // 2200 bits hold any sum of doubles
		return new(big.Float).SetPrec(2200).Sub(big.NewFloat(x), big.NewFloat(y))
	}
	mul := func(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(4400).Mul(x, y) }
	if !finite(a) || !finite(b) || !finite(p) {
		return 0
	}
	return mul(sub(a[0], p[0]), sub(b[1], p[1])).Cmp(mul(sub(a[1], p[1]), sub(b[0], p[0])))
}

// finite reports a point whose coordinates are numbers.
func finite(p orb.Point) bool {
	return !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1]) // infinity less itself is NaN
}
