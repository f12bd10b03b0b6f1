package docx

import "strconv"

// Table is a table whose columns are as wide as their shares of the page.
type Table struct {
	Shares []int // of each column, in any unit
	Head   []Row // rows that repeat on every page
	Rows   []Row
	Right  []bool // columns of figures; nil is none
	// Together keeps the rows on one page, for a table that is short.
	Together bool
}

// Row is a row of cells. What they span adds up to the table's columns.
type Row struct {
	Cells  []TableCell
	Strong bool // a sum: as bold and shaded as the head
	Height int  // at least, in twentieths of a point; 0 is that of the text
}

// TableCell is a cell. Several lines are several paragraphs.
type TableCell struct {
	Lines []string
	Span  int // columns, 0 is 1
	// Down says that the cell is one with those below that go on.
	Down Down
	Left bool // text in a column of figures
	// Picture stands above the lines; nil for none.
	Picture *Picture
}

// Down is how a cell joins the one above or below.
type Down int

// How a cell joins others.
const (
	Single Down = iota
	Begins      // the first of a joined column
	GoesOn      // one with the cell above; its text is not shown
)

// Text is a cell of one line.
func Text(s string) TableCell { return TableCell{Lines: []string{s}} }

// Texts is a row of cells of one line each.
func Texts(list ...string) Row {
	var r Row
	for _, s := range list {
		r.Cells = append(r.Cells, Text(s))
	}
	return r
}

// Table adds a table, and an empty line after it, for Word joins tables that
// nothing divides.
func (d *Document) Table(t Table) {
	widths := t.widths(d.Width())
	out := table{Properties: tableProperties{Style: value{"Grid"}, Width: width{d.Width(), "dxa"}, Layout: typed{"fixed"}, Look: tableLook{FirstRow: 1, NoHBand: 1, NoVBand: 1}}}
	for _, w := range widths {
		out.Grid = append(out.Grid, measure{w})
	}
	for _, r := range t.Head {
		out.Rows = append(out.Rows, d.row(t, r, widths, true))
	}
	for i, r := range t.Rows {
		row := d.row(t, r, widths, false)
		if t.Together && i < len(t.Rows)-1 {
			row.keepWithNext()
		}
		out.Rows = append(out.Rows, row)
	}
	d.content = append(d.content, out, newParagraph(Note, ""))
}

// widths divides a width by the shares, the last column taking what rounding
// leaves.
func (t Table) widths(whole int) []int {
	sum := 0
	for _, s := range t.Shares {
		sum += s
	}
	out, left := make([]int, len(t.Shares)), whole
	for i, s := range t.Shares {
		out[i] = whole * s / sum
		left -= out[i]
	}
	out[len(out)-1] += left
	return out
}

func (d *Document) row(t Table, r Row, widths []int, head bool) row {
	out := row{Properties: &rowProperties{Whole: &toggle{}}}
	if head {
		out.Properties.Head = &toggle{}
	}
	if r.Height > 0 {
		out.Properties.Height = &rowHeight{r.Height}
	}
	at := 0
	for _, c := range r.Cells {
		span := max(c.Span, 1)
		wide := 0
		for _, w := range widths[at : at+span] {
			wide += w
		}
		style := Cell
		switch {
		case head:
			style = CellHead
		case t.Right != nil && t.Right[at] && !c.Left:
			style = CellValue
		}
		element := c.element(wide, span, style, head || r.Strong)
		if c.Picture != nil {
			element.Content = append([]paragraph{d.picture(c.Picture)}, element.Content...)
		}
		out.Cells = append(out.Cells, element)
		at += span
	}
	return out
}

// keepWithNext keeps a row on the page of the row below.
func (r row) keepWithNext() {
	for _, c := range r.Cells {
		for _, p := range c.Content {
			p.Properties.KeepNext = &toggle{}
		}
	}
}

func (c TableCell) element(wide, span int, style Style, strong bool) cell {
	out := cell{Properties: cellProperties{Width: width{wide, "dxa"}, Vertical: &value{"center"}}}
	if span > 1 {
		out.Properties.Span = &value{strconv.Itoa(span)}
	}
	switch c.Down {
	case Begins:
		out.Properties.Merge = &merge{"restart"}
	case GoesOn:
		out.Properties.Merge = &merge{}
	}
	if strong {
		out.Properties.Shade = &shade{"clear", "auto", "EDEDED"}
	}
	for _, line := range c.Lines {
		out.Content = append(out.Content, newParagraph(style, line))
	}
	if len(out.Content) == 0 { // a cell has a paragraph at least
		out.Content = []paragraph{newParagraph(style, "")}
	}
	return out
}
