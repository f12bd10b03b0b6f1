package geo

import (
	"landcheck/geo/portable"
)

// Krüger's series between the ellipsoid and the plane of Gauss-Krüger, to the
// sixth power of the third flattening n: what is left out is below 1e-9 m as far
// as 3 900 km from the meridian. L. Krüger, Konforme Abbildung des Erdellipsoids
// in der Ebene (1912); as in C. F. F. Karney, Transverse Mercator with an accuracy
// of a few nanometers (2011), equations 12, 35 and 36.
const (
	flattening = 1 / inverseFlattening
	n1         = flattening / (2 - flattening)
	n2         = n1 * n1
	n3         = n2 * n1
	n4         = n2 * n2
	n5         = n4 * n1
	n6         = n4 * n2

	// A meridian's length over 2π, metres. One number in two parts: the first is
	// exact in binary, so that no digit of a northing is lost in a product.
	rectifying     = semiMajor / (1 + n1) * (1 + n2/4 + n4/64 + n6/256)
	rectifyingHead = 6367449
	rectifyingTail = rectifying - rectifyingHead
)

// series are the factors of the sines of 2, 4 … 12 times an angle.
type series [6]float64

var (
	// toPlane turns the sphere of conformal latitudes into the plane.
	toPlane = series{
		n1/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
		13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
		61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
		49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
		34729*n5/80640 - 3418889*n6/1995840,
		212378941 * n6 / 319334400,
	}
	// toSphere is the way back, to be subtracted.
	toSphere = series{
		n1/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
		n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
		17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
		4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
		4583*n5/161280 - 108847*n6/3991680,
		20648693 * n6 / 638668800,
	}
	// toLatitude turns a conformal latitude into a geographic one.
	toLatitude = series{
		2*n1 - 2*n2/3 - 2*n3 + 116*n4/45 + 26*n5/45 - 2854*n6/675,
		7*n2/3 - 8*n3/5 - 227*n4/45 + 2704*n5/315 + 2323*n6/945,
		56*n3/15 - 136*n4/35 - 1262*n5/105 + 73814*n6/2835,
		4279*n4/630 - 332*n5/35 - 399572*n6/14175,
		4174*n5/315 - 144838*n6/6237,
		601676 * n6 / 22275,
	}
)

// sum adds up the sines of the multiples of a complex angle x+iy, radians, by
// Clenshaw's recurrence. Products are rounded by themselves: no processor may
// fuse them with a sum, and all give the same digits.
func (s *series) sum(x, y float64) (re, im float64) {
	sin, cos := portable.Sincos(2 * x)
	grow := portable.Exp(2 * y)
	sinh, cosh := (grow-1/grow)/2, (grow+1/grow)/2
	c, d := 2*float64(cos*cosh), -2*float64(sin*sinh) // twice the cosine of the double angle
	var re1, im1, re2, im2 float64                    // the last sum and the one before
	for i := len(s) - 1; i >= 0; i-- {
		nextRe := float64(c*re1) - float64(d*im1) - re2 + s[i]
		nextIm := float64(c*im1) + float64(d*re1) - im2
		re1, im1, re2, im2 = nextRe, nextIm, re1, im1
	}
	a, b := float64(sin*cosh), float64(cos*sinh) // its sine
	return float64(a*re1) - float64(b*im1), float64(a*im1) + float64(b*re1)
}
