package report

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
)

func TestByPath(t *testing.T) {
	for path, want := range map[string]string{
		"a.json": "json", "A.JSON": "json", "x/y.html": "html", "r.sarif": "sarif", "r.sarif.json": "sarif",
		"r.junit.xml": "junit", "r.md": "markdown", "r.geojson": "geojson", "r.gpkg": "gpkg", "r.xlsx": "xlsx", "r.pdf": "pdf", "审查意见.DOCX": "docx", "r.csv": "csv", "findings.csv": "findings-csv", "r.findings.csv": "findings-csv", "ledger.csv": "csv", "r.txt": "text",
	} {
		f, err := ByPath(path)
		if err != nil || f.Name != want {
			t.Errorf("%s: got %q, %v; want %q", path, f.Name, err, want)
		}
	}
	for _, path := range []string{"", "report", "a.xml", "json", "a.odt"} {
		_, err := ByPath(path)
		if f, ok := geo.AsInputError(err); !ok || f.Advice.ZH == "" || !strings.Contains(f.Advice.EN, ".junit.xml") {
			t.Errorf("%q: want a fault that names the endings, got %v", path, err)
		}
	}
}

func TestByNameListsTheNames(t *testing.T) {
	_, err := ByName("odt")
	if err == nil || !strings.Contains(err.Error(), "sarif") {
		t.Errorf("got %v", err)
	}
}

// Every format writes the same bytes twice, with and without optional input.
func TestSameBytes(t *testing.T) {
	for _, f := range Formats() {
		if unprinted(f) {
			continue
		}
		for _, lang := range []string{"zh", "en"} {
			a, b := written(t, f.Name, drawn(t, lang)), written(t, f.Name, drawn(t, lang))
			if !bytes.Equal(a, b) {
				t.Errorf("%s (%s): two runs differ", f.Name, lang)
			}
			if len(a) == 0 {
				t.Errorf("%s: nothing written", f.Name)
			}
		}
	}
}

func TestLedgerFormatsSayWhatTheyNeed(t *testing.T) {
	for _, f := range Formats() {
		if err := f.Write(&bytes.Buffer{}, Input{}); err == nil {
			t.Errorf("%s: wrote no report at all", f.Name)
		}
		if unprinted(f) {
			continue
		}
		err := f.Write(&bytes.Buffer{}, Input{Report: sampleReport()})
		if _, isInputError := geo.AsInputError(err); isInputError != f.Ledger {
			t.Errorf("%s without a ledger: %v", f.Name, err)
		}
	}
}

func TestWriteFileIsWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.json")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := WriteFile(ended, path, Input{Report: sampleReport()}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("a cancelled write changed the file to %q", got)
	}
	if err := WriteFile(context.Background(), path, Input{Report: sampleReport()}); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); !bytes.Equal(got, written(t, "json", Input{Report: sampleReport()})) {
		t.Error("the file is not what the writer wrote")
	}
	if err := WriteFile(context.Background(), filepath.Join(dir, "none", "r.json"), Input{Report: sampleReport()}); err == nil {
		t.Error("wrote to a directory that is not there")
	}
	left, _ := os.ReadDir(dir)
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
