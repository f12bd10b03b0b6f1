package report

import (
	"fmt"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/result"

	"github.com/xuri/excelize/v2"
)

// form is the review form as the official sheet sets it.
func (b *book) form(r *result.Report) {
	if r.Form == nil {
		return
	}
	name, add := b.sheet(geo.Text{ZH: "审查汇总表", EN: "Review form"}, 16, 40, 26, 26)
	add(b.bold, formTitle().In(b.lang))
	add(0, geo.Text{ZH: "面积单位：公顷", EN: "areas in hm²"}.In(b.lang))
	add(b.head, b.words("项目", "Item", "", "", "调出", "Out", "调入", "In")...)
	for i, row := range formRows(r.Form) {
		at := i + 4
		if row.IsWide {
			add(0, row.Section.In(b.lang), row.Label.In(b.lang), row.Wide.In(b.lang))
			b.merge(name, 3, at, 4, at)
		} else {
			add(0, row.Section.In(b.lang), row.Label.In(b.lang), row.Out, row.In)
		}
		if row.Rows > 1 {
			b.merge(name, 1, at, 1, at+row.Rows-1)
		}
	}
}

func (b *book) merge(sheet string, c1, r1, c2, r2 int) {
	if b.err != nil {
		return
	}
	from, _ := excelize.CoordinatesToCellName(c1, r1)
	to, _ := excelize.CoordinatesToCellName(c2, r2)
	b.err = b.f.MergeCell(sheet, from, to)
}

// ledger streams the faces. A ledger longer than a sheet is refused rather
// than cut: a sum over part of the rows would be wrong.
func (b *book) ledger(in Input) {
	if b.err != nil || in.Ledger == nil {
		return
	}
	if len(in.Ledger.Faces) >= sheetRows {
		b.err = &geo.InputError{
			Message: geo.Textf("台账有 %[1]d 行，超过 Excel 工作表的 %[2]d 行", "the ledger has %[1]d rows, more than the %[2]d of an Excel sheet", len(in.Ledger.Faces), sheetRows),
			Advice:  geo.Text{ZH: "请改用 -o 台账.csv 或 -o 台账.gpkg", EN: "write -o ledger.csv or -o ledger.gpkg instead"},
		}
		return
	}
	name := geo.Text{ZH: "台账", EN: "Ledger"}.In(b.lang)
	if _, b.err = b.f.NewSheet(name); b.err != nil {
		return
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		b.err = err
		return
	}
	cols := faceColumns(in.Ledger)
	row := make([]any, len(cols))
	for i, c := range cols {
		row[i] = excelize.Cell{StyleID: b.head, Value: c.Name}
	}
	b.err = w.SetRow("A1", row)
	for i := range in.Ledger.Faces {
		if b.err != nil {
			return
		}
		for j, c := range cols {
			row[j] = cell(c, c.Of(&in.Ledger.Faces[i]))
		}
		b.err = w.SetRow(fmt.Sprintf("A%d", i+2), row)
	}
	if b.err == nil {
		b.err = w.Flush()
	}
}

func cell(c column, text string) any {
	switch {
	case text == "":
		return nil
	case c.Type == geo.NumberField:
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return x
		}
	}
	return cellText(text)
}
