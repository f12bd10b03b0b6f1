package wording

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"landcheck/geo"
)

// Every figure that a person reads is made here, in every format. Figures round
// half away from zero, as the land survey standards do, on the decimal that the
// JSON report shows (its shortest form), so that 1.005 reads 1.01 and not 1.00.

// NoValue stands where a figure has no value.
const NoValue = "—"

// Fixed is x·times·10^shift to some places, with a comma between thousands.
func Fixed(x float64, times int64, shift, places int) string {
	s := Plain(x, times, shift, places)
	if s == NoValue {
		return s
	}
	whole, frac, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if frac != "" {
		b.WriteString("." + frac)
	}
	return b.String()
}

// Plain is Fixed without the commas.
func Plain(x float64, times int64, shift, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return NoValue
	}
	digits, exp := strings.TrimPrefix(strconv.FormatFloat(x, 'e', -1, 64), "-"), 0
	if m, e, ok := strings.Cut(digits, "e"); ok {
		exp, _ = strconv.Atoi(e)
		w, f, _ := strings.Cut(m, ".")
		digits, exp = w+f, exp-len(f)
	}
	n, _ := new(big.Int).SetString(digits, 10)
	n.Mul(n, big.NewInt(times))
	if e := exp + shift + places; e >= 0 {
		n.Mul(n, pow10(e))
	} else {
		unit := pow10(-e)
		n.Mul(n, big.NewInt(2)).Add(n, unit).Quo(n, unit.Mul(unit, big.NewInt(2)))
	}
	s := n.String()
	if len(s) <= places {
		s = strings.Repeat("0", places-len(s)+1) + s
	}
	if places > 0 {
		s = s[:len(s)-places] + "." + s[len(s)-places:]
	}
	if x < 0 && n.Sign() != 0 {
		s = "-" + s
	}
	return s
}

func pow10(e int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(e)), nil) }

// Number writes a number without an exponent and without trailing zeros.
func Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Ratio shows a ratio to 0.01 %: "4.87 %".
func Ratio(x float64) string { return Fixed(x, 1, 2, 2) + " %" }

// RatioPair shows a ratio and its limit with as many decimals as it takes to
// tell them apart, at most 8: 5.0003 % never reads as 5.00 % beside 5.00 %.
func RatioPair(value, limit float64) (string, string) {
	places := 2
	for places < 8 && value != limit && Plain(value, 1, 2, places) == Plain(limit, 1, 2, places) {
		places++
	}
	return Fixed(value, 1, 2, places) + " %", Fixed(limit, 1, 2, places) + " %"
}

// Percent is a ratio as RatioPair shows it beside a limit.
func Percent(value, limit float64) string {
	v, _ := RatioPair(value, limit)
	return v
}

// Bound names the side of a limit on which a value has to stay, by the operator
// that holds it there.
func Bound(op string) geo.Text {
	switch op {
	case "<=":
		return geo.Text{ZH: "上限", EN: "at most"}
	case ">=":
		return geo.Text{ZH: "下限", EN: "at least"}
	}
	return Same(op)
}
