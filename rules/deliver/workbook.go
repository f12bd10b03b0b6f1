package deliver

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"landcheck/geo"

	"github.com/xuri/excelize/v2"
)

// sheet is a table of a workbook. Cells are texts in both languages, strings,
// numbers or nil.
type sheet struct {
	title   geo.Text
	columns []geo.Text // titles
	rows    [][]any
}

// numeral is a number as it is to be shown.
type numeral struct {
	value    float64
	decimals int
}

func squared(m2 float64) numeral  { return numeral{m2, 2} }
func hectares(m2 float64) numeral { return numeral{round(m2/hectare, 4), 4} }
func inMu(m2 float64) numeral     { return numeral{round(m2/mu, 2), 2} }

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

// cellOf is a value as a cell: a number where the column is of numbers, a date as
// 2026-11-30.
func cellOf(f geo.Field, v string) any {
	switch {
	case v == "":
		return nil
	case f.Type == geo.NumberField:
		if x, err := strconv.ParseFloat(v, 64); err == nil {
			return numeral{x, f.Decimals}
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
	s := sheet{title: geo.Text{ZH: "说明", EN: "About"}, columns: []geo.Text{
		{ZH: "项目", EN: "Item"}, {ZH: "内容", EN: "Content"}, {ZH: "公顷", EN: "hm²"}, {ZH: "亩", EN: "mu"}}}
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
		add(label, squared(f.Area), hectares(f.Area), inMu(f.Area))
	}
	for _, n := range d.Notes {
		add(geo.Text{ZH: "注意", EN: "Note"}, n)
	}
	return s
}

// book is a workbook being filled.
type book struct {
	f      *excelize.File
	lang   string
	head   int         // style of headings
	styles map[int]int // of numbers, by decimals
	err    error
}

// shown are the formats of numbers, by decimals.
var shown = map[int]string{0: "0", 2: "#,##0.00", 4: "0.0000"}

func (b *book) prepare() {
	// The library writes these fixed properties in place of today's.
	b.err = b.f.SetDocProps(&excelize.DocProperties{Creator: "landcheck", LastModifiedBy: "landcheck", Title: "landcheck",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"})
	if b.err == nil {
		b.head, b.err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3E9F0"}},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	}
	b.styles = map[int]int{}
	for _, decimals := range slices.Sorted(maps.Keys(shown)) {
		format := shown[decimals]
		style, err := b.f.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Horizontal: "right"}})
		b.styles[decimals] = style
		b.do(err)
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
	b.do(b.f.SetRowHeight(name, 1, 32)) // two lines
	widths := b.widths(s)
	for i, title := range s.columns {
		column, _ := excelize.ColumnNumberToName(i + 1)
		b.do(b.f.SetColWidth(name, column, column, widths[i]))
		b.cell(name, i+1, 1, title, b.head)
	}
	for k, row := range s.rows {
		for i, v := range row {
			b.cell(name, i+1, k+2, v, 0)
		}
	}
	last, _ := excelize.ColumnNumberToName(len(s.columns))
	landscape, fit, tall, paper := "landscape", 1, 0, paperA4
	if len(s.columns) > mostOnA4 {
		paper = paperA3
	}
	b.do(b.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	b.do(b.f.AutoFilter(name, fmt.Sprintf("A1:%s%d", last, len(s.rows)+1), nil))
	b.do(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &fit, FitToHeight: &tall, Size: &paper}))
	page := true
	b.do(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &page}))
	b.do(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", name), Scope: name}))
}

// The sizes of paper, as Excel numbers them, and how many columns fit on the smaller.
const (
	paperA3, paperA4 = 8, 9
	mostOnA4         = 12
)

// widths are those of columns, in characters: as wide as what stands in them, and a
// heading on two lines.
func (b *book) widths(s sheet) []float64 {
	widths := make([]float64, len(s.columns))
	for i, title := range s.columns {
		widths[i] = float64(bytesOf(title.In(b.lang))+1) / 2
	}
	for _, row := range s.rows {
		for i, v := range row {
			widths[i] = max(widths[i], float64(bytesOf(b.text(v))))
		}
	}
	for i := range widths {
		widths[i] = min(max(widths[i]+2, 6), 80)
	}
	return widths
}

// text is a cell as it is seen.
func (b *book) text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case geo.Text:
		return v.In(b.lang)
	case numeral:
		return strconv.FormatFloat(v.value, 'f', v.decimals, 64) + "  "
	}
	return fmt.Sprint(v)
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
	case numeral:
		b.err = b.f.SetCellValue(sheet, at, v.value)
		style = b.styles[v.decimals]
	default:
		b.err = b.f.SetCellValue(sheet, at, v)
	}
	if style != 0 {
		b.do(b.f.SetCellStyle(sheet, at, at, style))
	}
}
