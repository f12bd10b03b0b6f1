package report

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/wording"
)

// Figures are made by wording, for finding and report alike. Here are the forms
// that only reports have.

const noValue = wording.NoValue

// fixed is x·times·10^shift to some places, with a comma between thousands.
func fixed(x float64, times int64, shift, places int) string {
	return wording.Fixed(x, times, shift, places)
}

// SquareMetres shows m² to 0.01: "12,345.68".
func SquareMetres(m2 float64) string { return wording.InM2(m2) }

// Hectares shows m² as hm² to four decimals, as the review form does.
func Hectares(m2 float64) string { return wording.InHectares(m2) }

// Percent shows a ratio to 0.01 %: "4.87 %".
func Percent(ratio float64) string { return wording.Ratio(ratio) }

// area is m² in a sentence, in hm² with mu beside it.
func area(m2 float64) geo.Text { return wording.Area(m2) }

// number shows a figure of no unit to at most some places, trailing zeros cut.
func number(x float64, places int) string {
	s := fixed(x, 1, 0, places)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
