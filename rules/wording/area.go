package wording

import (
	"math"

	"landcheck/geo"
)

// Mu is one 亩 in m².
const Mu = 10000.0 / 15

// hectaresFrom is the area in m² from which sentences speak of hectares: their
// four places are then a hundredth of it or less.
const hectaresFrom = 100

// InM2 shows m² to 0.01 without unit, as tables do: "12,345.68".
func InM2(m2 float64) string { return Fixed(m2, 1, 0, 2) }

// InHectares shows m² as hm² to four places without unit.
func InHectares(m2 float64) string { return Fixed(m2, 1, -4, 4) }

// InMu shows m² as mu (15 to the hectare) to two places without unit.
func InMu(m2 float64) string { return Fixed(m2, 15, -4, 2) }

// Area is an area in a sentence: hm² to four places with mu beside it, or m²
// where it is under 100 m².
func Area(m2 float64) geo.Text {
	if a := AreaAlone(m2); math.Abs(m2) < hectaresFrom || a == Same(NoValue) {
		return a
	}
	return geo.Textf("%[1]s 公顷（%[2]s 亩）", "%[1]s hm² (%[2]s mu)", InHectares(m2), InMu(m2))
}

// AreaAlone is Area without mu, for tables of figures of several units.
func AreaAlone(m2 float64) geo.Text {
	switch a := math.Abs(m2); {
	case math.IsNaN(m2) || math.IsInf(m2, 0):
		return Same(NoValue)
	case a >= hectaresFrom:
		n := InHectares(m2)
		return geo.Text{ZH: n + " 公顷", EN: n + " hm²"}
	case a > 0 && a < 0.005:
		return geo.Text{ZH: "不足 0.01 平方米", EN: "under 0.01 m²"}
	}
	return DeclaredArea(m2)
}

// DeclaredArea is an area in a sentence about a field that holds m²: to 0.01 m²,
// whatever its size.
func DeclaredArea(m2 float64) geo.Text {
	n := InM2(m2)
	return geo.Text{ZH: n + " 平方米", EN: n + " m²"}
}

// AreaPair shows an area and its limit in one unit: hm² from 100 m² up, unless
// four places of it do not tell them apart; then m², as many places as that
// takes. A limit of nothing reads 0.
func AreaPair(value, limit float64) (v, l geo.Text) {
	shift, unit, most := 0, geo.Text{ZH: " 平方米", EN: " m²"}, 6
	if math.Max(math.Abs(value), math.Abs(limit)) >= hectaresFrom &&
		(value == limit || Plain(value, 1, -4, 4) != Plain(limit, 1, -4, 4)) {
		shift, unit, most = -4, geo.Text{ZH: " 公顷", EN: " hm²"}, 4
	}
	places := 2
	if shift != 0 {
		places = 4
	}
	for places < most && value != limit && Plain(value, 1, shift, places) == Plain(limit, 1, shift, places) {
		places++
	}
	shown := func(x float64) geo.Text {
		n := Fixed(x, 1, shift, places)
		return geo.Text{ZH: n + unit.ZH, EN: n + unit.EN}
	}
	if limit == 0 {
		return shown(value), Same("0")
	}
	return shown(value), shown(limit)
}
