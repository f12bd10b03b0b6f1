package geo

import (
	"math"

	"landcheck/geo/portable"
)

// Places are exact to half a unit in the last digit of a northing, 0.5e-9 m, and
// as good in degrees: what is large is kept in two parts, a head and what it
// lacks, and only what is small is computed.

// ellipsoidal is a place on the ellipsoid, radians; the longitude counts from
// the central meridian.
type ellipsoidal struct {
	head, rest float64 // latitude, as a sum
	lon        float64
}

// farthest is the easting over the radius from which on the series are worth
// nothing: as in PROJ, some 16 000 km from the meridian.
const farthest = 2.623395162778

// eccentricity is that of the meridian ellipse, e.
var eccentricity = math.Sqrt(flattening * (2 - flattening))

const (
	degreeHead = 143.0 / 8192 // of π/180; exact in binary
	degreeTail = math.Pi/180 - degreeHead
	radianHead = 57 // of 180/π
	radianTail = 180/math.Pi - radianHead
)

// fromDegrees is a place by latitude and by longitude from the central meridian,
// degrees; false beyond the poles.
func fromDegrees(lat, lon float64) (ellipsoidal, bool) {
	head := float64(lat * degreeHead)
	at := ellipsoidal{head: head, rest: math.FMA(lat, degreeHead, -head) + float64(lat*degreeTail)}
	lon = math.Remainder(lon, 360)
	at.lon = float64(lon*degreeHead) + float64(lon*degreeTail)
	return at, math.Abs(lat) <= 90 && !math.IsNaN(at.lon)
}

// degrees are those of fromDegrees.
func (at ellipsoidal) degrees() (lat, lon float64) {
	lat = float64(at.head * radianHead)
	lat += math.FMA(at.head, radianHead, -lat) + float64(at.head*radianTail) + float64(at.rest*(radianHead+radianTail))
	return lat, float64(at.lon*radianHead) + float64(at.lon*radianTail)
}

// forward is the northing from the equator and the easting from the central
// meridian, metres; false for a place that is too far from it.
func (at ellipsoidal) forward() (northing, easting float64, ok bool) {
	sin, cos := portable.Sincos(at.head + at.rest)
	tan := sin / cos
	sinLon, cosLon := portable.Sincos(at.lon)

	// The tangent of the conformal latitude, less that of the latitude.
	sigma := portable.Sinh(float64(eccentricity * portable.Atanh(float64(eccentricity*sin))))
	one := math.Sqrt(1 + float64(sigma*sigma))
	less := float64(tan*(float64(sigma*sigma)/(1+one))) - float64(sigma*math.Sqrt(1+float64(tan*tan)))
	conformal := tan + less

	// On the sphere: how far the place is from its own latitude, and from the
	// meridian.
	half, _ := portable.Sincos(at.lon / 2)
	up := portable.Atan2(less+float64(tan*(2*float64(half*half))), cosLon+float64(tan*conformal))
	side := portable.Asinh(sinLon / portable.Hypot(conformal, cosLon))

	north, east := toPlane.sum(at.head+at.rest+up, side)
	side += east
	return metres(at.head, at.rest+up+north), float64(side * rectifying), math.Abs(side) <= farthest
}

// metres are those of an angle along the meridian, given as a sum.
func metres(head, rest float64) float64 {
	m := float64(head * rectifyingHead)
	return m + (math.FMA(head, rectifyingHead, -m) + float64(head*rectifyingTail) + float64(rest*rectifying))
}

// placeOf is the place of a northing from the equator and an easting from the
// central meridian, metres; false for one that is too far from it.
func placeOf(northing, easting float64) (at ellipsoidal, ok bool) {
	// The angle along the meridian, and what its division leaves.
	at.head = northing / rectifying
	at.rest = (math.FMA(-at.head, rectifyingHead, northing) - float64(at.head*rectifyingTail)) / rectifying
	side := easting / rectifying
	if !(math.Abs(side) <= farthest) || !(math.Abs(at.head) <= math.Pi) {
		return at, false
	}
	north, east := toSphere.sum(at.head, side)
	sin, cos := portable.Sincos(at.head - north)
	sinh := portable.Sinh(side - east)
	at.lon = portable.Atan2(sinh, cos)

	// On the sphere: how far the place is from the latitude below it on the
	// meridian. Near it cos and far are all but the same.
	far := portable.Hypot(sinh, cos)
	less := cos - far
	if cos > 0 {
		less = -float64(sinh*sinh) / (far + cos)
	}
	up := portable.Atan2(float64(sin*less), float64(far*cos)+float64(sin*sin))
	latitude, _ := toLatitude.sum(at.head-north+up, 0)
	at.rest += up + latitude - north
	return at, !math.IsNaN(at.rest)
}
