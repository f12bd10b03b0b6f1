package evaluation

import "math/big"

// total adds with Neumaier's compensation: 100 000 faces keep their 0.01 m².
type total struct{ s, c float64 }

func (t *total) add(x float64) {
	n := t.s + x
	if abs(t.s) >= abs(x) {
		t.c += (t.s - n) + x
	} else {
		t.c += (x - n) + t.s
	}
	t.s = n
}

func (t *total) sum() float64 { return t.s + t.c }

func abs(x float64) float64 { return max(x, -x) }

func sumOf(xs []float64) float64 {
	var t total
	for _, x := range xs {
		t.add(x)
	}
	return t.sum()
}

// metres turns 0.01 m² into m².
func metres(r *big.Rat) float64 {
	f, _ := new(big.Rat).Quo(r, big.NewRat(100, 1)).Float64()
	return f
}
