package report

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
)

// Input is what a writer shows. Only Report is required.
type Input struct {
	Report  *result.Report
	Lang    string         // "zh" (also when empty) or "en"
	Ledger  *ledger.Ledger // nil when only the JSON report is at hand
	Drawing *Drawing       // map of the HTML report; nil leaves the map out
	Colour  bool           // text: colour the screen
	Width   int            // text: columns; 0 is 88
}

// Format is one way to show a report.
type Format struct {
	Name    string
	Title   geo.Text
	Endings []string // file endings, with the dot
	Ledger  bool     // needs Input.Ledger
	Binary  bool     // not for a terminal
	Write   func(w io.Writer, in Input) error

	// file writes straight to a path, for a format that is a database.
	file func(ctx context.Context, path string, in Input) error
}

// Formats is the table of formats, in the order in which help lists them.
func Formats() []Format {
	return []Format{
		{Name: "text", Title: geo.Text{ZH: "终端文本", EN: "text for a terminal"}, Endings: []string{".txt"}, Write: writeText},
		{Name: "json", Title: geo.Text{ZH: "完整报告（JSON）", EN: "the whole report as JSON"}, Endings: []string{".json"}, Write: writeJSON},
		{Name: "html", Title: geo.Text{ZH: "单文件网页报告，可离线打印", EN: "one self-contained page, offline and printable"}, Endings: []string{".html", ".htm"}, Write: writeHTML},
		{Name: "sarif", Title: geo.Text{ZH: "SARIF 2.1.0", EN: "SARIF 2.1.0"}, Endings: []string{".sarif", ".sarif.json"}, Write: writeSARIF},
		{Name: "junit", Title: geo.Text{ZH: "JUnit XML，每条规则一个用例", EN: "JUnit XML, a test case per rule"}, Endings: []string{".junit.xml"}, Write: writeJUnit},
		{Name: "markdown", Title: geo.Text{ZH: "Markdown，适合合并请求评论", EN: "Markdown for a pull-request comment"}, Endings: []string{".md"}, Write: writeMarkdown},
		{Name: "geojson", Title: geo.Text{ZH: "问题图斑（GeoJSON）", EN: "findings as GeoJSON"}, Endings: []string{".geojson"}, Write: writeGeoJSON},
		{Name: "gpkg", Title: geo.Text{ZH: "问题与台账图层（GeoPackage）", EN: "findings and faces as a GeoPackage"}, Endings: []string{".gpkg"}, Ledger: true, Binary: true, Write: writeGeoPackage, file: geoPackageFile},
		{Name: "xlsx", Title: geo.Text{ZH: "Excel 工作簿", EN: "an Excel workbook"}, Endings: []string{".xlsx"}, Binary: true, Write: writeXLSX},
		{Name: "csv", Title: geo.Text{ZH: "台账（CSV），每个面一行", EN: "the ledger as CSV, a row per face"}, Endings: []string{".csv"}, Ledger: true, Write: writeCSV},
	}
}

// ByName finds a format; a *geo.InputError lists the names when there is none.
func ByName(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	list := strings.Join(names, ", ")
	return Format{}, &geo.InputError{
		Message: geo.Textf("没有名为 %q 的输出格式", "there is no output format %q", name),
		Advice:  geo.Textf("可用的格式：%s", "use one of %s", list),
	}
}

// ByPath finds the format of a file by its ending, without regard to case; the
// longest ending wins, so that .sarif.json is SARIF.
func ByPath(path string) (Format, error) {
	base := strings.ToLower(filepath.Base(path))
	var found Format
	best, endings := 0, []string(nil)
	for _, f := range Formats() {
		for _, e := range f.Endings {
			endings = append(endings, e)
			if strings.HasSuffix(base, e) && len(e) > best {
				found, best = f, len(e)
			}
		}
	}
	if best > 0 {
		return found, nil
	}
	return Format{}, &geo.InputError{
		File:    path,
		Message: geo.Text{ZH: "看不出要写成哪种格式", EN: "its ending does not say which format to write"},
		Advice:  geo.Textf("文件名请用这些结尾之一：%s", "end the name with one of %s", strings.Join(endings, " ")),
	}
}

// check turns a lack into words before anything is written.
func (in Input) check(f Format) error {
	if in.Report == nil {
		return fmt.Errorf("report: no report to write")
	}
	if f.Ledger && in.Ledger == nil {
		return noLedger(f.Name)
	}
	return nil
}

func noLedger(format string) error {
	return &geo.InputError{
		Message: geo.Textf("%s 输出需要台账，而 JSON 报告里没有台账", "%s output needs the ledger, which a JSON report does not hold", format),
		Advice:  geo.Text{ZH: "请重新检查方案包，同时写出该格式", EN: "check the plan package again and write this format then"}, Wants: geo.PackageInput,
	}
}
