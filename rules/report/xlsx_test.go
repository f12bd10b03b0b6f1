package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// opened is a workbook as another program reads it: what cells hold, not how
// they show it.
func opened(t *testing.T, in Input) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", in)), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// numbersIn are the numbers that a sheet holds, as often as it does.
func numbersIn(t *testing.T, f *excelize.File, sheet string) []float64 {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	for i, row := range rows {
		for j, text := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			kind, err := f.GetCellType(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if x, err := strconv.ParseFloat(text, 64); err == nil && (kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset) {
				out = append(out, x)
			}
		}
	}
	return out
}

// figuresOf are all numbers under a key of the JSON report, but counts, years and
// coordinates.
func figuresOf(t *testing.T, data []byte, key string) []float64 {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var out []float64
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(k, x)
			}
		case []any:
			for _, x := range v {
				walk(name, x)
			}
		case float64:
			out = append(out, v)
		}
	}
	walk(key, doc[key])
	return out
}

// Every figure of years, land use, form, measures and findings in the JSON report
// is a number in the workbook's sheet, in either language.
func TestWorkbookHasTheFigures(t *testing.T) {
	for lang, sheets := range map[string][3]string{"zh": {"年度台账", "土地利用结构", "审查汇总表"}, "en": {"Years", "Land use", "Review form"}} {
		in := drawn(t, lang)
		report, f := written(t, "json", in), opened(t, in)
		for i, key := range []string{"years", "land_use", "form"} {
			have := numbersIn(t, f, sheets[i])
			for _, want := range figuresOf(t, report, key) {
				found := want == 0 && key == "form" // a part that is shown only where there is some
				for _, x := range have {
					found = found || x == want
				}
				if !found {
					t.Errorf("%s: %s has no %v", key, sheets[i], want)
				}
			}
		}
	}
	in := drawn(t, "zh")
	f := opened(t, in)
	have := numbersIn(t, f, "逐条核查")
	for _, rule := range in.Report.Rules {
		for _, m := range rule.Measures {
			for _, want := range []float64{m.Value, m.Limit, m.Margin} {
				found := m.Op == "" && want != m.Value
				for _, x := range have {
					found = found || math.Abs(x-want) < 1e-12*math.Max(1, math.Abs(want))
				}
				if !found {
					t.Errorf("%s: no %v", rule.ID, want)
				}
			}
		}
	}
	rows, _ := f.GetRows("问题")
	for i, n := range WorstFirst(in.Report) {
		if got := rows[i+1][5]; got != fmt.Sprint(n.Finding.Area) {
			t.Errorf("finding %d: area %s, want %v", i+1, got, n.Finding.Area)
		}
	}
}

func TestWorkbook(t *testing.T) {
	f := opened(t, drawn(t, "zh"))
	if got := strings.Join(f.GetSheetList(), " "); got != "结论 问题 审查汇总表 逐条核查 年度台账 土地利用结构 资料与版本 台账" {
		t.Errorf("sheets %s", got)
	}
	ledger, err := f.GetRows("台账")
	if err != nil || len(ledger) != 5 || ledger[1][1] != "67200.123456" || ledger[0][1] != "面积（m²）" {
		t.Errorf("ledger: %d rows, %v", len(ledger), err)
	}
	if kind, _ := f.GetCellType("台账", "F2"); kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
		t.Errorf("the code of a township is no text: %v", kind)
	}
	for _, at := range []string{"F2", "F3"} { // a formula has its value beside it
		formula, _ := f.GetCellFormula("土地利用结构", at)
		if value, _ := f.GetCellValue("土地利用结构", at); !strings.HasPrefix(formula, "ROUND(") || value == "" {
			t.Errorf("%s: formula %q, value %q", at, formula, value)
		}
	}
	for _, name := range f.GetSheetList() {
		page, _ := f.GetPageLayout(name)
		props, _ := f.GetSheetProps(name)
		foot, _ := f.GetHeaderFooter(name)
		if page.FitToWidth == nil || *page.FitToWidth != 1 || props.FitToPage == nil || !*props.FitToPage || *page.Size != 9 || !strings.Contains(foot.OddFooter, "NMG-150123-2025-01") || !strings.Contains(foot.OddFooter, "&P / &N") {
			t.Errorf("%s is not set up for printing: %+v, %+v", name, page, foot)
		}
		panes, _ := f.GetPanes(name)
		if listed := name != "结论" && name != "审查汇总表"; panes.Freeze != listed {
			t.Errorf("%s: frozen %v", name, panes.Freeze)
		}
	}
}

// The form in the workbook is the official sheet: seven sections by name, each
// over its rows, and every line of it.
func TestWorkbookForm(t *testing.T) {
	in := drawn(t, "zh")
	f := opened(t, in)
	var sections []string
	for i, row := range formRows(in.Report.Form) {
		at := i + 4
		label, _ := f.GetCellValue("审查汇总表", fmt.Sprintf("B%d", at))
		if label != row.Label.ZH {
			t.Errorf("row %d: %q, want %q", at, label, row.Label.ZH)
		}
		if row.Rows > 0 {
			name, _ := f.GetCellValue("审查汇总表", fmt.Sprintf("A%d", at))
			sections = append(sections, name)
		}
	}
	if got := strings.Join(sections, " "); got != "基本信息 总体情况 现状地类 坡度 连片程度 新增耕地 审查结果" {
		t.Errorf("sections %s", got)
	}
}
