package roomreport

import (
	"context"
	"fmt"
	"io"

	"landcheck/geo"

	"github.com/xuri/excelize/v2"
)

// workbook is a file being filled.
type workbook struct {
	*excelize.File
	lang         string
	head, figure int // styles
}

// writeXLSX writes sheets of townships, candidates out, candidates in and what was
// not checked: numbers as numbers, headings that stay, filters, set for print.
func writeXLSX(ctx context.Context, w io.Writer, in Input) error {
	d, err := DocumentOf(in)
	if err != nil {
		return err
	}
	if most := max(len(d.In), len(d.Out)); most >= excelize.TotalRows {
		return &geo.InputError{Message: geo.Textf("候选有 %[1]d 块，超过 Excel 工作表的 %[2]d 行", "there are %[1]d candidates, more than the %[2]d rows of an Excel sheet", most, excelize.TotalRows),
			Advice: geo.Text{ZH: "请改写 GeoPackage，或分乡镇列出", EN: "Write a GeoPackage instead, or list township by township"}}
	}
	b := &workbook{File: excelize.NewFile(), lang: in.Lang}
	defer b.Close()
	if err := b.prepare(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	names := namesOf(d)
	err = sheet(ctx, b, geo.Text{ZH: "乡镇", EN: "Townships"}, townshipColumns(), append(d.Townships, totalRow(d, in.Lang)))
	if err == nil {
		err = sheet(ctx, b, geo.Text{ZH: "调出候选", EN: "Out"}, candidateColumns(in.Lang, names), d.Out)
	}
	if err == nil {
		err = sheet(ctx, b, geo.Text{ZH: "补划候选", EN: "In"}, candidateColumns(in.Lang, names), d.In)
	}
	if err == nil {
		err = sheet(ctx, b, geo.Text{ZH: "说明", EN: "Notes"}, noteColumns(), notes(d, in.Lang))
	}
	if err == nil {
		err = b.DeleteSheet("Sheet1")
	}
	if err == nil {
		_, err = b.WriteTo(w)
	}
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

func totalRow(d *Document, lang string) Township {
	t := d.Total
	t.Code = geo.Text{ZH: "合计", EN: "Total"}.In(lang)
	return t
}

// note is a line of the last sheet.
type note struct{ what, text string }

func noteColumns() []column[note] {
	return []column[note]{
		text("what", geo.Text{ZH: "项目", EN: "What"}, 24, func(n note) any { return n.what }),
		text("text", geo.Text{ZH: "内容", EN: "Text"}, 100, func(n note) any { return n.text }),
	}
}

// notes say what the sheets were made of and what they do not cover.
func notes(d *Document, lang string) []note {
	say := func(zh, en string) string { return geo.Text{ZH: zh, EN: en}.In(lang) }
	list := []note{
		{say("规则册", "Rulebook"), d.Rulebook.ID + " " + d.Rulebook.Digest},
		{say("乡镇调出上限", "Limit by township"), limitText(d).In(lang)},
		{say("程序", "Program"), "landcheck " + d.Engine.Version + ", GEOS " + d.Engine.GEOS},
	}
	for _, l := range d.Base.Layers {
		list = append(list, note{say("底图", "Base data"), l.Name + " " + l.Digest})
	}
	for _, t := range d.Townships {
		if t.Note != nil {
			list = append(list, note{t.Code + " " + t.Name, t.Note.In(lang)})
		}
	}
	for _, v := range d.Reservations {
		list = append(list, note{say("未核对", "Not checked"), v.Message.In(lang)})
	}
	if d.LeftOut.Pieces > 0 {
		list = append(list, note{say("不作候选", "No candidates"), geo.Textf("%[1]d 块（共 %[2]s m²）过小或过窄", "%[1]d pieces (%[2]s m² in all) are too small or thin", d.LeftOut.Pieces, figure(d.LeftOut.Area)).In(lang)})
	}
	return list
}

func (b *workbook) prepare() error {
	// The library writes these fixed properties in place of today's.
	err := b.SetDocProps(&excelize.DocProperties{Creator: "landcheck", LastModifiedBy: "landcheck", Title: "landcheck room",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"})
	if err != nil {
		return err
	}
	b.head, err = b.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3E9F0"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	format := "#,##0.00##"
	b.figure, err = b.NewStyle(&excelize.Style{CustomNumFmt: &format})
	return err
}

// sheet writes a table.
func sheet[T any](ctx context.Context, b *workbook, title geo.Text, columns []column[T], rows []T) error {
	name := title.In(b.lang)
	if _, err := b.NewSheet(name); err != nil {
		return err
	}
	for i, c := range columns {
		letter, _ := excelize.ColumnNumberToName(i + 1)
		if err := b.SetColWidth(name, letter, letter, c.width); err != nil {
			return err
		}
		if err := b.put(name, i, 1, c.title.In(b.lang), b.head); err != nil {
			return err
		}
	}
	for k, row := range rows {
		if k%1000 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		for i, c := range columns {
			v := c.of(row)
			if v == nil || v == "" {
				continue
			}
			style := 0
			if _, ok := v.(float64); ok {
				style = b.figure
			}
			if err := b.put(name, i, k+2, v, style); err != nil {
				return err
			}
		}
	}
	return b.finish(name, len(columns), len(rows))
}

func (b *workbook) put(sheet string, column, row int, v any, style int) error {
	at, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return err
	}
	if s, ok := v.(string); ok {
		v = cellText(s)
	}
	if err := b.SetCellValue(sheet, at, v); err != nil || style == 0 {
		return err
	}
	return b.SetCellStyle(sheet, at, at, style)
}

// cellText keeps text within what a cell holds.
func cellText(s string) string {
	s = geo.Printable(s)
	if r := []rune(s); len(r) > excelize.TotalCellChars/2 {
		return string(r[:excelize.TotalCellChars/2]) + "…"
	}
	return s
}

// finish keeps headings in sight and on every page, and adds filters.
func (b *workbook) finish(name string, columns, rows int) error {
	last, err := excelize.CoordinatesToCellName(columns, max(rows+1, 2))
	if err != nil {
		return err
	}
	if err := b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := b.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	landscape, paper, wide, high, fit := "landscape", 9, 1, 0, true
	if err := b.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &paper, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$1", name), Scope: name})
}
