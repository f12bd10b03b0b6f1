package portable

import "math"

// Sinh is the hyperbolic sine.
func Sinh(x float64) float64 {
	a := math.Abs(x)
	if a > 0.5 {
		e := Exp(a)
		if a > 21 {
			return math.Copysign(e*0.5, x)
		}
		return math.Copysign((e-1/e)*0.5, x)
	}
	// Hart and Cheney, 2029.
	sq := float64(a * a)
	return math.Copysign(float64(horner(sq, -0.2630563213397497062819489e+2, -0.2894211355989563807284660366e+4,
		-0.8991272022039509355398013511e+5, -0.6307673640497716991184787251e+6)*a)/
		horner(sq, 1, -0.173678953558233699533450911e+3, 0.1521517378790019070696485176e+5, -0.6307673640497716991212077277e+6), x)
}

// Asinh is the inverse of Sinh; beyond 2 within two units in the last place of
// math's.
func Asinh(x float64) float64 {
	a := math.Abs(x)
	if a < 1.0/(1<<28) || !(a <= 1<<500) { // small, infinite, or not a number
		return x
	}
	sq := float64(a * a)
	return math.Copysign(log1p(a+sq/(1+math.Sqrt(1+sq))), x)
}

// Atanh is the inverse of the hyperbolic tangent; NaN beyond 1.
func Atanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a > 1 || math.IsNaN(x):
		return math.NaN()
	case a < 1.0/(1<<28):
		return x
	case a < 0.5:
		return math.Copysign(0.5*log1p(a+a+float64((a+a)*a)/(1-a)), x)
	}
	return math.Copysign(0.5*log1p((a+a)/(1-a)), x) // of infinity at 1
}
