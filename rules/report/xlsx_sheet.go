package report

import (
	"fmt"
	"strings"

	"landcheck/geo"

	"github.com/xuri/excelize/v2"
)

// sheet is a sheet being filled row by row.
type sheet struct {
	b    *book
	name string
	row  int // the last that was written, 1-based
	cols int
}

// bookNumber is a number and how a cell shows it; a formula, where there is one,
// stands beside the value that it gives.
type bookNumber struct {
	value  float64
	format string
	of     string // formula
}

// sheet starts a sheet of columns of these widths, in characters, that prints on
// A4 as wide as the paper, upright or across.
func (b *book) sheet(title geo.Text, across bool, widths ...float64) *sheet {
	s := &sheet{b: b, name: title.In(b.lang), cols: len(widths)}
	b.try(func() error { _, err := b.f.NewSheet(s.name); return err })
	for i, w := range widths {
		b.try(func() error {
			col, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				return err
			}
			return b.f.SetColWidth(s.name, col, col, w)
		})
	}
	b.try(func() error { return b.printable(s.name, across, 0) })
	return s
}

// printable sets a sheet up for A4: as wide as the paper, at most so many pages
// long (0: as many as it takes), the foot with plan, name of the sheet and page.
func (b *book) printable(name string, across bool, high int) error {
	const a4 = 9
	size, wide, orientation := a4, 1, "portrait"
	if across {
		orientation = "landscape"
	}
	if err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.fit(name); err != nil {
		return err
	}
	side, end, foot, centred := 0.45, 0.6, 0.3, true
	if err := b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &end, Footer: &foot, Header: &foot, Horizontally: &centred}); err != nil {
		return err
	}
	return b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer()})
}

// fit has a sheet printed at the size that its pages allow.
func (b *book) fit(name string) error {
	yes := true
	return b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes})
}

// footer is the foot of each sheet. After a size comes a space: digits that
// follow would be read as part of it.
func (b *book) footer() string { return "&L&8 " + b.foot + "&C&8 &A&R&8 &P / &N" }

// bookFoot is what the foot of each sheet says of the plan: its code and short
// digest. & steers Excel there and is doubled.
func bookFoot(in Input) string {
	code, digest := in.Report.Plan.Code, in.Report.Plan.Digest
	if l := in.Report.Layer; l != nil {
		code, digest = l.File, l.Digest
	}
	if r := []rune(clean(code)); len(r) > 60 {
		code = string(r[:60])
	}
	return strings.ReplaceAll(strings.TrimSpace(clean(code)+"  "+short(digest)), "&", "&&")
}

// add writes a row of texts, numbers from the first column on.
func (s *sheet) add(style int, cells ...any) {
	s.row++
	for i, c := range cells {
		s.set(i+1, style, c)
	}
}

// set writes one cell of the row. Text that Excel would run as a formula stays
// text, cells being typed.
func (s *sheet) set(col, style int, value any) {
	s.b.try(func() error {
		at, err := excelize.CoordinatesToCellName(col, s.row)
		if err != nil || s.row > sheetRows {
			return err
		}
		f, isFigure := value.(bookNumber)
		switch v := value.(type) {
		case string:
			value = cellText(v)
		case bookNumber:
			value, style = v.value, s.b.style.number[v.format]
		}
		if err := s.b.f.SetCellValue(s.name, at, value); err != nil {
			return err
		}
		if isFigure && f.of != "" { // the value stays beside it
			if err := s.b.f.SetCellFormula(s.name, at, f.of); err != nil {
				return err
			}
		}
		if style == 0 {
			return nil
		}
		return s.b.f.SetCellStyle(s.name, at, at, style)
	})
}

// merge joins columns of the row just written, or of the rows from it on.
func (s *sheet) merge(from, to, rows int) {
	s.b.try(func() error {
		a, err := excelize.CoordinatesToCellName(from, s.row)
		if err != nil {
			return err
		}
		z, err := excelize.CoordinatesToCellName(to, s.row+rows-1)
		if err != nil {
			return err
		}
		return s.b.f.MergeCell(s.name, a, z)
	})
}

// line writes a text over the whole width, as high as it takes.
func (s *sheet) line(style int, text string, letters int) {
	s.add(style, text)
	s.merge(1, s.cols, 1)
	s.high(textLines(text, letters))
}

func (s *sheet) high(lines int) {
	if lines > 1 {
		s.b.try(func() error { return s.b.f.SetRowHeight(s.name, s.row, min(400, 15*float64(lines))) })
	}
}

// table makes the rows from head to the last a list: the head stays in sight, is
// printed on each page, and filters.
func (s *sheet) table(head int) {
	last, _ := excelize.ColumnNumberToName(s.cols)
	s.b.try(func() error {
		return s.b.f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: fmt.Sprintf("A%d", head+1), ActivePane: "bottomLeft"})
	})
	s.b.try(func() error {
		return s.b.f.AutoFilter(s.name, fmt.Sprintf("A%d:%s%d", head, last, max(s.row, head+1)), nil)
	})
	s.b.try(func() error { return s.b.fit(s.name) }) // a filter takes that back
	s.b.try(func() error { return s.b.printTitles(s.name, head) })
}

// printTitles has a row printed on each page.
func (b *book) printTitles(sheet string, row int) error {
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(sheet), row, row)})
}

func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }
