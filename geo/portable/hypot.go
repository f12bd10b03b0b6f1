package portable

import "math"

// Hypot is the length of p and q, which neither overflows nor vanishes on the way.
func Hypot(p, q float64) float64 {
	p, q = math.Abs(p), math.Abs(q)
	if p < q {
		p, q = q, p
	}
	switch {
	case math.IsInf(p, 1) || math.IsInf(q, 1):
		return math.Inf(1)
	case p == 0 || math.IsNaN(p) || math.IsNaN(q):
		return p + q
	}
	q /= p
	return p * math.Sqrt(1+float64(q*q))
}
