package report

import (
	"bytes"
	"encoding/json"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// textOfPDF is what pdftotext reads.
func textOfPDF(t *testing.T, data []byte) string {
	t.Helper()
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not there: apt-get install poppler-utils")
	}
	c := exec.CommandContext(t.Context(), reader, "-layout", "-", "-")
	c.Stdin = bytes.NewReader(data)
	text, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The PDF has the figures of the JSON report, as another program reads them: in
// m² or in hm², rounded to what stands there.
func TestPDFHoldsTheReport(t *testing.T) {
	if f, _ := ByName("pdf"); unprinted(f) {
		t.Skip("no browser: apt-get install chromium")
	}
	in := drawn(t, "zh")
	in.Dated = "2026-11-30"
	text := textOfPDF(t, written(t, "pdf", in))
	var figures []float64
	for _, word := range regexp.MustCompile(`\d[\d,]*\.\d+`).FindAllString(text, -1) {
		x, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		figures = append(figures, x)
	}
	var r struct {
		LandUse []map[string]any `json:"land_use"`
		Years   []map[string]any `json:"years"`
	}
	if err := json.Unmarshal(written(t, "json", in), &r); err != nil {
		t.Fatal(err)
	}
	areas := 0
	for _, row := range append(r.LandUse, r.Years...) {
		for key, value := range row {
			m2, number := value.(float64)
			if !number || !strings.HasSuffix(key, "_m2") || strings.Contains(key, "cumulative") || m2 < 1 {
				continue
			}
			areas++
			found := false
			for _, x := range figures {
				found = found || math.Abs(x-m2) <= 0.0051 || math.Abs(x-m2/10000) <= 0.000051
			}
			if !found {
				t.Errorf("%s %v is not on paper", key, m2)
			}
		}
	}
	if areas < 12 {
		t.Errorf("%d areas", areas)
	}
	for _, want := range []string{"不符合政策要求", "2026-11-30", "先补后调", "5.00003", "NMG-150123-2025-01"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(text, "Compensate first") {
		t.Error("the other language is printed too")
	}
}
