package deliver

import (
	"landcheck/geo"
	"landcheck/geo/symbol"
	"landcheck/rules/domain"
)

// column is a field of a layer, with its value in the row at hand and what people
// are shown in place of its name.
type column[T any] struct {
	geo.Field
	title geo.Text
	value func(T) string
}

func text[T any](name string, width int, zh, en string, value func(T) string) column[T] {
	return column[T]{geo.Field{Name: name, Alias: zh, Type: geo.TextField, Width: width}, geo.Text{ZH: zh, EN: en}, value}
}

func number[T any](name string, width, decimals int, zh, en string, value func(T) string) column[T] {
	return column[T]{geo.Field{Name: name, Alias: zh, Type: geo.NumberField, Width: width, Decimals: decimals}, geo.Text{ZH: zh, EN: en}, value}
}

func squareMetres[T any](name, zh, en string, value func(T) int64) column[T] {
	return number(name, 18, 2, zh, en, func(row T) string { return area(value(row)) })
}

func date[T any](name, zh, en string, value func(T) string) column[T] {
	return column[T]{geo.Field{Name: name, Alias: zh, Type: geo.DateField, Width: 8}, geo.Text{ZH: zh, EN: en}, value}
}

// tableOf makes a layer of rows that looks like a role's; text columns become as wide
// as their values.
func (d *delivery) tableOf(name string, look domain.Role, columns []column[*parcel], rows []*parcel) *geo.Table {
	t := d.newTable(name, geo.Text{ZH: name, EN: name}, look)
	for _, c := range columns {
		t.Fields = append(t.Fields, c.Field)
	}
	for _, p := range rows {
		f := geo.Feature{Record: len(t.Rows) + 1, Geometry: p.geometry}
		for _, c := range columns {
			f.Values = append(f.Values, c.value(p))
		}
		t.Rows = append(t.Rows, f)
	}
	widen(t)
	return t
}

// newTable is an empty layer. In a GeoPackage it has a style and a Chinese title.
func (d *delivery) newTable(name string, title geo.Text, look domain.Role) *geo.Table {
	return &geo.Table{Name: d.named(name), Title: d.named(title.ZH), CRS: d.Ledger.CRS,
		Styles: []symbol.Style{symbol.Single(title.ZH, domain.LookOf(string(look)))}}
}

// widen makes text columns as wide as their values, as far as a Shapefile goes.
func widen(t *geo.Table) {
	for k := range t.Fields {
		f := &t.Fields[k]
		if f.Type != geo.TextField {
			continue
		}
		for i := range t.Rows {
			v := &t.Rows[i].Values[k]
			if n := bytesOf(*v); n > maxText {
				*v = within(*v, maxText)
				f.Width = maxText
			} else {
				f.Width = max(f.Width, n)
			}
		}
	}
}

// named is the name of a layer or a file.
func (d *delivery) named(name string) string { return d.out.named(name) }

func (d *Deliverable) named(name string) string {
	if d.draft {
		return name + "_" + draftMark
	}
	return name
}

// sheetOfTable is the workbook's sheet of a layer.
func (d *delivery) sheetOfTable(title geo.Text, columns []column[*parcel], t *geo.Table) {
	s := sheet{title: title}
	for _, c := range columns {
		s.columns = append(s.columns, c.title)
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row.Values))
		for i, v := range row.Values {
			cells[i] = cellOf(t.Fields[i], v)
		}
		s.rows = append(s.rows, cells)
	}
	d.out.sheets = append(d.out.sheets, s)
}
