package report

import (
	"math"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/result"
)

// measureText is a measure in words.
type measureText struct {
	Value, Limit string // Limit empty when the value is only shown
	Margin       geo.Text
}

// textOfMeasure puts a measure in words: "4.87 %" against "5.00 %", 余 3.20 公顷.
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
	f.Margin = marginText(m)
	return f
}

// forbidden reports a measure of something that must not be: at most nothing,
// and not the difference of two areas.
func forbidden(m result.Measure) bool {
	return m.Op == "<=" && m.Limit == 0 && m.Value >= 0 && (m.Unit == "m2" || m.Unit == "count") && (len(m.Terms) == 0 || !ofAreas(m))
}

// areaPair shows an area and its limit in one unit: hm² from one hectare up,
// unless four decimals of it do not tell them apart. A limit of nothing reads 0.
func areaPair(value, limit float64, lang string) (string, string) {
	shift, unit, most := 0, geo.Text{ZH: " 平方米", EN: " m²"}, 6
	if math.Max(math.Abs(value), math.Abs(limit)) >= 10000 &&
		(value == limit || plain(value, 1, -4, 4) != plain(limit, 1, -4, 4)) {
		shift, unit, most = -4, geo.Text{ZH: " 公顷", EN: " hm²"}, 4
	}
	places := 2
	for places < most && value != limit && plain(value, 1, shift, places) == plain(limit, 1, shift, places) {
		places++
	}
	v, l := fixed(value, 1, shift, places)+unit.In(lang), fixed(limit, 1, shift, places)+unit.In(lang)
	if limit == 0 {
		l = "0"
	}
	return v, l
}

func gradePair(value, limit float64) (string, string) {
	places := 2
	for places < 6 && value != limit && plain(value, 1, 0, places) == plain(limit, 1, 0, places) {
		places++
	}
	return fixed(value, 1, 0, places), fixed(limit, 1, 0, places)
}

// marginText says what is left to the limit, or by how much it is missed.
func marginText(m result.Measure) geo.Text {
	amount := marginAmount(m)
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

func marginAmount(m result.Measure) geo.Text {
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

// line is a measure on one line: "4.87 % / 5.00 %，余 3.20 公顷".
func line(m result.Measure, lang string) string {
	f := textOfMeasure(m, lang)
	s := f.Value
	if m.Label != nil && !m.Label.IsZero() {
		s = m.Label.In(lang) + " " + s
	}
	switch {
	case f.Limit == "":
	case forbidden(m):
		s += geo.Text{ZH: "（应为 0）", EN: " (must be 0)"}.In(lang)
	case m.Op == "<=" && m.Unit == "ratio":
		s += " / " + f.Limit
	default:
		s += geo.Textf("（要求 %s %s）", " (needs %s %s)", sign(m.Op), f.Limit).In(lang)
	}
	if margin := f.Margin.In(lang); margin != "" {
		s += geo.Text{ZH: "，", EN: ", "}.In(lang) + margin
	}
	if m.Close {
		s += closeCall().In(lang)
	}
	return s
}

func closeCall() geo.Text {
	return geo.Text{ZH: "（在容差以内，结论可能翻转）", EN: " (within tolerance: the result could flip)"}
}

func sign(op string) string {
	switch op {
	case "<=":
		return "≤"
	case ">=":
		return "≥"
	case "==":
		return "="
	}
	return op
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
