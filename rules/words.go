package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

func same(s string) geo.Text { return geo.Text{ZH: s, EN: s} }

// plain writes a number without an exponent and without trailing zeros.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// squareMetres is an area to 0.01 m² with, from 100 m² on, hectares and mu beside it.
func squareMetres(m2 float64) geo.Text {
	m := geo.RoundArea(m2)
	if math.Abs(m) < 100 {
		return same(fmt.Sprintf("%.2f m²", m))
	}
	return geo.Text{
		ZH: fmt.Sprintf("%.2f m²（%.4f 公顷，%.2f 亩）", m, m/10000, m/mu),
		EN: fmt.Sprintf("%.2f m² (%.4f ha, %.2f mu)", m, m/10000, m/mu),
	}
}

// percent writes a share; where it would read like the limit although it is
// not equal to it, it gets more decimals.
func percent(value, limit float64) string {
	for d := 2; d < 8; d++ {
		v, l := strconv.FormatFloat(value*100, 'f', d, 64), strconv.FormatFloat(limit*100, 'f', d, 64)
		if v != l || value == limit {
			return v + " %"
		}
	}
	return strconv.FormatFloat(value*100, 'g', 12, 64) + " %"
}

// maxNamed is how many features a message names.
const maxNamed = 5

func idList(refs []result.FeatureRef) geo.Text {
	var ids []string
	for _, r := range refs[:min(len(refs), maxNamed)] {
		ids = append(ids, r.ID)
	}
	if rest := len(refs) - maxNamed; rest > 0 {
		return geo.Text{
			ZH: fmt.Sprintf("%s 等 %d 个图斑", strings.Join(ids, "、"), len(refs)),
			EN: fmt.Sprintf("%s and %d more", strings.Join(ids, ", "), rest),
		}
	}
	if len(ids) == 0 {
		return geo.Text{ZH: "（无编号）", EN: "(no feature)"}
	}
	return geo.Text{ZH: strings.Join(ids, "、"), EN: strings.Join(ids, ", ")}
}

func scopeText(s result.Scope) geo.Text {
	switch {
	case s.Kind == "plan":
		return geo.Text{ZH: "全方案", EN: "the whole plan"}
	case s.Kind == "project":
		return geo.Text{ZH: "整治区域", EN: "the project area"}
	case s.Kind == "year":
		return geo.Text{ZH: s.Code + " 年", EN: s.Code}
	case s.Kind == "township" && s.Code == "":
		return geo.Text{ZH: "乡镇界外", EN: "outside every township"}
	case s.Name == "":
		return same(s.Code)
	}
	return geo.Text{ZH: s.Name + "（" + s.Code + "）", EN: s.Name + " (" + s.Code + ")"}
}

// joinSentences sets whole sentences one after the other.
func joinSentences(ts []geo.Text) geo.Text {
	var zh, en []string
	for _, t := range ts {
		zh, en = append(zh, strings.TrimSuffix(t.ZH, "。")), append(en, capital(strings.TrimSuffix(t.EN, ".")))
	}
	return geo.Text{ZH: strings.Join(zh, "。") + "。", EN: strings.Join(en, ". ") + "."}
}

func capital(s string) string {
	first, long := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[long:]
}

// textf is geo.Textf for arguments that are themselves in two languages.
func textf(zh, en string, args ...any) geo.Text {
	z, e := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		z[i], e[i] = a, a
		if t, ok := a.(geo.Text); ok {
			z[i], e[i] = t.ZH, t.EN
		}
	}
	return geo.Text{ZH: fmt.Sprintf(zh, z...), EN: fmt.Sprintf(en, e...)}
}

// roleTitle names a role for a person, with the layer's name.
func roleTitle(r plan.Role) geo.Text {
	if r == gradesRole {
		return geo.Text{ZH: "质量等别", EN: "quality grades"}
	}
	return r.TitleWithName()
}

// missingLayer says which base layer is wanted and how to provide it.
func missingLayer(r plan.Role) geo.Text {
	return textf("缺少底图图层“%[1]s”，请在底图中补上后重新检查", "the base layer “%[1]s” is missing: add it to the base data and check again", roleTitle(r))
}
