package convert

import (
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// column is a field with its value in the row at hand.
type column[T any] struct {
	geo.Field
	value func(T) string
}

func text(name string, width int) geo.Field {
	return geo.Field{Name: name, Type: geo.TextField, Width: width}
}

func number(name string, width, decimals int) geo.Field {
	return geo.Field{Name: name, Type: geo.NumberField, Width: width, Decimals: decimals}
}

func date(name string) geo.Field { return geo.Field{Name: name, Type: geo.DateField, Width: 8} }

// table makes a layer of rows.
func table[T any](name string, crs geo.CRS, columns []column[T], rows []T, shape func(T) geo.Feature) *geo.Table {
	t := &geo.Table{Name: name, CRS: crs}
	for _, col := range columns {
		t.Fields = append(t.Fields, col.Field)
	}
	for _, r := range rows {
		f := shape(r)
		f.Record = len(t.Rows) + 1
		for _, col := range columns {
			f.Values = append(f.Values, col.value(r))
		}
		t.Rows = append(t.Rows, f)
	}
	return t
}

func drawn(c *plan.Change) geo.Feature { return geo.Feature{Geometry: c.Geometry} }

// area is a figure as DLTB has it, m² to 0.01; "" where it is not known.
func area(n plan.Number) string {
	if !n.Known {
		return ""
	}
	return strconv.FormatFloat(geo.RoundArea(n.Value), 'f', 2, 64)
}

func ridge(n plan.Number) string {
	if !n.Known {
		return ""
	}
	return strconv.FormatFloat(n.Value, 'f', 4, 64)
}

// level is a year or a class that counts from 1; "" where it is not known.
func level(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// code is a land class as the plan has it, in survey codes where it is known.
func code(t plan.Traits) string {
	if strings.HasPrefix(t.Class, "?") {
		return t.Written
	}
	return t.Class
}

func className(code string) string {
	c, _ := domain.Lookup(code)
	return c.NameZH
}

// stated are the columns of what any change says, but for its areas and class.
func stated(dated string) []column[*plan.Change] {
	return []column[*plan.Change]{
		{number("NF", 4, 0), func(c *plan.Change) string { return level(c.Year) }},
		{date(dated), func(c *plan.Change) string { return c.Date }},
		{text("XMBH", 20), func(c *plan.Change) string { return c.SubProject }},
		{text("YT", 5), func(c *plan.Change) string { return c.Purpose }},
		{number("SCMJ", 18, 2), func(c *plan.Change) string { return area(c.Surveyed) }},
		{text("SCFF", 5), func(c *plan.Change) string { return c.SurveyMethod }},
		{date("SCRQ"), func(c *plan.Change) string { return c.SurveyDate }},
	}
}

// traits are the columns of what land is after a change, but for its class.
func traits() []column[*plan.Change] {
	return []column[*plan.Change]{
		{number("ZLDB", 2, 0), func(c *plan.Change) string { return level(c.Traits.Grade) }},
		{text("GDPDJB", 2), func(c *plan.Change) string { return level(c.Traits.Slope) }},
		{number("KCXS", 6, 4), func(c *plan.Change) string { return ridge(c.Traits.Ridge) }},
		{text("TBXHDM", 6), func(c *plan.Change) string { return c.Traits.Refinement }},
	}
}

func identified() column[*plan.Change] {
	return column[*plan.Change]{text("BSM", 18), func(c *plan.Change) string { return c.ID }}
}

func declared(name string) column[*plan.Change] {
	return column[*plan.Change]{number(name, 18, 2), func(c *plan.Change) string { return area(c.Declared) }}
}
