package geo

import (
	"math"

	"landcheck/geo/portable"
)

// The series of TD/T 1055 annex (国土调查办发〔2008〕32号) for CGCS2000.
const (
	semiMinor = 6356752.314140356 // b, metres

	// Area of the zone below a latitude, by odd sines of the latitude.
	areaA = 1.0033640898341927
	areaB = 0.001124189381927124
	areaC = 1.699459473518905e-6
	areaD = 2.7178578455775555e-9
	areaE = 4.358419004834514e-12

	secondEccentricity2 = 0.006739496775478957 // e'²
	polarRadius         = 6399593.625864023    // c = a²/b, metres

	// Latitude of the foot point from the meridian arc: Krüger's series to n⁵
	// in powers of the sine. The annex prints its constants to eight digits or
	// so, which puts latitudes off by up to 1.2e-9°.
	foot0 = 1.5704876114545048e-07
	foot1 = 5.0525018131463081e-03
	foot2 = 2.9847290792406919e-05
	foot3 = 2.41627640164051e-07
	foot4 = 2.2233915555333806e-09
	foot5 = 2.1392189082787761e-11
)

// station is a point on the ellipsoid as the area series needs it.
type station struct {
	lat, lon float64 // radians; the longitude is from a reference meridian
	cosLat   float64
}

// inverseGaussKruger gives the latitude of a point and its longitude from the
// central meridian, from its northing and its easting from that meridian, in
// metres, for areas: faster than placeOf, and within 1e-9° up to 3.1° from the
// meridian; the terms in yn⁷ and yn⁸, which the standard leaves out, matter only
// beyond 2°.
func inverseGaussKruger(northing, easting float64) station {
	arc := float64(foot0 * northing)
	s, c := portable.Sincos(arc)
	s2 := float64(s * s)
	step := float64(c * s * (foot1 - float64(s2*(foot2-float64(s2*(foot3-float64(s2*(foot4-float64(s2*foot5)))))))))
	foot := arc + step

	// sin and cos of the foot point by turning through the step, which is
	// below 0.003: cheaper than a second sincos and as exact.
	sinStep, cosStep := sincosSmall(step)
	sinFoot := float64(s*cosStep) + float64(c*sinStep)
	cosFoot := float64(c*cosStep) - float64(s*sinStep)

	secFoot := 1 / cosFoot
	t := float64(sinFoot * secFoot)
	t2 := float64(t * t)
	n2 := float64(secondEccentricity2 * cosFoot * cosFoot)
	v2 := 1 + n2
	yn := float64(easting * math.Sqrt(v2) * (1 / polarRadius))
	y2 := float64(yn * yn)

	down := float64(v2 * t * y2 * (1.0/2 -
		float64(y2*(float64((5+float64(3*t2)+n2-float64(9*n2*t2))*(1.0/24))-
			float64(y2*(float64((61+float64(t2*(90+float64(45*t2)))+float64(n2*(46-float64(t2*(252+float64(90*t2))))))*(1.0/720))-
				float64(y2*(1385+float64(t2*(3633+float64(t2*(4095+float64(t2*1575))))))*(1.0/40320))))))))
	lon := float64(yn * secFoot * (1 -
		float64(y2*(float64((1+float64(2*t2)+n2)*(1.0/6))-
			float64(y2*(float64((5+float64(t2*(28+float64(24*t2)))+float64(n2*(6+float64(8*t2))))*(1.0/120))-
				float64(y2*(61+float64(t2*(662+float64(t2*(1320+float64(t2*720))))))*(1.0/5040))))))))

	// The cosine of foot - down, which is below 0.002 in a zone.
	sinDown, cosDown := sincosSmall(down)
	return station{lat: foot - down, lon: lon, cosLat: float64(cosFoot*cosDown) + float64(sinFoot*sinDown)}
}

// sincosSmall is the sine and cosine of an angle below 0.003, to the last bit
// or two.
func sincosSmall(x float64) (sin, cos float64) {
	x2 := float64(x * x)
	return float64(x * (1 - float64(x2*(1.0/6)*(1-float64(x2*(1.0/20)))))),
		1 - float64(x2*(1.0/2)*(1-float64(x2*(1.0/12)*(1-float64(x2*(1.0/30))))))
}

// trapezoid is the area in m² between the edge from a to b and the reference
// meridian, positive when it runs north on the east side. It is exactly
// antisymmetric: each operand below is symmetric in a and b but the step.
func trapezoid(a, b station) float64 {
	h := (b.lat - a.lat) / 2
	h2 := float64(h * h)
	sin := float64(h * (1 - float64(h2*(1.0/6)*(1-float64(h2*(1.0/20)))))) // h is below 0.001 after densification
	sec := 1 + float64(h2*(1.0/2)*(1+float64(h2*(5.0/12))))
	cos := float64((a.cosLat + b.cosLat) * 0.5 * sec) // cos Bm, from cos B1 + cos B2 = 2 cos Bm cos h

	// sin and cos of 3, 5, 7, 9 times the angle by recurrence.
	u, v := 2-float64(4*sin*sin), float64(4*cos*cos)-2 // 2cos2h, 2cos2Bm
	sin3, cos3 := float64((u+1)*sin), float64((v-1)*cos)
	sin5, cos5 := float64(u*sin3)-sin, float64(v*cos3)-cos
	sin7, cos7 := float64(u*sin5)-sin3, float64(v*cos5)-cos3
	sin9, cos9 := float64(u*sin7)-sin5, float64(v*cos7)-cos5
	sum := float64(areaA*sin*cos) - float64(areaB*sin3*cos3) + float64(areaC*sin5*cos5) - float64(areaD*sin7*cos7) + float64(areaE*sin9*cos9)
	return float64(semiMinor * semiMinor * (a.lon + b.lon) * sum)
}
