package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/mapsheet"
	"landcheck/rules/result"
)

// TestMaps: all sheets of a plan, their legend the table of the report that check
// writes.
func TestMaps(t *testing.T) {
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	dir := t.TempDir()
	out := filepath.Join(dir, "图件")
	if res := landcheck(t, "maps", plan, "--base", base, "-o", out, "--dated", "2026-11-30"); res.status != 0 || strings.Count(res.stdout, ".svg\n") != len(mapsheet.Kinds()) {
		t.Fatal(res)
	}
	report := filepath.Join(dir, "report.json")
	landcheck(t, "check", plan, "--base", base, "--quiet", "-o", report)
	data, err := os.ReadFile(report)
	var r result.Report
	if err != nil || json.Unmarshal(data, &r) != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(out, "land-use-after.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.LandUse {
		if want := fmt.Sprintf(">%.4f<", row.After/1e4); row.After != 0 && !strings.Contains(string(after), want) {
			t.Errorf("%s: the sheet does not have %s hm²", row.Code, want)
		}
	}
	if !strings.Contains(string(after), "2026-11-30") || !strings.Contains(string(after), r.Plan.Code) {
		t.Error("the sheet has no date or no plan")
	}
}

// TestMapsLeavesOut: a plan without sub-projects has no sheet of them, which is
// said; alone it is an error.
func TestMapsLeavesOut(t *testing.T) {
	base := filepath.Join(sampleDir(t), "base")
	dir := t.TempDir()
	plan := filepath.Join(dir, "plan")
	if out, err := exec.Command("unzip", "-q", filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), "-d", plan).CombinedOutput(); err != nil {
		t.Skipf("needs unzip: %v %s", err, out)
	}
	for _, name := range []string{"DLBG", "YJJBNTTC", "YJJBNTBH"} { // the column is called something else
		path := filepath.Join(plan, name+".dbf")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(data), "XMBH", "XXXX", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	res := landcheck(t, "maps", plan, "--base", base, "-o", out, "--lang", "en")
	if _, err := os.Stat(filepath.Join(out, "subprojects.svg")); res.status != 0 || err == nil || !strings.Contains(res.stderr, "XMBH") {
		t.Error(res)
	}
	if res := landcheck(t, "maps", plan, "--base", base, "-o", out, "--kind", "subprojects"); res.status != exitBadInput || !strings.Contains(res.stderr, "XMBH") {
		t.Error(res)
	}
}

func TestMapsUsage(t *testing.T) {
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	dir := t.TempDir()
	for _, x := range []struct {
		args []string
		says string
	}{
		{nil, "maps"},
		{[]string{plan, "--base", base}, "-o"},
		{[]string{plan, "-o", dir}, "--base"},
		{[]string{plan, "--base", base, "-o", dir, "--kind", "land-use"}, "land-use-before"},
		{[]string{plan, "--base", base, "-o", dir, "--dated", "today"}, "--dated"},
		{[]string{plan, "--base", base, "-o", plan}, "-o"},
	} {
		if res := landcheck(t, append([]string{"maps"}, x.args...)...); res.status != exitBadInput || !strings.Contains(res.stderr, x.says) || res.stdout != "" {
			t.Errorf("%v: %v", x.args, res)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%d files were written, %v", len(left), err)
	}
	t.Setenv("PATH", dir)
	if res := landcheck(t, "maps", plan, "--base", base, "-o", dir, "--pdf"); res.status != exitBadInput || !strings.Contains(res.stderr, "Chromium") {
		t.Errorf("without a browser: %v", res)
	}
}

// TestMapsPDF: a PDF of one page of A3 with the words of the sheet.
func TestMapsPDF(t *testing.T) {
	for _, tool := range []string{"chromium", "pdfinfo", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s (chromium, poppler-utils)", tool)
		}
	}
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	dir := t.TempDir()
	if res := landcheck(t, "maps", plan, "--base", base, "-o", dir, "--pdf", "--dated", "2026-11-30", "--kind", "pbf-after"); res.status != 0 {
		t.Fatal(res)
	}
	path := filepath.Join(dir, "pbf-after.pdf")
	info, err := exec.Command("pdfinfo", path).CombinedOutput()
	if err != nil || !strings.Contains(string(info), "(A3)") || !strings.Contains(string(info), "Pages:           1\n") || !strings.Contains(string(info), "2026") {
		t.Errorf("%v %s", err, info)
	}
	words, err := exec.Command("pdftotext", path, "-").CombinedOutput()
	if err != nil || !strings.Contains(string(words), "永久基本农田补划") {
		t.Errorf("%v %.300s", err, words)
	}
}
