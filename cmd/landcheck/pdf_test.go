package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/report/chromium"
)

// A plan's report is printed, twice to the same bytes; where there is no browser
// that is said before anything is checked.
func TestPDF(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "02-over-five-percent.zip"), filepath.Join(dir, "base")
	to := t.TempDir()
	out := filepath.Join(to, "report.pdf")
	t.Run("none", func(t *testing.T) {
		got := landcheck(t, "check", plan, "--base", base, "-o", filepath.Join(to, "first.json"), "-o", out, "--chromium", filepath.Join(to, "nothing"), "--lang", "en")
		told, _ := os.ReadFile(filepath.Join(to, "first.json")) // to the machine that asked for JSON
		if _, err := os.Stat(out); got.status != exitBadInput || !strings.Contains(got.stderr, "Chromium") || !bytes.Contains(told, []byte("landcheck-error/1")) || err == nil {
			t.Errorf("status %d, %s, %s", got.status, got.stderr, told)
		}
	})
	t.Run("stdout", func(t *testing.T) {
		if got := landcheck(t, "check", plan, "--base", base, "--format", "pdf"); got.status != exitBadInput || !strings.Contains(got.stderr, "-o") {
			t.Errorf("status %d, %s", got.status, got.stderr)
		}
	})
	t.Run("printed", func(t *testing.T) {
		if _, err := chromium.Find(""); err != nil {
			t.Skipf("no browser: %v", err)
		}
		var made [2][]byte
		for i := range made {
			if got := landcheck(t, "check", plan, "--base", base, "--dated", "2026-11-30", "-o", out); got.status != exitViolations {
				t.Fatalf("status %d: %s", got.status, got.stderr)
			}
			var err error
			if made[i], err = os.ReadFile(out); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.HasPrefix(made[0], []byte("%PDF-")) || !bytes.Equal(made[0], made[1]) {
			t.Error("two runs differ")
		}
		if !bytes.Contains(made[0], []byte("/CreationDate (D:20261130")) || bytes.Contains(made[0], []byte("landcheck-print")) {
			t.Error("the PDF bears another day, or where it was printed")
		}
	})
}
