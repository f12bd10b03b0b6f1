package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// mark says a status without colour.
func mark(s domain.Status) string {
	switch s {
	case domain.Pass:
		return "✓"
	case domain.Fail:
		return "✗"
	case domain.Justified:
		return "§"
	case domain.Warn:
		return "!"
	case domain.NotChecked:
		return "?"
	}
	return "–"
}

// scopeName says what a measure or finding is about: its name, else its code.
func scopeName(s result.Scope) geo.Text {
	switch {
	case s.Kind == "plan":
		return geo.Text{ZH: "整个方案", EN: "whole plan"}
	case s.Kind == "project":
		return geo.Text{ZH: "整治区域", EN: "project area"}
	case s.Name != "":
		return same(s.Name)
	case s.Kind == "year" && s.Code != "":
		return geo.Text{ZH: s.Code + " 年", EN: s.Code}
	case s.Kind == "date" && len(s.Code) == 8:
		return same(s.Code[:4] + "-" + s.Code[4:6] + "-" + s.Code[6:])
	case s.Code != "":
		return same(s.Code)
	}
	switch s.Kind {
	case "county":
		return geo.Text{ZH: "旗县", EN: "county"}
	case "township":
		return geo.Text{ZH: "乡镇", EN: "township"}
	case "village":
		return geo.Text{ZH: "村", EN: "village"}
	case "year":
		return geo.Text{ZH: "未注明年份", EN: "no year"}
	case "date":
		return geo.Text{ZH: "未注明日期", EN: "no date"}
	}
	return same(s.Kind)
}

// same is a text that is the same in both languages: a name, a code.
func same(s string) geo.Text { return geo.Text{ZH: s, EN: s} }
