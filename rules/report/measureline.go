package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// MeasureLine is a measure on one line, value against limit and what is left:
// "实测 4.87 %，上限 5.00 %，余 3.2000 公顷（48.00 亩）".
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
		return wording.RatioPair(a, b)
	case "m2":
		v, l := wording.AreaPair(a, b)
		return v.In(lang), l.In(lang)
	case "grade", "slope_class":
		return gradePair(a, b)
	}
	return number(a, 4), number(b, 4)
}
