package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWorkbookPrints has LibreOffice print the workbooks of sample plans: at most
// ten pages, the form on one, and the ledger on one that says what it leaves out.
func TestWorkbookPrints(t *testing.T) {
	for _, program := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed: apt-get install libreoffice-calc poppler-utils", program)
		}
	}
	dir := sampleDir(t)
	for _, c := range []struct{ plan, lang, form, ledger, foot string }{
		{"02-over-five-percent.zip", "zh", "审查情况汇总表", "只印前 40 行", "150123-2026-02"},
		{"13-three-years.zip", "en", "Review form", "the first 40 and", "150123-2026-13"},
	} {
		to := t.TempDir()
		out := filepath.Join(to, "report.xlsx")
		landcheck(t, "check", filepath.Join(dir, "plans", c.plan), "--base", filepath.Join(dir, "base"), "--lang", c.lang, "--quiet", "-o", out)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
		defer cancel()
		if said, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+filepath.Join(to, "profile"), "--headless", "--convert-to", "pdf", "--outdir", to, out).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		text, err := exec.CommandContext(ctx, "pdftotext", "-layout", filepath.Join(to, "report.pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
		if len(pages) > 10 {
			t.Errorf("%s: %d pages", c.plan, len(pages))
		}
		forms, ledgers := 0, 0
		for i, page := range pages {
			if strings.Contains(page, c.form) && strings.Contains(page, "20") && strings.Contains(page, "25°") {
				forms++
			}
			if strings.Contains(page, c.ledger) {
				ledgers++
			}
			if !strings.Contains(page, c.foot) {
				t.Errorf("%s: page %d has no foot", c.plan, i+1)
			}
		}
		if forms != 1 || ledgers != 1 {
			t.Errorf("%s: the form on %d pages, the ledger on %d", c.plan, forms, ledgers)
		}
	}
}
