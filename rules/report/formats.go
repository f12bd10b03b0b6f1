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
	Drawing *Drawing       // map of the HTML report and of PDF; nil leaves the map out
	Colour  bool           // text: colour the screen
	Width   int            // text: columns; 0 is 88

	// Place is where a layer's file lies in the repository, for SARIF: a relative
	// path with slashes, or an absolute one; of "" that of the package's manifest,
	// or of the package. nil leaves files as the report has them.
	Place func(file string) string
	Docs  string // address of the manual, for links; "" is DefaultDocs

	// Browser is the program that prints PDF, of the Chromium family; "" is the
	// first that there is (chromium.Find).
	Browser string

	Dated        string // the day that text, HTML, Markdown, XLSX, DOCX and PDF bear, as 2026-11-30; "" for none: the report's data holds no clock
	OnlyProblems bool   // text: leaves out rules that hold or do not apply

	Digest    *[32]byte        // SHA-256 of the JSON report's file where it was written before, perhaps by another version; nil computes it
	Decision  *result.Decision // DOCX: what was decided on the report, to stand in the opinion; nil leaves room to write it
	Signature *Signature       // of the report's passport, for its QR code; nil for none
}

// dated is what the foot of a page says of the day; it says nothing without one.
func (in Input) dated() geo.Text {
	if in.Dated == "" {
		return geo.Text{}
	}
	return geo.Textf("日期 %s", "dated %s", in.Dated)
}

// DefaultDocs is where the manual is on a machine that runs the service.
const DefaultDocs = "http://127.0.0.1:8080/docs"

// Format is one way to show a report.
type Format struct {
	Name    string   // of --format and of ?f=
	Media   string   // its type on the web
	Title   geo.Text // what it is good for, for a menu
	Endings []string // file endings, with the dot, the usual one first
	Ledger  bool     // needs Input.Ledger
	Binary  bool     // not for a terminal
	Drawing bool     // shows Input.Drawing
	Printed bool     // by a browser: Input.Browser
	Write   func(w io.Writer, in Input) error

	// WriteFailure says in place of a report why there is none, to a machine that
	// reads the format; nil for formats that people read.
	WriteFailure func(w io.Writer, f Failure, lang string) error

	// WriteBatch writes what came of several packages in one; nil for formats that
	// hold one plan.
	WriteBatch func(w io.Writer, b Batch) error

	// WriteTogether writes what several plans do to each other, for a format of which
	// each plan has a file of its own; nil for those that do not show it.
	WriteTogether func(w io.Writer, b Batch) error

	// file writes straight to a path, for a format that is a database.
	file func(ctx context.Context, path string, in Input) error
}

// Formats is the one table of formats. Help, the service with its description
// of itself, and the page read it: a row here is all that a new writer needs.
// The order is that of menus, and of what the service prefers where a request
// takes several.
func Formats() []Format {
	return []Format{
		{Name: "json", Media: "application/json", Title: geo.Text{ZH: "完整报告（机器可读）", EN: "the whole report, for programs"}, Endings: []string{".json"}, Write: writeJSON, WriteFailure: writeJSONFailure, WriteBatch: writeJSONBatch},
		{Name: "html", Media: "text/html", Title: geo.Text{ZH: "网页报告，可离线查看和打印", EN: "page, to open offline and print"}, Endings: []string{".html", ".htm"}, Drawing: true, Write: writeHTML},
		{Name: "pdf", Media: "application/pdf", Title: geo.Text{ZH: "PDF，打印好的网页报告", EN: "PDF: the page, printed"}, Endings: []string{".pdf"}, Binary: true, Drawing: true, Printed: true, Write: writePDF, file: pdfFile},
		{Name: "sarif", Media: "application/sarif+json", Title: geo.Text{ZH: "SARIF 2.1.0，用于流水线", EN: "SARIF 2.1.0, for pipelines"}, Endings: []string{".sarif", ".sarif.json"}, Write: writeSARIF, WriteFailure: writeSARIFFailure, WriteBatch: writeSARIFBatch},
		{Name: "geojson", Media: "application/geo+json", Title: geo.Text{ZH: "问题图层（GeoJSON）", EN: "the findings as GeoJSON"}, Endings: []string{".geojson"}, Write: writeGeoJSON, WriteTogether: writeGeoJSONTogether},
		{Name: "junit", Media: "application/xml", Title: geo.Text{ZH: "JUnit XML，每条规则一个用例，用于流水线", EN: "JUnit XML, a test case per rule, for pipelines"}, Endings: []string{".junit.xml"}, Write: writeJUnit, WriteFailure: writeJUnitFailure, WriteBatch: writeJUnitBatch},
		{Name: "markdown", Media: "text/markdown", Title: geo.Text{ZH: "Markdown，便于粘贴到评论", EN: "Markdown, to paste into a comment"}, Endings: []string{".md"}, Write: writeMarkdown, WriteBatch: writeMarkdownBatch},
		{Name: "csv", Media: "text/csv", Title: geo.Text{ZH: "台账 CSV，每个面一行，每个数都可复算", EN: "ledger as CSV, a row per face: every figure can be recomputed"}, Endings: []string{".csv"}, Ledger: true, Write: writeCSV},
		{Name: "findings-csv", Media: "text/csv", Title: geo.Text{ZH: "问题 CSV，每个问题一行", EN: "findings as CSV, a row each"}, Endings: []string{".findings.csv", "findings.csv"}, Write: writeFindingsCSV},
		{Name: "text", Media: "text/plain", Title: geo.Text{ZH: "纯文本，终端所见", EN: "plain text, as on a terminal"}, Endings: []string{".txt"}, Write: writeText, WriteBatch: writeTextBatch},
		{Name: "xlsx", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Title: geo.Text{ZH: "Excel 工作簿，含审查汇总表和台账", EN: "Excel workbook with review form and ledger"}, Endings: []string{".xlsx"}, Binary: true, Write: writeXLSX},
		{Name: "docx", Media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Title: geo.Text{ZH: "Word 审查意见，可修改、签署，附方案各表", EN: "review opinion in Word, to edit and sign, with the scheme's tables"}, Endings: []string{".docx"}, Binary: true, Write: writeDOCX},
		{Name: "gpkg", Media: "application/geopackage+sqlite3", Title: geo.Text{ZH: "GeoPackage，方案、问题和台账图层，带样式，GIS 软件可打开", EN: "GeoPackage with plan, findings and faces, styled, for GIS"}, Endings: []string{".gpkg"}, Ledger: true, Binary: true, Write: writeGeoPackage, file: geoPackageFile},
	}
}

// Names are the names of the formats; printable leaves out those that are not
// for a terminal.
func Names(printable bool) []string {
	var names []string
	for _, f := range Formats() {
		if !printable || !f.Binary {
			names = append(names, f.Name)
		}
	}
	return names
}

// Endings are the file endings of all formats, the usual one of each.
func Endings() []string {
	var endings []string
	for _, f := range Formats() {
		endings = append(endings, f.Endings[0])
	}
	return endings
}

// ByName finds a format; a *geo.InputError lists the names when there is none.
func ByName(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	list := strings.Join(Names(false), ", ")
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
		Advice:  geo.Text{ZH: "请重新核查方案包，同时写出该格式", EN: "check the plan package again and write this format then"}, Wants: geo.PackageInput,
	}
}
