package report

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"landcheck/rules/report/chromium"
)

var update = flag.Bool("update", false, "rewrite golden files")

// golden compares bytes with a kept file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from the golden file (go test -update rewrites it); got:\n%s", name, got)
	}
}

// written runs a writer and fails the test when it fails.
func written(t *testing.T, format string, in Input) []byte {
	t.Helper()
	f, err := ByName(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unprinted tells whether a format wants a browser, and this machine has none.
func unprinted(f Format) bool {
	_, err := chromium.Find("")
	return f.Printed && err != nil
}

func TestTextGolden(t *testing.T) {
	golden(t, "report.zh.txt", written(t, "text", Input{Report: sampleReport(), Lang: "zh"}))
	golden(t, "report.en.txt", written(t, "text", Input{Report: sampleReport(), Lang: "en"}))
}

func TestJSONGolden(t *testing.T) {
	golden(t, "report.json", written(t, "json", Input{Report: sampleReport()}))
}

func TestMachineGoldens(t *testing.T) {
	golden(t, "report.sarif", written(t, "sarif", Input{Report: sampleReport(), Lang: "zh"}))
	golden(t, "report.junit.xml", written(t, "junit", Input{Report: sampleReport(), Lang: "en"}))
	golden(t, "report.zh.md", written(t, "markdown", Input{Report: sampleReport(), Lang: "zh"}))
	golden(t, "report.geojson", written(t, "geojson", Input{Report: sampleReport(), Lang: "en"}))
}

// drawn is the sample report with its ledger and map.
func drawn(t *testing.T, lang string) Input {
	t.Helper()
	l, r := sampleLedger(), sampleReport()
	d, err := NewDrawing(r, l, sampleOutlines()...)
	if err != nil {
		t.Fatal(err)
	}
	return Input{Report: r, Lang: lang, Ledger: l, Drawing: d}
}

func TestHTMLGolden(t *testing.T) {
	golden(t, "report.html", written(t, "html", drawn(t, "zh")))
}

func TestCSVGolden(t *testing.T) {
	golden(t, "ledger.csv", written(t, "csv", drawn(t, "zh")))
}

// A page of 10 000 changes and 10 000 findings.
func BenchmarkHTML(b *testing.B) {
	l, r := manyChanges(10000), sampleReport()
	one := r.Rules[0].Findings[0]
	for i := range 10000 {
		one.ID = "f" + strconv.Itoa(i)
		r.Rules[0].Findings = append(r.Rules[0].Findings, one)
	}
	for b.Loop() {
		d, err := NewDrawing(r, l, sampleOutlines()...)
		if err != nil {
			b.Fatal(err)
		}
		if err := writeHTML(io.Discard, Input{Report: r, Ledger: l, Drawing: d}); err != nil {
			b.Fatal(err)
		}
	}
}
