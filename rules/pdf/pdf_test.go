package pdf

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestPrint: a page becomes a PDF of its paper, the same bytes each time, and
// fetches nothing.
func TestPrint(t *testing.T) {
	browser, err := Browser()
	if err != nil {
		t.Skip("needs chromium")
	}
	page := []byte("<style>@page{size:100mm 50mm;margin:0}</style><p>图件</p><img src='http://127.0.0.1:1/x.png'>")
	first, err := Print(t.Context(), browser, page)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Print(t.Context(), browser, page)
	if err != nil || !bytes.Equal(first, again) || !bytes.HasPrefix(first, []byte("%PDF-")) {
		t.Errorf("%d and %d bytes, %v", len(first), len(again), err)
	}
	cmd := exec.Command("pdfinfo", "-")
	cmd.Stdin = bytes.NewReader(first)
	if _, err := exec.LookPath("pdfinfo"); err != nil {
		return
	}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "Pages:           1\n") {
		t.Errorf("pdfinfo: %v\n%s", err, out)
	}
}

func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Browser()
	if e, ok := geo.AsInputError(err); !ok || e.Advice.IsZero() {
		t.Errorf("without a browser: %v", err)
	}
	if _, err := Print(t.Context(), "/bin/false", nil); err == nil {
		t.Error("a browser that fails has printed")
	}
}

func TestTimeless(t *testing.T) {
	for from, to := range map[string]string{
		"/CreationDate (D:20261201131500+00'00')": "/CreationDate (D:20000101000000+00'00')",
		"/ModDate (D:19990101000000Z)":            "/ModDate (D:20000101000000Z)",
		"/Title (D:20261201131500)":               "/Title (D:20261201131500)",
	} {
		if got := string(timeless([]byte(from))); got != to {
			t.Errorf("%s became %s", from, got)
		}
	}
}
