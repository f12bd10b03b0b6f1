package kit

import (
	"math"

	"github.com/paulmach/orb"
)

// Of CGCS2000 (GRS 80): semi-major axis in m, square of the first eccentricity.
const (
	semiMajor = 6378137.0
	ecc2      = 0.006694380022900787
)

// Easting of the central meridian of the county's zone (37, 111° E).
const falseEasting = 37_500_000

// Area is the ellipsoidal area in m² of a figure in the county's zone. The
// projection is conformal, so a plane element stands for itself divided by the
// square of the scale there: Area integrates 1/m² over the figure, triangle by
// triangle, by the rule of edge midpoints (exact for quadratic integrands).
// Within 60 km of the meridian and for figures of some km it is good to 1e-9.
// It is not how the engine goes about it (TD/T 1055: sums over latitudes and
// longitudes), which is the point.
func Area(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, p := range mp {
		for i, r := range p {
			if a := math.Abs(ringArea(r)); i == 0 {
				sum += a
			} else {
				sum -= a
			}
		}
	}
	return sum
}

func ringArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i+1 < len(r); i++ {
		a, b, c := r[0], r[i], r[i+1]
		plane := ((b[0]-a[0])*(c[1]-a[1]) - (c[0]-a[0])*(b[1]-a[1])) / 2
		mean := (shrink(mid(a, b)) + shrink(mid(b, c)) + shrink(mid(c, a))) / 3
		sum += plane * mean
	}
	return sum
}

func mid(a, b orb.Point) orb.Point { return orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2} }

// shrink is 1/m² at a point: m = 1 + y²/2R² + y⁴/24R⁴ with the radius
// R² = MN at the latitude of the footpoint.
func shrink(p orb.Point) float64 {
	s := math.Sin(footpoint(p[1]))
	w := 1 - ecc2*s*s
	r2 := semiMajor * semiMajor * (1 - ecc2) / (w * w) // M·N
	q := (p[0] - falseEasting) * (p[0] - falseEasting) / r2
	m := 1 + q/2 + q*q/24
	return 1 / (m * m)
}

// footpoint is the latitude (radians) whose meridian arc from the equator is
// the northing, by the series in e1 (Snyder, USGS 1395, 3-26).
func footpoint(northing float64) float64 {
	mu := northing / (semiMajor * (1 - ecc2/4 - 3*ecc2*ecc2/64 - 5*ecc2*ecc2*ecc2/256))
	root := math.Sqrt(1 - ecc2)
	e := (1 - root) / (1 + root)
	return mu + (3*e/2-27*e*e*e/32)*math.Sin(2*mu) + (21*e*e/16-55*e*e*e*e/32)*math.Sin(4*mu) +
		151*e*e*e/96*math.Sin(6*mu)
}
