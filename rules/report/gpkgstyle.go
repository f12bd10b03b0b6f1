package report

import (
	"landcheck/geo"
	"landcheck/geo/symbol"
	"landcheck/rules/domain"
)

// findingStyle draws findings by their status, as the page does.
func findingStyle(lang string) symbol.Style {
	s := symbol.Style{Name: geo.Text{ZH: "按状态", EN: "by status"}.In(lang)}
	for _, status := range domain.DrawnStatuses() {
		s.Rules = append(s.Rules, symbol.Rule{Title: status.Title().In(lang), Symbol: domain.StatusLook(status),
			Where: []symbol.Condition{{Field: "status", Values: []string{string(status)}}}})
	}
	return s
}

// changeStyle draws land-use changes by the group of the class after, others as
// the page draws their role.
func changeStyle(role domain.Role, lang string) symbol.Style {
	if role != domain.LandUseChange {
		return symbol.Single(role.Title().In(lang), domain.LookOf(string(role)))
	}
	s := symbol.Style{Name: geo.Text{ZH: "按变更后地类", EN: "by class after"}.In(lang)}
	for _, group := range domain.ClassGroups() {
		s.Rules = append(s.Rules, symbol.Rule{Title: domain.ClassGroupTitle(group).In(lang), Symbol: domain.ClassGroupLook(group),
			Where: []symbol.Condition{{Field: "class_group", Values: []string{group}}}})
	}
	return s
}

// faceStyles draw faces as the page does, in outline; a person may choose to see
// them by land class or by what becomes of permanent basic farmland.
func faceStyles(lang string) []symbol.Style {
	return []symbol.Style{
		symbol.Single(geo.Text{ZH: "边界", EN: "outlines"}.In(lang), domain.LookOf(domain.FacesLook)),
		faceClassStyle(geo.Text{ZH: "整治前地类", EN: "class before"}.In(lang), "before_", lang),
		faceClassStyle(geo.Text{ZH: "整治后地类", EN: "class after"}.In(lang), "after_", lang),
		facePBFStyle(lang),
	}
}

func faceClassStyle(name, prefix, lang string) symbol.Style {
	codes := map[string][]string{}
	for _, c := range domain.Classes() {
		codes[c.Group] = append(codes[c.Group], c.Code)
	}
	s := symbol.Style{Name: name}
	for _, group := range domain.ClassGroups() {
		where := symbol.Condition{Field: prefix + "class", Values: codes[group]}
		if where.Values == nil { // codes that the classification lacks
			where = symbol.Condition{Field: prefix + "known", Number: true, Values: []string{"0"}}
		}
		s.Rules = append(s.Rules, symbol.Rule{Title: domain.ClassGroupTitle(group).In(lang), Symbol: domain.ClassGroupLook(group), Where: []symbol.Condition{where}})
	}
	return s
}

func facePBFStyle(lang string) symbol.Style {
	s := symbol.Style{Name: geo.Text{ZH: "永久基本农田调整", EN: "PBF kept, out, in"}.In(lang)}
	for _, x := range []struct {
		title         geo.Text
		role          domain.Role
		before, after string
	}{
		{geo.Text{ZH: "保留", EN: "kept"}, domain.PBF, "1", "1"},
		{domain.PBFOut.Title(), domain.PBFOut, "1", "0"},
		{domain.PBFIn.Title(), domain.PBFIn, "0", "1"},
	} {
		s.Rules = append(s.Rules, symbol.Rule{Title: x.title.In(lang), Symbol: domain.LookOf(string(x.role)), Where: []symbol.Condition{
			{Field: "before_pbf", Number: true, Values: []string{x.before}}, {Field: "after_pbf", Number: true, Values: []string{x.after}}}})
	}
	return s
}
