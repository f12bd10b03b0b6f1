package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// MeasureLine is a measure on one line, value against limit and what is left:
// "4.87 % / 5.00 %，余 3.20 公顷".
func MeasureLine(m result.Measure, lang string) string { return line(m, lang) }

// StatusTitle names a status for a person.
func StatusTitle(s domain.Status) geo.Text { return s.Title() }

// ScopeTitle names a scope for a person.
func ScopeTitle(s result.Scope) geo.Text { return scopeName(s) }

// Pair puts two values of a unit in words, with as many decimals as it takes
// to tell them apart.
func Pair(unit string, a, b float64, lang string) (string, string) {
	switch unit {
	case "ratio":
		return percentPair(a, b)
	case "m2":
		return areaPair(a, b, lang)
	case "grade", "slope_class":
		return gradePair(a, b)
	}
	return number(a, 4), number(b, 4)
}
