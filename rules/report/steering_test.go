package report

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestNothingSteers: whatever names and values hold, no format hands on a
// character that acts on a terminal, a pipeline's log or a page, or that cannot
// be seen.
func TestNothingSteers(t *testing.T) {
	for _, f := range Formats() {
		if f.Printed { // what a browser prints is HTML
			continue
		}
		for _, lang := range []string{"zh", "en"} {
			out := written(t, f.Name, Input{Report: sampleReport(), Ledger: sampleLedger(), Lang: lang})
			for name, text := range textsOf(t, f, out) {
				text = strings.TrimPrefix(text, "\ufeff") // for Excel, which takes a CSV without for GBK
				for i, r := range text {
					if geo.Steers(r) && r != '\n' && r != '\r' && r != '\t' {
						t.Errorf("%s %s %s: %U in %q", f.Name, lang, name, r, text[max(0, i-60):i])
						break
					}
				}
			}
		}
	}
}

// textsOf are the texts that a report consists of.
func textsOf(t *testing.T, f Format, out []byte) map[string]string {
	switch {
	case f.Name == "xlsx" || f.Name == "docx":
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		if err != nil {
			t.Fatal(err)
		}
		texts := map[string]string{}
		for _, e := range z.File {
			if strings.HasSuffix(e.Name, ".png") {
				continue
			}
			in, err := e.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			texts[e.Name] = string(text)
		}
		return texts
	case f.Binary:
		return nil
	}
	return map[string]string{"": string(out)}
}
