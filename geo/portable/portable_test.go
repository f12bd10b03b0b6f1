package portable

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// functions are those of one argument beside math's, between limits; slack is how
// far they may be apart on amd64, of the value.
var functions = []struct {
	name      string
	own, math func(float64) float64
	from, to  float64
	slack     float64
}{
	{"sin", Sin, math.Sin, -100, 100, 0},
	{"cos", Cos, math.Cos, -100, 100, 0},
	{"exp", Exp, math.Exp, -30, 30, 4.5e-16},
	{"sinh", Sinh, math.Sinh, -0.5, 0.5, 0},
	{"sinh, far", Sinh, math.Sinh, -30, 30, 9e-16},
	{"asinh", Asinh, math.Asinh, -2, 2, 0},
	{"asinh, far", Asinh, math.Asinh, -1e6, 1e6, 4.5e-16},
	{"asinh, near", Asinh, math.Asinh, -1e-6, 1e-6, 0},
	{"atanh", Atanh, math.Atanh, -1, 1, 0},
	{"atanh, near", Atanh, math.Atanh, -1e-6, 1e-6, 0},
	{"asin", Asin, math.Asin, -1, 1, 0},
	{"log1p", log1p, math.Log1p, -0.29, 1e20, 0},
	{"log1p, near", log1p, math.Log1p, -0.29, 2, 0},
}

// near tells two values apart; elsewhere than on amd64 math's own last digits are
// others.
func near(a, b, slack float64) bool {
	if runtime.GOARCH != "amd64" {
		slack = max(slack, 9e-16)
	}
	return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= slack*max(math.Abs(a), math.Abs(b))
}

// odd are values that take ways of their own.
func odd() []float64 {
	var all []float64
	for _, x := range []float64{0, 1e-320, 1e-17, 1e-9, 0.29, 0.41421356237309503, 0.5, 0.66, 0.7, 1, 2, 2.414213562373095, 21, 1e3, 1e12, 1e300, math.Inf(1)} {
		all = append(all, math.Nextafter(x, -1), x, math.Nextafter(x, math.Inf(1)), -x)
	}
	for k := range 80 {
		all = append(all, float64(k-40)*math.Pi/4, float64(k-40)*math.Pi/4+1e-9)
	}
	return append(all, math.NaN())
}

// TestAsMath: to the bit as the standard library where that fuses nothing.
func TestAsMath(t *testing.T) {
	for _, f := range functions {
		same := func(t interface{ Fatalf(string, ...any) }, x float64) {
			if got, want := f.own(x), f.math(x); !near(got, want, f.slack) {
				t.Fatalf("%s of %v: %v, want %v", f.name, x, got, want)
			}
		}
		for _, x := range odd() {
			if x >= f.from && x <= f.to || math.IsNaN(x) {
				same(t, x)
			}
		}
		rapid.Check(t, func(t *rapid.T) { same(t, rapid.Float64Range(f.from, f.to).Draw(t, "x")) })
	}
}

func TestOfTwoAsMath(t *testing.T) {
	same := func(t interface{ Fatalf(string, ...any) }, x, y float64) {
		if got, want := Hypot(x, y), math.Hypot(x, y); !near(got, want, 0) {
			t.Fatalf("Hypot(%v, %v): %v, want %v", x, y, got, want)
		}
		if got, want := Atan2(x, y), math.Atan2(x, y); !near(got, want, 0) || math.Signbit(got) != math.Signbit(want) {
			t.Fatalf("Atan2(%v, %v): %v, want %v", x, y, got, want)
		}
	}
	for _, x := range odd() {
		for _, y := range odd() {
			same(t, x, y)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t, rapid.Float64().Draw(t, "x"), rapid.Float64().Draw(t, "y"))
	})
}

// TestSameDigits: the same bits on every processor. The digest is of what amd64
// gives.
func TestSameDigits(t *testing.T) {
	h := sha256.New()
	add := func(x float64) {
		if math.IsNaN(x) { // of many bits
			x = 0
		}
		_ = binary.Write(h, binary.LittleEndian, x)
	}
	for _, f := range functions {
		for i := range 20001 {
			add(f.own(f.from + float64(float64(f.to-f.from)*(float64(i)/20000))))
		}
	}
	for i := range 200 {
		for j := range 200 {
			add(Hypot(float64(i)/7-3, float64(j)/11))
			add(Atan2(float64(i)/7-13, float64(j)/11-9))
		}
	}
	const want = "c05c6460335a01f392defe1b30f377ce81ac12d54e1f1304e7ca543933fadae6"
	if got := fmt.Sprintf("%x", h.Sum(nil)); got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

func BenchmarkFunctions(b *testing.B) {
	for _, f := range functions {
		b.Run(f.name, func(b *testing.B) {
			for i := range b.N {
				f.own(0.1 + float64(i&63)*1e-4)
			}
		})
		b.Run(f.name+", math", func(b *testing.B) {
			for i := range b.N {
				f.math(0.1 + float64(i&63)*1e-4)
			}
		})
	}
}

func TestPowerOfTen(t *testing.T) {
	for x, want := range map[float64]float64{0: 0, -3: 0, math.Inf(1): 0, math.NaN(): 0, 1000: 1000, 999.9999999999999: 100, 0.001: 0.001, 0.00099: 0.0001, 7: 1, 1e300: 1e300} {
		if got := PowerOfTen(x); got != want {
			t.Errorf("%v: %v, want %v", x, got, want)
		}
	}
}
