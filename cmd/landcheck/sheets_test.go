package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSheets prints the HTML reports of sample plans: four pages of A4 where a
// plan has few findings, and on each what a reader expects there.
func TestSheets(t *testing.T) {
	for _, program := range []string{"chromium", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed: run scripts/install.sh test", program)
		}
	}
	dir := sampleDir(t)
	for _, c := range []struct {
		plan, lang string
		pages      [4][]string // what each holds
	}{
		{"02-over-five-percent.zip", "zh", [4][]string{
			{"不符合政策要求", "超出 2.9456 公顷（44.18 亩）", "主要数据", "地图", "盖章", "2026-11-30", "1 / 4"},
			{"审查情况汇总表", "41.8228", "集中连片度"}, {"逐条核查", "实测 5.50 %，上限 5.00 %，超 2.9456 公顷", "不涉及"}, {"土地利用结构", "sha256:", "4 / 4"}}},
		{"02-over-five-percent.zip", "en", [4][]string{{"Violations", "Stamp"}, {"Review form"}, {"measured 5.50 %, at most 5.00 %"}, {"Rules that fail", "Land use"}}},
		{"09-undeclared-loss.zip", "en", [4][]string{{"Violations", "Stamp"}, {"Review form"}, {"No PBF is lost"}, {"Sources"}}},
		{"01-compliant.zip", "zh", [4][]string{{"可以报送", "盖章"}, {"审查情况汇总表"}, {"逐条核查"}, {"资料与版本"}}},
		{"13-three-years.zip", "en", [4][]string{{"Compliant"}, {"Review form"}, {"Rule by rule"}, {"Year ledger", "2026"}}},
	} {
		t.Run(c.plan+"/"+c.lang, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "report.html")
			landcheck(t, "check", filepath.Join(dir, "plans", c.plan), "--base", filepath.Join(dir, "base"), "--lang", c.lang, "--dated", "2026-11-30", "--quiet", "-o", out)
			pages := printedPages(t, out)
			if len(pages) != len(c.pages) {
				t.Fatalf("%d pages, want %d", len(pages), len(c.pages))
			}
			for i, page := range pages {
				for _, want := range c.pages[i] {
					if !strings.Contains(strings.ReplaceAll(page, " ", ""), strings.ReplaceAll(want, " ", "")) {
						t.Errorf("page %d does not hold %q", i+1, want)
					}
				}
			}
			if strings.Contains(pages[2], "条款与说明") || strings.Count(strings.Join(pages, ""), "调整规模原则上不得超过") > 1 {
				t.Error("rules that hold are explained")
			}
		})
	}
}

// printedPages is the text of a page's sheets as Chromium prints them.
func printedPages(t *testing.T, html string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	pdf := html + ".pdf"
	print := exec.CommandContext(ctx, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
		"--user-data-dir="+filepath.Join(t.TempDir(), "profile"), "--print-to-pdf="+pdf, "file://"+html)
	if out, err := print.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := exec.CommandContext(ctx, "pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}
