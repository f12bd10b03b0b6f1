package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"landcheck/geo"
)

// writeCSV writes the ledger, a row per face, in UTF-8 with a byte-order mark
// (Excel reads it as GBK without) and CRLF (RFC 4180).
func writeCSV(w io.Writer, in Input) error {
	if err := in.check(Format{Name: "csv", Ledger: true}); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	if in.Report.Layer != nil { // there is no ledger; what there is are findings
		return writeTable(w, findingTable(in))
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	cols := faceColumns(in.Ledger)
	row := make([]string, len(cols))
	for i, col := range cols {
		row[i] = col.Name
	}
	if err := c.Write(row); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for i := range in.Ledger.Faces {
		for j, col := range cols {
			row[j] = col.Of(&in.Ledger.Faces[i])
			if col.Type == geo.TextField {
				row[j] = notFormula(clean(row[j]))
			}
		}
		if err := c.Write(row); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	c.Flush()
	return c.Error()
}

// writeFindingsCSV writes a row per finding, worst first, in the same form. Text
// that a spreadsheet would take for a number (a code, an id such as 27e926)
// begins with a tab, which keeps it text there and is not seen.
func writeFindingsCSV(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	t := findingTable(in)
	for _, row := range t.Rows {
		for i, f := range t.Fields {
			if f.Type == geo.TextField && readsAsNumber(row.Values[i]) {
				row.Values[i] = "\t" + row.Values[i]
			}
		}
	}
	return writeTable(w, t)
}

func readsAsNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// notFormula keeps a spreadsheet from running text out of a plan as a formula.
func notFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// writeTable writes a table's fields and rows, without shapes.
func writeTable(w io.Writer, t *geo.Table) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	row := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		row[i] = f.Name
	}
	if err := c.Write(row); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for _, r := range t.Rows {
		for i, f := range t.Fields {
			row[i] = r.Values[i]
			if f.Type == geo.TextField {
				row[i] = notFormula(row[i])
			}
		}
		if err := c.Write(row); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	c.Flush()
	return c.Error()
}
