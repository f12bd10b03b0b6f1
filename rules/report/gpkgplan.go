package report

import (
	"landcheck/geo"
	"landcheck/geo/symbol"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// planTables are the layers of the plan as the check took them: the project area
// and, of changes, a layer for each role that has any. They bear the names of
// roles and not those of a package's layers, so that nobody's next check takes
// them for a plan.
func planTables(in Input) []*geo.Table {
	if in.Ledger.Plan == nil {
		return nil
	}
	tables := []*geo.Table{projectTable(in)}
	areas := map[*plan.Change]float64{}
	for _, m := range in.Ledger.Features {
		areas[m.Change] = m.Ellipsoid
	}
	for _, role := range domain.ChangeRoles() {
		var of []*plan.Change
		for i := range in.Ledger.Plan.Changes {
			if c := &in.Ledger.Plan.Changes[i]; c.Role == role {
				of = append(of, c)
			}
		}
		if of != nil {
			tables = append(tables, changeTable(in, role, of, areas))
		}
	}
	return tables
}

func projectTable(in Input) *geo.Table {
	title := domain.ProjectArea.Title().In(in.Lang)
	t := &geo.Table{Name: string(domain.ProjectArea), Title: title, CRS: in.Ledger.CRS,
		Fields: []geo.Field{{Name: "id", Alias: geo.Text{ZH: "标识码", EN: "id"}.In(in.Lang), Type: geo.TextField}},
		Styles: []symbol.Style{symbol.Single(title, domain.LookOf(string(domain.ProjectArea)))}}
	for i, f := range in.Ledger.Plan.Project {
		t.Rows = append(t.Rows, geo.Feature{Record: i + 1, Geometry: f.Geometry, Values: []string{clean(f.ID)}})
	}
	return t
}

// changeTable is the changes of one role, with what they say of their land and
// how much of it there is by measure.
func changeTable(in Input, role domain.Role, changes []*plan.Change, areas map[*plan.Change]float64) *geo.Table {
	t := &geo.Table{Name: string(role), Title: role.Title().In(in.Lang), CRS: in.Ledger.CRS, Styles: []symbol.Style{changeStyle(role, in.Lang)}}
	fields := domain.FieldsOf(role)
	for _, f := range fields {
		t.Fields = append(t.Fields, planField(f, in.Lang))
	}
	t.Fields = append(t.Fields,
		geo.Field{Name: "class_group", Alias: geo.Text{ZH: "变更后地类归类", EN: "group of the class after"}.In(in.Lang), Type: geo.TextField},
		geo.Field{Name: "area_m2", Alias: geo.Text{ZH: "计算面积（m²）", EN: "measured area (m²)"}.In(in.Lang), Type: geo.NumberField})
	for i, c := range changes {
		row := geo.Feature{Record: i + 1, Geometry: c.Geometry}
		for _, f := range fields {
			row.Values = append(row.Values, clean(changeValue(c, f.Field, in.Lang)))
		}
		t.Rows = append(t.Rows, row)
		group, area := "", ""
		if c.Traits.Class != "" {
			class, _ := domain.Lookup(c.Traits.Class)
			if group = class.Group; group == "" {
				group = "other"
			}
		}
		if a, measured := areas[c]; measured {
			area = figureText(a)
		}
		t.Rows[i].Values = append(row.Values, group, area)
	}
	return t
}

// planField is the column of what a change states, by its key in plan.yaml.
func planField(f domain.FieldInfo, lang string) geo.Field {
	c := geo.Field{Name: string(f.Field), Alias: f.Title.In(lang), Type: geo.TextField}
	switch f.Type {
	case domain.IntegerType, domain.NumberType:
		c.Type = geo.NumberField
	case domain.DateType:
		c.Type = geo.DateField
	}
	if f.Unit != "" {
		c.Alias += geo.Textf("（%s）", " (%s)", f.Unit).In(lang)
	}
	return c
}

// changeValue is what a change states in a field; "" where it says nothing.
func changeValue(c *plan.Change, f domain.Field, lang string) string {
	switch f {
	case domain.ID:
		return changeID(c)
	case domain.ClassField:
		return c.Traits.Class
	case domain.ClassName:
		class, _ := domain.Lookup(c.Traits.Class)
		return class.Title().In(lang)
	case domain.YearField:
		return known0(c.Year)
	case domain.DateField:
		return c.Date
	case domain.Area:
		return knownFigure(c.Declared)
	case domain.SurveyedArea:
		return knownFigure(c.Surveyed)
	case domain.SurveyMethod:
		return c.SurveyMethod
	case domain.SurveyDate:
		return c.SurveyDate
	case domain.Grade:
		return known0(c.Traits.Grade)
	case domain.Slope:
		return known0(c.Traits.Slope)
	case domain.Ridge:
		return knownFigure(c.Traits.Ridge)
	case domain.Refinement:
		return c.Traits.Refinement
	case domain.Purpose:
		return c.Purpose
	case domain.SubProject:
		return c.SubProject
	}
	return ""
}

func knownFigure(n plan.Number) string {
	if !n.Known {
		return ""
	}
	return figureText(n.Value)
}
