package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Shoelace sums the signed area of a ring on the plane point by point, as its
// reader comes to them: counter-clockwise is positive. All is counted from the
// ring's first point, so that eight-digit eastings do not eat the decimals.
type Shoelace struct {
	x0, y0, x, y, twice float64
}

// NewShoelace begins with a ring's first point.
func NewShoelace(x, y float64) Shoelace { return Shoelace{x0: x, y0: y} }

// Add goes on to the next point.
func (s *Shoelace) Add(x, y float64) {
	x, y = x-s.x0, y-s.y0
	s.twice += float64(s.x*y) - float64(x*s.y)
	s.x, s.y = x, y
}

// Area is that of the points so far, closed by the first.
func (s *Shoelace) Area() float64 { return s.twice / 2 }

// PlaneRing is the signed area of a ring on the plane, closed or not.
func PlaneRing(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	s := NewShoelace(r[0][0], r[0][1])
	for _, p := range r[1:] {
		s.Add(p[0], p[1])
	}
	return s.Area()
}

// PlaneArea is the area of polygons on the plane, their holes left out, in the
// unit of the coordinates squared.
func PlaneArea(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, p := range mp {
		for i, r := range p {
			if a := math.Abs(PlaneRing(r)); i == 0 {
				sum += a
			} else {
				sum -= a
			}
		}
	}
	return sum
}
