package wording

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestFigures(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{InM2(1.005), "1.01"},
		{InM2(-1.005), "-1.01"},
		{InM2(0.125), "0.13"},
		{InM2(-0.004), "0.00"},
		{InM2(1234567.891), "1,234,567.89"},
		{InM2(999.995), "1,000.00"},
		{InM2(1e21), "1,000,000,000,000,000,000,000.00"},
		{InM2(5e-324), "0.00"},
		{InM2(math.NaN()), "—"},
		{InM2(math.Inf(-1)), "—"},
		{InHectares(12345.5), "1.2346"},
		{InHectares(0.5), "0.0001"},
		{InHectares(0.49), "0.0000"},
		{InHectares(-12345.5), "-1.2346"},
		{Ratio(0.05), "5.00 %"},
		{Ratio(0.048749999), "4.87 %"},
		{Ratio(0.04875), "4.88 %"},
		{Ratio(0.28999999999999998), "29.00 %"},
		{Ratio(-0.00005), "-0.01 %"},
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
		v, l := RatioPair(c.value, 0.05)
		if v != c.wantV || l != c.wantL {
			t.Errorf("%v: got %q of %q, want %q of %q", c.value, v, l, c.wantV, c.wantL)
		}
	}
}

// Sentences speak of hectares and mu, of square metres where those would round
// away what there is; an area is told apart from its limit.
func TestAreas(t *testing.T) {
	for _, c := range []struct {
		m2     float64
		zh, en string
	}{
		{25230.4, "2.5230 公顷（37.85 亩）", "2.5230 hm² (37.85 mu)"},
		{-12345678.9, "-1,234.5679 公顷（-18,518.52 亩）", "-1,234.5679 hm² (-18,518.52 mu)"},
		{100, "0.0100 公顷（0.15 亩）", "0.0100 hm² (0.15 mu)"},
		{99.999, "100.00 平方米", "100.00 m²"},
		{0.004, "不足 0.01 平方米", "under 0.01 m²"},
		{0, "0.00 平方米", "0.00 m²"},
	} {
		if got := Area(c.m2); got.ZH != c.zh || got.EN != c.en {
			t.Errorf("%v: got %q, want %q and %q", c.m2, got, c.zh, c.en)
		}
	}
	for _, c := range []struct {
		value, limit float64
		wantV, wantL string
	}{
		{445400, 418200, "44.5400 公顷", "41.8200 公顷"},
		{31200.4, 31200.3, "31,200.40 平方米", "31,200.30 平方米"},
		{10000.001, 10000, "10,000.001 平方米", "10,000.000 平方米"},
		{-31200, 0, "-3.1200 公顷", "0"},
	} {
		if v, l := AreaPair(c.value, c.limit); v.ZH != c.wantV || l.ZH != c.wantL {
			t.Errorf("got %q of %q, want %q of %q", v.ZH, l.ZH, c.wantV, c.wantL)
		}
	}
}

// Rounding agrees with exact arithmetic on the decimal that is written.
func TestRoundingIsHalfAwayFromZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mils := rapid.Int64Range(-1e12, 1e12).Draw(t, "thousandths")
		got, ok := new(big.Rat).SetString(Plain(float64(mils)/1000, 1, 0, 2))
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
