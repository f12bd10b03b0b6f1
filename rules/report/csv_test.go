package report

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
)

// Findings read back from CSV are those of the report: areas equal, codes and ids
// text that no spreadsheet takes for a number or runs.
func TestFindingsCSV(t *testing.T) {
	in := drawn(t, "zh")
	in.Report.Rules[0].Findings[0].ID = "27e92671"
	data := written(t, "findings-csv", in)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil || !bytes.HasPrefix(data, []byte("\ufeff")) {
		t.Fatalf("%v, %.20q", err, data)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	all := WorstFirst(in.Report)
	if len(rows) != len(all)+1 {
		t.Fatalf("%d rows, want %d", len(rows), len(all)+1)
	}
	for i, f := range all {
		row := rows[i+1]
		if area, err := strconv.ParseFloat(row[at["area_m2"]], 64); err != nil || area != f.Finding.Area {
			t.Errorf("%s: area %s, want %v", f.Finding.ID, row[at["area_m2"]], f.Finding.Area)
		}
		if got := row[at["finding"]]; strings.TrimPrefix(got, "\t") != f.Finding.ID || f.Finding.ID == "27e92671" && got[0] != '\t' {
			t.Errorf("id %q, want %s", got, f.Finding.ID)
		}
		if code := row[at["scope_code"]]; code != "" && code[0] >= '0' && code[0] <= '9' {
			t.Errorf("a spreadsheet takes the code %q for a number", code)
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}
