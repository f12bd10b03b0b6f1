package report

import (
	"fmt"
	"strconv"
	"strings"

	"landcheck/geo"

	"github.com/xuri/excelize/v2"
)

// What of the ledger is printed: a sample of its rows and its first columns, on
// one page. A ledger is read on a screen.
const (
	ledgerRows = 40
	ledgerCols = 14
)

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
	cols := faceColumns(in.Ledger)
	b.try(func() error { return b.ledgerSheet(name, len(in.Ledger.Faces)) })
	b.try(func() error {
		w, err := b.f.NewStreamWriter(name)
		if err != nil {
			return err
		}
		if err := b.ledgerHead(w, cols); err != nil {
			return err
		}
		row := make([]any, len(cols))
		for i := range in.Ledger.Faces {
			for j, c := range cols {
				row[j] = b.cell(c, c.Of(&in.Ledger.Faces[i]))
			}
			if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
				return err
			}
		}
		if n := len(in.Ledger.Faces); n > 0 { // a table filters and is named in formulas
			last, err := excelize.CoordinatesToCellName(len(cols), n+1)
			if err != nil {
				return err
			}
			if err := w.AddTable(&excelize.Table{Range: "A1:" + last, Name: "ledger", StyleName: "TableStyleLight1"}); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// ledgerSheet makes the sheet and sets it up to be printed in part, which its
// head says.
func (b *book) ledgerSheet(name string, faces int) error {
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	if err := b.printable(name, true, 1); err != nil {
		return err
	}
	shown := min(faces, ledgerRows)
	if err := b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer(), OddHeader: "&C&8 " + geo.Textf("台账共 %[1]d 行，只印前 %[2]d 行、前 %[3]d 列",
		"%[1]d rows of the ledger; the first %[2]d and %[3]d columns are printed", faces, shown, ledgerCols).In(b.lang)}); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(ledgerCols)
	if err != nil {
		return err
	}
	if err := b.printTitles(name, 1); err != nil {
		return err
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: name, RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", quoted(name), last, shown+1)})
}

// ledgerHead writes titles, which stay in sight with the number of the face.
func (b *book) ledgerHead(w *excelize.StreamWriter, cols []column) error {
	if err := w.SetColWidth(1, len(cols), 15); err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	row := make([]any, len(cols))
	for i, c := range cols {
		row[i] = excelize.Cell{StyleID: b.style.head, Value: c.Title.In(b.lang)}
	}
	return w.SetRow("A1", row, excelize.RowOpts{Height: 45})
}

// cell is a value of the ledger: numbers as computed, not rounded.
func (b *book) cell(c column, text string) any {
	switch {
	case text == "":
		return nil
	case c.Type == geo.NumberField:
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			if strings.HasSuffix(c.Name, "_m2") || strings.HasSuffix(c.Name, "_m") {
				return excelize.Cell{StyleID: b.style.bare, Value: x}
			}
			return x
		}
	}
	return cellText(text)
}
