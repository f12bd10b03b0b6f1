package report

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestFigures(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{SquareMetres(1.005), "1.01"},
		{SquareMetres(-1.005), "-1.01"},
		{SquareMetres(0.125), "0.13"},
		{SquareMetres(-0.004), "0.00"},
		{SquareMetres(1234567.891), "1,234,567.89"},
		{SquareMetres(999.995), "1,000.00"},
		{SquareMetres(1e21), "1,000,000,000,000,000,000,000.00"},
		{SquareMetres(5e-324), "0.00"},
		{SquareMetres(math.NaN()), "—"},
		{SquareMetres(math.Inf(-1)), "—"},
		{Hectares(12345.5), "1.2346"},
		{Hectares(0.5), "0.0001"},
		{Hectares(0.49), "0.0000"},
		{Hectares(-12345.5), "-1.2346"},
		{Percent(0.05), "5.00 %"},
		{Percent(0.048749999), "4.87 %"},
		{Percent(0.04875), "4.88 %"},
		{Percent(0.28999999999999998), "29.00 %"},
		{Percent(-0.00005), "-0.01 %"},
		{number(3, 4), "3"},
		{number(3.10, 4), "3.1"},
		{number(1000, 0), "1,000"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// A ratio just over its limit never reads as the limit.
func TestPairsAreToldApart(t *testing.T) {
	for _, c := range []struct {
		value        float64
		wantV, wantL string
	}{
		{0.05, "5.00 %", "5.00 %"},
		{0.0500003, "5.00003 %", "5.00000 %"},
		{0.049999, "4.9999 %", "5.0000 %"},
		{0.0612, "6.12 %", "5.00 %"},
	} {
		v, l := percentPair(c.value, 0.05)
		if v != c.wantV || l != c.wantL {
			t.Errorf("%v: got %q of %q, want %q of %q", c.value, v, l, c.wantV, c.wantL)
		}
	}
}

// Rounding agrees with exact arithmetic on the decimal that is written.
func TestRoundingIsHalfAwayFromZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mils := rapid.Int64Range(-1e12, 1e12).Draw(t, "thousandths")
		got, ok := new(big.Rat).SetString(plain(float64(mils)/1000, 1, 0, 2))
		if !ok {
			t.Fatal("not a number")
		}
		want := mils / 10
		switch rest := mils % 10; {
		case rest >= 5:
			want++
		case rest <= -5:
			want--
		}
		if got.Cmp(big.NewRat(want, 100)) != 0 {
			t.Fatalf("%d/1000: got %v, want %d/100", mils, got, want)
		}
	})
}
