package portable

import "math"

// Atan2 is the direction of a place, radians from the axis of x, in (-π, π].
func Atan2(y, x float64) float64 {
	if y == 0 || x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0) || math.IsNaN(x) || math.IsNaN(y) {
		return math.Atan2(y, x) // a multiple of π/4
	}
	q := math.Copysign(arctangent(math.Abs(y/x)), y/x)
	switch {
	case x > 0:
		return q
	case q <= 0:
		return q + math.Pi
	}
	return q - math.Pi
}

// Asin is the angle whose sine is x; NaN beyond 1.
func Asin(x float64) float64 {
	a := math.Abs(x)
	cos := math.Sqrt(1 - float64(a*a))
	if a > 0.7 {
		return math.Copysign(math.Pi/2-arctangent(cos/a), x)
	}
	return math.Copysign(arctangent(a/cos), x)
}

// arctangent is that of x from 0 up.
func arctangent(x float64) float64 {
	const rest = 6.123233995736765886130e-17 // of π/2
	switch {
	case x <= 0.66:
		return nearZero(x)
	case x > 1+math.Sqrt2: // the tangent of 3π/8
		return math.Pi/2 - nearZero(1/x) + rest
	}
	return math.Pi/4 + nearZero((x-1)/(x+1)) + 0.5*rest
}

func nearZero(x float64) float64 {
	z := float64(x * x)
	z = float64(z*horner(z, -8.750608600031904122785e-01, -1.615753718733365076637e+01, -7.500855792314704667340e+01,
		-1.228866684490136173410e+02, -6.485021904942025371773e+01)) /
		horner(z, 1, 2.485846490142306297962e+01, 1.650270098316988542046e+02, 4.328810604912902668951e+02,
			4.853903996359136964868e+02, 1.945506571482613964425e+02)
	return float64(x*z) + x
}
