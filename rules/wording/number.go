package wording

import (
	"fmt"
	"math"
	"strconv"

	"landcheck/geo"
)

// Number writes a number without an exponent and without trailing zeros.
func Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Mu is one 亩 in m².
const Mu = 10000.0 / 15

// SquareMetres is an area to 0.01 m² with, from 100 m² on, hectares and mu beside it.
func SquareMetres(m2 float64) geo.Text {
	m := geo.RoundArea(m2)
	if math.Abs(m) < 100 {
		return Same(fmt.Sprintf("%.2f m²", m))
	}
	return geo.Text{
		ZH: fmt.Sprintf("%.2f m²（%.4f 公顷，%.2f 亩）", m, m/10000, m/Mu),
		EN: fmt.Sprintf("%.2f m² (%.4f ha, %.2f mu)", m, m/10000, m/Mu),
	}
}

// Percent writes a share; where it would read like the limit although it is
// not equal to it, it gets more decimals.
func Percent(value, limit float64) string {
	for d := 2; d < 8; d++ {
		v, l := strconv.FormatFloat(value*100, 'f', d, 64), strconv.FormatFloat(limit*100, 'f', d, 64)
		if v != l || value == limit {
			return v + " %"
		}
	}
	return strconv.FormatFloat(value*100, 'g', 12, 64) + " %"
}
