package portable

import "math"

// ln 2 in two parts, the first short enough for exact multiples.
const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// Exp is e to the power of x.
func Exp(x float64) float64 {
	const overflow, underflow = 7.09782712893383973096e+02, -7.45133219101941108420e+02
	switch {
	case math.IsNaN(x):
		return x
	case x > overflow:
		return math.Inf(1)
	case x < underflow:
		return 0
	case math.Abs(x) < 1.0/(1<<28):
		return 1 + x
	}
	k := math.Trunc(float64(math.Log2E*x) + math.Copysign(0.5, x))
	high, low := x-float64(k*ln2High), float64(k*ln2Low)
	r := high - low
	t := float64(r * r)
	c := r - float64(t*horner(t, 4.13813679705723846039e-08, -1.65339022054652515390e-06,
		6.61375632143793436117e-05, -2.77777777770155933842e-03, 1.66666666666666657415e-01))
	y := 1 - ((low - float64(r*c)/(2-c)) - high)
	return math.Ldexp(y, int(k))
}

// log1p is the natural logarithm of 1+x, x from -0.29 up.
func log1p(x float64) float64 {
	switch {
	case math.Abs(x) < 1.0/(1<<54):
		return x
	case math.Abs(x) < 1.0/(1<<29):
		return x - float64(float64(x*x)*0.5)
	case x < math.Sqrt2-1:
		return logNear(x, 0, 0)
	case math.IsInf(x, 1) || math.IsNaN(x):
		return x
	}
	u := 1 + x
	lost := 1 - (u - x) // by that sum
	if x < 1 {
		lost = x - (u - 1)
	}
	if x >= 1<<53 {
		u, lost = x, 0
	}
	fraction, k := math.Frexp(u)
	if fraction < math.Sqrt2/2 {
		fraction, k = 2*fraction, k-1
	}
	if k == 0 {
		lost = 0 // as in math
	}
	return logNear(fraction-1, float64(k), lost/u)
}

// logNear is the logarithm of (1+f)·2ᵏ, plus c, for f of -0.3 to 0.42.
func logNear(f, k, c float64) float64 {
	half := float64(float64(0.5*f) * f)
	high, low := float64(k*ln2High), float64(k*ln2Low)+c
	s := f / (2 + f)
	z := float64(s * s)
	rest := float64(z * horner(z, 1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01,
		2.222219843214978396e-01, 2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01))
	return high - ((half - (float64(s*(half+rest)) + low)) - f)
}
