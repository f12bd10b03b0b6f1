package report

import (
	"math"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// measureText is a measure in words.
type measureText struct {
	Value, Limit string // Limit empty when the value is only shown
	Margin       geo.Text
}

// textOfMeasure puts a measure in words: "4.87 %" against "5.00 %", 余 3.2000 公顷（48.00 亩）.
func textOfMeasure(m result.Measure, lang string) measureText {
	var f measureText
	f.Value, f.Limit = Pair(m.Unit, m.Value, m.Limit, lang)
	if m.Op == "" {
		f.Limit = ""
		return f
	}
	if forbidden(m) {
		// What must not be there at all has no margin to speak of.
		if m.Value == 0 {
			f.Value, f.Limit = geo.Text{ZH: "无", EN: "none"}.In(lang), ""
		}
		return f
	}
	f.Margin = marginText(m, area)
	return f
}

// forbidden reports a measure of something that must not be: at most nothing,
// and not the difference of two areas.
func forbidden(m result.Measure) bool {
	return m.Op == "<=" && m.Limit == 0 && m.Value >= 0 && (m.Unit == "m2" || m.Unit == "count") && (len(m.Terms) == 0 || !ofAreas(m))
}

func gradePair(value, limit float64) (string, string) {
	places := 2
	for places < 6 && value != limit && wording.Plain(value, 1, 0, places) == wording.Plain(limit, 1, 0, places) {
		places++
	}
	return fixed(value, 1, 0, places), fixed(limit, 1, 0, places)
}

// marginText says what is left to the limit, or by how much it is missed; areas
// in the words of a function.
func marginText(m result.Measure, area func(m2 float64) geo.Text) geo.Text {
	amount := marginAmount(m, area)
	switch {
	case math.IsNaN(m.Margin):
		return geo.Text{}
	case m.Margin == 0:
		return geo.Text{ZH: "恰好达到", EN: "exactly at the limit"}
	case m.Margin > 0:
		return geo.Textf("余 %[1]s", "%[2]s left", amount.ZH, amount.EN)
	case m.Op == ">=" || m.Op == ">":
		return geo.Textf("缺 %[1]s", "short by %[2]s", amount.ZH, amount.EN)
	}
	return geo.Textf("超 %[1]s", "over by %[2]s", amount.ZH, amount.EN)
}

func marginAmount(m result.Measure, area func(m2 float64) geo.Text) geo.Text {
	a := math.Abs(m.Margin)
	switch {
	case m.Unit == "m2" || m.Unit == "ratio" && ofAreas(m):
		return area(a)
	case m.Unit == "ratio":
		return same(Percent(a))
	case m.Unit == "grade" || m.Unit == "slope_class":
		places := 2
		for places < 8 && a > 0 && number(a, places) == "0" {
			places++
		}
		n := number(a, places)
		if m.Unit == "slope_class" {
			return geo.Text{ZH: n + " 级", EN: n + " slope classes"}
		}
		return geo.Text{ZH: n + " 等", EN: n + " grades"}
	}
	return same(number(a, 4))
}

// ofAreas reports whether a ratio's margin is an area: one of its terms is.
func ofAreas(m result.Measure) bool {
	for k := range m.Terms {
		if strings.HasSuffix(k, "_m2") {
			return true
		}
	}
	return len(m.Terms) == 0
}

// line is a measure on one line: "实测 5.43 %，上限 5.00 %，超 2.5200 公顷（37.80 亩）".
func line(m result.Measure, lang string) string { return lineWith(m, textOfMeasure(m, lang), lang) }

// shortLine is line for a table: areas in hm² without mu.
func shortLine(m result.Measure, lang string) string {
	f := textOfMeasure(m, lang)
	if !f.Margin.IsZero() {
		f.Margin = marginText(m, wording.AreaAlone)
	}
	return lineWith(m, f, lang)
}

func lineWith(m result.Measure, f measureText, lang string) string {
	comma := geo.Text{ZH: "，", EN: ", "}.In(lang)
	s := f.Value
	if f.Limit != "" {
		s = geo.Text{ZH: "实测 ", EN: "measured "}.In(lang) + s + comma + bound(m, f.Limit).In(lang)
	}
	if m.Label != nil && !m.Label.IsZero() {
		s = m.Label.In(lang) + " " + s
	}
	if margin := f.Margin.In(lang); margin != "" {
		s += comma + margin
	}
	if m.Close {
		s += closeCall().In(lang)
	}
	return s
}

// bound says what a limit is to its value, without claiming that the value
// keeps it: "上限 5.00 %".
func bound(m result.Measure, limit string) geo.Text {
	if forbidden(m) {
		return geo.Text{ZH: "应为 0", EN: "must be 0"}
	}
	w := wording.Bound(m.Op)
	return geo.Text{ZH: w.ZH + " " + limit, EN: w.EN + " " + limit}
}

func closeCall() geo.Text {
	return geo.Text{ZH: "（在容差以内，结论可能翻转）", EN: " (within tolerance: the result could flip)"}
}

// term is one named figure behind a measure.
type term struct{ Name, Value string }

// terms lists what a value was made of, by name; areas to 0.01 m².
func terms(m result.Measure) []term {
	var out []term
	for _, k := range sortedKeys(m.Terms) {
		v := number(m.Terms[k], 6)
		if strings.HasSuffix(k, "_m2") {
			v = SquareMetres(m.Terms[k])
		}
		out = append(out, term{k, v})
	}
	return out
}

func sortedKeys(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
