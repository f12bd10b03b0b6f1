package report

import (
	"landcheck/geo"
	"landcheck/rules"
)

// MeasureLine is a measure on one line, value against limit and what is left:
// "4.87 % / 5.00 %，余 3.20 公顷".
func MeasureLine(m rules.Measure, lang string) string { return line(m, lang) }

// StatusTitle names a status for a person.
func StatusTitle(s rules.Status) geo.Text { return statusWord(s) }
