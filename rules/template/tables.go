package template

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// roles are those of the layers, in the order in which they are drawn. Layers
// that say the same in another scheme are left out.
func roles() []domain.Role {
	return []domain.Role{domain.ProjectArea, domain.PBFOut, domain.PBFIn, domain.LandUseChange, domain.UrbanChange, domain.RedChange}
}

// tablesOf are empty layers, each by the first name of its role.
func tablesOf(o Options) []*geo.Table {
	var tables []*geo.Table
	for _, role := range roles() {
		t := &geo.Table{Name: role.Names()[0], CRS: o.CRS}
		for _, f := range domain.FieldsOf(role) {
			t.Fields = append(t.Fields, column(f, o.Lang))
		}
		tables = append(tables, t)
	}
	return tables
}

// column is a field under the first of its names.
func column(f domain.FieldInfo, lang string) geo.Field {
	title := f.Title.In(lang)
	if f.Unit != "" {
		title += " (" + f.Unit + ")"
	}
	c := geo.Field{Name: f.Columns[0], Alias: title, Type: geo.TextField, Width: 60}
	switch f.Type {
	case domain.CodeType:
		c.Width = 10
	case domain.IntegerType:
		c.Type, c.Width = geo.NumberField, 4
	case domain.NumberType:
		c.Type, c.Width, c.Decimals = geo.NumberField, 18, 2
		if f.Field == domain.Ridge {
			c.Width, c.Decimals = 6, 4
		}
	case domain.DateType:
		c.Type, c.Width = geo.DateField, 8
	}
	return c
}
