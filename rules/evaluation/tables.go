package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// landUse is the land-use structure table with names.
func landUse(l *ledger.Ledger) []result.ClassRow {
	out := []result.ClassRow{}
	for _, a := range l.LandUse {
		row := result.ClassRow{Code: a.Code, Name: a.Code, Title: wording.Same(a.Code), Before: geo.RoundArea(a.Before), After: geo.RoundArea(a.After)}
		if c, ok := domain.Lookup(a.Code); ok {
			row.Name, row.Title, row.Group = c.NameZH, c.Title(), c.Group
		}
		out = append(out, row)
	}
	return out
}

// townships are those that the project area meets.
func townships(l *ledger.Ledger) []result.TownshipInfo {
	out := []result.TownshipInfo{}
	for _, t := range l.ProjectTownships {
		out = append(out, result.TownshipInfo{Code: t.Code, Name: t.Name})
	}
	return out
}
