package deliver

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"landcheck/geo"

	"github.com/xuri/excelize/v2"
)

// sheet is a table of a workbook. Cells are texts in both languages, strings,
// numbers or nil.
type sheet struct {
	title   geo.Text
	columns []sheetColumn
	rows    [][]any
}

type sheetColumn struct {
	title geo.Text
	width float64 // characters
}

// line is a row of the first sheet.
type line struct {
	label geo.Text
	value any
}

// mostRows is how many rows below its heading a sheet of Excel holds.
const mostRows = 1<<20 - 1

func round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}

// widthOfColumn is a column's width for people.
func widthOfColumn(f geo.Field) float64 { return float64(min(max(f.Width+2, 10), 40)) }

// cellOf is a value as a cell: a number where the column is of numbers, a date as
// 2026-11-30.
func cellOf(f geo.Field, v string) any {
	switch {
	case v == "":
		return nil
	case f.Type == geo.NumberField:
		if x, err := strconv.ParseFloat(v, 64); err == nil {
			return x
		}
	case f.Type == geo.DateField && len(v) == 8:
		return v[:4] + "-" + v[4:6] + "-" + v[6:]
	}
	return v
}

// workbook is the table of a deliverable: what it is and adds up to, then its sheets.
func (d *Deliverable) workbook(lang string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{f: f, lang: lang}
	b.prepare()
	b.add(d.cover())
	for _, s := range d.sheets {
		b.add(s)
	}
	if b.err == nil {
		b.err = f.DeleteSheet("Sheet1")
	}
	var out bytes.Buffer
	if b.err == nil {
		_, b.err = f.WriteTo(&out)
	}
	if b.err != nil {
		return nil, fmt.Errorf("workbook: %w", b.err)
	}
	return out.Bytes(), nil
}

// cover is the first sheet: of what plan and base it is, its figures, what has to
// be known.
func (d *Deliverable) cover() sheet {
	s := sheet{title: geo.Text{ZH: "说明", EN: "About"}, columns: []sheetColumn{
		{geo.Text{ZH: "项目", EN: "Item"}, 36}, {geo.Text{ZH: "内容", EN: "Content"}, 70}, {geo.Text{ZH: "公顷", EN: "hm²"}, 14}, {geo.Text{ZH: "亩", EN: "mu"}, 14}}}
	add := func(cells ...any) { s.rows = append(s.rows, cells) }
	if d.draft {
		add(geo.Text{ZH: "状态", EN: "Status"}, draftMark)
	}
	add(geo.Text{ZH: "成果", EN: "Deliverable"}, d.Title)
	add(geo.Text{ZH: "用于", EN: "For"}, d.System)
	add(geo.Text{ZH: "条款", EN: "Clause"}, d.Clause)
	for _, l := range d.origin {
		add(l.label, l.value)
	}
	if d.producer != "" {
		add(geo.Text{ZH: "数据产生单位", EN: "Produced by"}, d.producer)
	}
	if d.dated != "" {
		add(geo.Text{ZH: "日期", EN: "Dated"}, d.dated)
	}
	for _, f := range d.Figures {
		label := geo.Text{ZH: f.Label.ZH + "（m²）", EN: f.Label.EN + " (m²)"}
		add(label, f.Area, round(f.Area/hectare, 4), round(f.Area/mu, 2))
	}
	for _, n := range d.Notes {
		add(geo.Text{ZH: "注意", EN: "Note"}, n)
	}
	return s
}

// book is a workbook being filled.
type book struct {
	f          *excelize.File
	lang       string
	head, area int // styles
	err        error
}

func (b *book) prepare() {
	// The library writes these fixed properties in place of today's.
	b.err = b.f.SetDocProps(&excelize.DocProperties{Creator: "landcheck", LastModifiedBy: "landcheck", Title: "landcheck",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"})
	if b.err == nil {
		b.head, b.err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3E9F0"}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	}
	if b.err == nil {
		b.area, b.err = b.f.NewStyle(&excelize.Style{NumFmt: 4, Alignment: &excelize.Alignment{Horizontal: "right"}}) // #,##0.00
	}
}

// add writes a sheet with a frozen heading, a filter and print titles.
func (b *book) add(s sheet) {
	if b.err != nil {
		return
	}
	if len(s.rows) > mostRows {
		b.err = &geo.InputError{
			Message: geo.Textf("“%[1]v”有 %[2]d 行，超过 Excel 工作表的上限", "%[1]v has %[2]d rows, more than a sheet of Excel holds", s.title, len(s.rows)),
			Advice:  geo.Text{ZH: "请改用 -o 文件.gpkg", EN: "Write -o FILE.gpkg instead"}}
		return
	}
	name := s.title.In(b.lang)
	if _, b.err = b.f.NewSheet(name); b.err != nil {
		return
	}
	for i, c := range s.columns {
		column, _ := excelize.ColumnNumberToName(i + 1)
		b.do(b.f.SetColWidth(name, column, column, c.width))
		b.cell(name, i+1, 1, c.title, b.head)
	}
	for k, row := range s.rows {
		for i, v := range row {
			style := 0
			if _, number := v.(float64); number {
				style = b.area
			}
			b.cell(name, i+1, k+2, v, style)
		}
	}
	last, _ := excelize.ColumnNumberToName(len(s.columns))
	landscape, fit, tall := "landscape", 1, 0
	b.do(b.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	b.do(b.f.AutoFilter(name, fmt.Sprintf("A1:%s%d", last, len(s.rows)+1), nil))
	b.do(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &fit, FitToHeight: &tall}))
	page := true
	b.do(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &page}))
	b.do(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", name), Scope: name}))
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// cell writes a value; text stays text, whatever it looks like.
func (b *book) cell(sheet string, column, row int, v any, style int) {
	if b.err != nil || v == nil {
		return
	}
	at, _ := excelize.CoordinatesToCellName(column, row)
	switch v := v.(type) {
	case geo.Text:
		b.err = b.f.SetCellStr(sheet, at, geo.Printable(v.In(b.lang)))
	case string:
		b.err = b.f.SetCellStr(sheet, at, geo.Printable(v))
	default:
		b.err = b.f.SetCellValue(sheet, at, v)
	}
	if style != 0 {
		b.do(b.f.SetCellStyle(sheet, at, at, style))
	}
}
