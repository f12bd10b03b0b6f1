package report

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"landcheck/geo"
)

// Every figure that a person reads is made here. Figures round half away from
// zero, as the land survey standards do, on the decimal that the JSON report
// shows (its shortest form), so that 1.005 reads 1.01 and not 1.00.

const noValue = "—"

// fixed is x·times·10^shift to some places, with a comma between thousands.
func fixed(x float64, times int64, shift, places int) string {
	s := plain(x, times, shift, places)
	if s == noValue {
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

// plain is fixed without the commas.
func plain(x float64, times int64, shift, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return noValue
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

// SquareMetres shows m² to 0.01: "12,345.68".
func SquareMetres(m2 float64) string { return fixed(m2, 1, 0, 2) }

// Hectares shows m² as hm² to four decimals, as the review form does.
func Hectares(m2 float64) string { return fixed(m2, 1, -4, 4) }

// Percent shows a ratio to 0.01 %: "4.87 %".
func Percent(ratio float64) string { return fixed(ratio, 1, 2, 2) + " %" }

// percentPair shows a ratio and its limit with as many decimals as it takes to
// tell them apart, at most 8: 5.0003 % never reads as "5.00 % of 5.00 %".
func percentPair(value, limit float64) (string, string) {
	places := 2
	for places < 8 && value != limit && plain(value, 1, 2, places) == plain(limit, 1, 2, places) {
		places++
	}
	return fixed(value, 1, 2, places) + " %", fixed(limit, 1, 2, places) + " %"
}

// area shows m² with a unit fit for its size: hm² from one hectare up.
func area(m2 float64) geo.Text {
	switch a := math.Abs(m2); {
	case math.IsNaN(m2) || math.IsInf(m2, 0):
		return geo.Text{ZH: noValue, EN: noValue}
	case a >= 10000:
		n := fixed(m2, 1, -4, 2)
		return geo.Text{ZH: n + " 公顷", EN: n + " hm²"}
	case a > 0 && a < 0.005:
		return geo.Text{ZH: "不足 0.01 平方米", EN: "under 0.01 m²"}
	}
	n := SquareMetres(m2)
	return geo.Text{ZH: n + " 平方米", EN: n + " m²"}
}

// number shows a figure of no unit to at most some places, trailing zeros cut.
func number(x float64, places int) string {
	s := fixed(x, 1, 0, places)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
