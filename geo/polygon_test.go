package geo_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

func TestBound(t *testing.T) {
	if b := geo.Bound(nil); !b.IsEmpty() {
		t.Errorf("nothing has the box %v", b)
	}
	if b := geo.Bound(orb.MultiPolygon{{}, {{}}}); !b.IsEmpty() {
		t.Errorf("empty parts have the box %v", b)
	}
	mp := orb.MultiPolygon{{}, {square(10, 20, 5, 5), square(0, 0, 99, 99)}, {square(-3, 1, 1, 1)}}
	if b, want := geo.Bound(mp), bound(-3, 1, 15, 25); b != want {
		t.Errorf("%v, want %v", b, want)
	}
}

func TestLocate(t *testing.T) {
	donut := orb.MultiPolygon{{square(0, 0, 10, 10), square(4, 4, 2, 2)}, {square(4.5, 4.5, 1, 1)}, {square(10, 0, 5, 5)}}
	for p, want := range map[orb.Point]geo.Location{
		{1, 1}: geo.Inside, {5, 5}: geo.Inside, {4.2, 5}: geo.Outside, {4, 5}: geo.OnBoundary, {4.5, 5}: geo.OnBoundary,
		{0, 0}: geo.OnBoundary, {10, 10}: geo.OnBoundary, {10, 3}: geo.OnBoundary, {12, 3}: geo.Inside,
		{-1, 0}: geo.Outside, {-1, 10}: geo.Outside, {16, 5}: geo.Outside, {5, -1}: geo.Outside, {5, 11}: geo.Outside,
		{3, 4}: geo.Inside, {3, 6}: geo.Inside, {math.NaN(), 5}: geo.Outside,
	} {
		if got := geo.Locate(p, donut); got != want {
			t.Errorf("%v is %v, want %v", p, got, want)
		}
	}
	if geo.Locate(orb.Point{}, nil) != geo.Outside || geo.Locate(orb.Point{}, orb.MultiPolygon{{{}}}) != geo.Outside {
		t.Error("a point in nothing")
	}
}

// Points a few ulps from a slanted edge, judged in rational numbers.
func TestLocateIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coord := rapid.Float64Range(37500000, 37500100)
		a := orb.Point{coord.Draw(t, "ax"), coord.Draw(t, "ay")}
		b := orb.Point{coord.Draw(t, "bx"), coord.Draw(t, "by")}
		f := rapid.Float64Range(0.1, 0.9).Draw(t, "f")
		p := orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])}
		for range rapid.IntRange(0, 2).Draw(t, "ulps") {
			p[0] = math.Nextafter(p[0], math.Inf(1))
		}
		c := orb.Point{37400000, 37600000} // makes a triangle west of the edge or across it
		d1, d2, d3 := turn(a, b, p), turn(b, c, p), turn(c, a, p)
		want := geo.Outside
		if d1 == d2 && d2 == d3 && d1 != 0 {
			want = geo.Inside
		}
		if (d1 == 0 || d2 == 0 || d3 == 0) && onRing(p, a, b, c) {
			want = geo.OnBoundary
		}
		for _, r := range []orb.Ring{{a, b, c, a}, {c, b, a, c}, {a, b, c}} {
			if got := geo.Locate(p, orb.MultiPolygon{{r}}); got != want {
				t.Fatalf("%v in %v is %v, want %v", p, r, got, want)
			}
		}
	})
}

func rat(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }

func turn(a, b, p orb.Point) int {
	sub := func(x, y float64) *big.Rat { return new(big.Rat).Sub(rat(x), rat(y)) }
	l := new(big.Rat).Mul(sub(b[0], a[0]), sub(p[1], a[1]))
	r := new(big.Rat).Mul(sub(b[1], a[1]), sub(p[0], a[0]))
	return l.Cmp(r)
}

func onRing(p orb.Point, ring ...orb.Point) bool {
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		if turn(a, b, p) == 0 && (orb.MultiPoint{a, b}).Bound().Contains(p) {
			return true
		}
	}
	return false
}
