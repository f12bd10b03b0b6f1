package report

import (
	"fmt"
	"io"

	"landcheck/geo"

	"github.com/xuri/excelize/v2"
)

// sheetRows is how many rows a sheet of Excel holds.
const sheetRows = 1 << 20

// book is a workbook being filled. Only the ledger is streamed: streamed
// sheets are zipped in map order, so a second one would change the bytes from
// run to run.
type book struct {
	f     *excelize.File
	lang  string
	dated geo.Text
	foot  string // of each printed sheet
	style bookStyles
	err   error
}

// writeXLSX writes a workbook: verdict and key figures, findings, the review
// form, rules, years, land use, sources and, when there is one, the ledger.
// Numbers are numbers, codes are text, and each sheet is set up to be printed.
func writeXLSX(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	b := &book{f: excelize.NewFile(), lang: in.Lang, dated: in.dated(), foot: bookFoot(in)}
	defer b.f.Close()
	if err := b.prepare(); err != nil {
		return fmt.Errorf("report: workbook: %w", err)
	}
	b.summary(in)
	b.findings(in.Report)
	b.form(in.Report)
	b.rules(in.Report)
	b.years(in.Report)
	b.landUse(in.Report)
	b.sources(in.Report)
	b.ledger(in)
	return b.write(w)
}

// write ends a workbook: the library's own first sheet goes.
func (b *book) write(w io.Writer) error {
	if b.err == nil {
		b.err = b.f.DeleteSheet("Sheet1")
	}
	if b.err == nil {
		b.f.SetActiveSheet(0)
		_, b.err = b.f.WriteTo(w)
	}
	if b.err != nil {
		return fmt.Errorf("report: workbook: %w", b.err)
	}
	return nil
}

func (b *book) prepare() error {
	// The library writes these fixed properties in place of today's.
	props := &excelize.DocProperties{Creator: "landcheck", LastModifiedBy: "landcheck", Title: "landcheck",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}
	if err := b.f.SetDocProps(props); err != nil {
		return err
	}
	return b.style.make(b.f)
}

// try does a step unless one before failed.
func (b *book) try(step func() error) {
	if b.err == nil {
		b.err = step()
	}
}

// words picks one language of pairs zh, en.
func (b *book) words(pairs ...string) []any {
	var out []any
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, geo.Text{ZH: pairs[i], EN: pairs[i+1]}.In(b.lang))
	}
	return out
}

// cellText keeps text within what a cell holds.
func cellText(s string) string {
	s = clean(s)
	if r := []rune(s); len(r) > excelize.TotalCellChars/2 {
		return string(r[:excelize.TotalCellChars/2]) + "…"
	}
	return s
}
