package geo

import (
	"math"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// TestSincos: to the bit as the standard library on a processor that fuses
// nothing, and within a unit in the last place elsewhere.
func TestSincos(t *testing.T) {
	slack := 0.0
	if runtime.GOARCH != "amd64" {
		slack = 2.3e-16
	}
	same := func(t interface{ Fatalf(string, ...any) }, x float64) {
		sin, cos := sincos(x)
		wantSin, wantCos := math.Sincos(x)
		if !(math.Abs(sin-wantSin) <= slack && math.Abs(cos-wantCos) <= slack) {
			t.Fatalf("%v: %v, %v; want %v, %v", x, sin, cos, wantSin, wantCos)
		}
	}
	for k := -40; k <= 40; k++ {
		for _, off := range []float64{-1e-9, 0, 1e-9} {
			same(t, float64(k)*math.Pi/4+off)
		}
	}
	rapid.Check(t, func(t *rapid.T) { same(t, rapid.Float64Range(-100, 100).Draw(t, "x")) })
	for _, x := range []float64{math.NaN(), math.Inf(1), 1e12} {
		sin, cos := sincos(x)
		if wantSin, _ := math.Sincos(x); !(math.IsNaN(sin) && math.IsNaN(cos)) && sin != wantSin {
			t.Errorf("%v: %v, %v", x, sin, cos)
		}
	}
}

func BenchmarkSincos(b *testing.B) {
	b.Run("own", func(b *testing.B) {
		for i := range b.N {
			sincos(.7 + float64(i&63)*1e-4)
		}
	})
	b.Run("standard", func(b *testing.B) {
		for i := range b.N {
			math.Sincos(.7 + float64(i&63)*1e-4)
		}
	})
}
