package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/report"
	"landcheck/rules/result"
)

// several is a folder of packages: two that comply, one of them unpacked, one
// with violations, one that cannot be read.
func several(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	plans := filepath.Join(sampleDir(t), "plans")
	for from, to := range map[string]string{"01-compliant.zip": "b.zip", "02-over-five-percent.zip": "a.zip"} {
		if err := os.Link(filepath.Join(plans, from), filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.zip"), []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(unpacked(t), filepath.Join(dir, "folder")); err != nil {
		t.Fatal(err)
	}
	return dir
}

type summary struct {
	Schema   string
	Exit     int
	Counts   map[string]int
	Packages []struct {
		Package string
		Exit    int
		Report  *result.Report
		Error   *report.Failure
	}
}

func summed(t *testing.T, text string) summary {
	t.Helper()
	var s summary
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return s
}

// TestSeveralPackages: a folder of packages gets one summary with each report,
// and the status of the worst; one that cannot be read stops nothing.
func TestSeveralPackages(t *testing.T) {
	dir, out, base := several(t), t.TempDir(), filepath.Join(sampleDir(t), "base")
	args := []string{"check", dir, "--base", base, "--quiet", "--lang", "zh", "--format", "json"}
	for _, name := range []string{"all.json", "all.sarif", "all.junit.xml", "all.md", "all.txt", "page.html", "ledger.csv"} {
		args = append(args, "-o", filepath.Join(out, name))
	}
	got := landcheck(t, args...)
	if got.status != exitBadInput || !strings.Contains(got.stderr, "broken.zip") {
		t.Fatalf("status %d: %s", got.status, got.stderr)
	}
	s := summed(t, got.stdout)
	var names []string
	for _, p := range s.Packages {
		names = append(names, p.Package)
	}
	if !slices.Equal(names, []string{"a.zip", "b.zip", "broken.zip", "folder"}) || s.Schema != "landcheck-summary/1" || s.Exit != 2 || s.Counts["compliant"] != 2 || s.Counts["violations"] != 1 || s.Counts["failed"] != 1 {
		t.Errorf("%v %+v", names, s.Counts)
	}
	if p := s.Packages[0]; p.Exit != 1 || p.Report.Verdict != "violations" || p.Error != nil {
		t.Errorf("%+v", p)
	}
	if p := s.Packages[2]; p.Exit != 2 || p.Report != nil || p.Error.File != "broken.zip" {
		t.Errorf("%+v", p)
	}
	alone := checked(t, exitCompliant, filepath.Join(dir, "b.zip"), "--base", base)
	a, _ := json.Marshal(alone)
	if b, _ := json.Marshal(s.Packages[1].Report); string(a) != string(b) {
		t.Error("the report of a package is another among several")
	}
	files, _ := filepath.Glob(filepath.Join(out, "*"))
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	if want := []string{"all.json", "all.junit.xml", "all.md", "all.sarif", "all.txt", "ledger-a.csv", "ledger-b.csv", "ledger-folder.csv", "page-a.html", "page-b.html", "page-folder.html"}; !slices.Equal(files, want) {
		t.Errorf("%v", files)
	}
	for name, words := range map[string][]string{
		"all.json":      {`"landcheck-summary/1"`},
		"all.sarif":     {`"landcheck/a.zip/"`, `"landcheck/folder/"`, `"executionSuccessful": false`},
		"all.junit.xml": {`name="a.zip · `, `name="broken.zip"`, `<error type="input"`},
		"all.md":        {"共 4 个方案包", "| ❓ | broken.zip |", "# folder"},
		"all.txt":       {"共 4 个方案包：符合政策要求 2 · 不符合政策要求 1 · 资料不全 0 · 没有结论 1\n ✗ a.zip", " ✓ folder  "},
	} {
		text, err := os.ReadFile(filepath.Join(out, name))
		for _, w := range words {
			if err != nil || !strings.Contains(string(text), w) {
				t.Errorf("%s has no %q: %v", name, w, err)
			}
		}
	}
	args[8] = "text"
	if brief := landcheck(t, args[:9]...); brief.status != exitBadInput || !strings.Contains(brief.stdout, " ✗ a.zip  不符合政策要求\n     示例镇（150123101）调出") ||
		!strings.Contains(brief.stdout, " ✓ folder  符合") || !strings.Contains(brief.stdout, "-o report.html") || strings.Contains(brief.stdout, "pbf-area-kept") {
		t.Errorf("%s", brief.stdout)
	}
	args[8] = "json"
	if again := landcheck(t, args[:9]...); again.stdout != got.stdout {
		t.Error("another summary the second time")
	}
}

// TestWorstStatus: of several packages the worst counts, each is checked once,
// and what was in an earlier summary is let pass.
func TestWorstStatus(t *testing.T) {
	dir, base := several(t), filepath.Join(sampleDir(t), "base")
	old := filepath.Join(t.TempDir(), "old.json")
	a, b, broken := filepath.Join(dir, "a.zip"), filepath.Join(dir, "b.zip"), filepath.Join(dir, "broken.zip")
	if err := os.Symlink(b, filepath.Join(dir, "c.zip")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want int
		n    int
	}{
		{[]string{b, a, "-o", old}, exitViolations, 2},
		{[]string{b, filepath.Join(dir, "folder")}, exitCompliant, 2},
		{[]string{b, filepath.Join(dir, "c.zip"), b}, exitCompliant, 1},
		{[]string{broken, b, a}, exitBadInput, 3},
		{[]string{a, b, "--baseline", old}, exitCompliant, 2},
		{[]string{a, filepath.Join(dir, "folder"), "--baseline", old}, exitCompliant, 2},
		{[]string{b, a, "--base", without(t, base, "STBHHX")}, exitBadInput, 2}, // a layer given twice, and never alone
	} {
		got := landcheck(t, append([]string{"check", "--base", base, "--quiet", "--format", "json"}, c.args...)...)
		if s := summed(t, got.stdout); got.status != c.want || s.Exit != c.want || len(s.Packages) != c.n {
			t.Errorf("%v: status %d, want %d, %d packages: %s", c.args, got.status, c.want, len(s.Packages), got.stderr)
		}
	}
	one := landcheck(t, "check", a, "--base", base, "--quiet", "--lang", "zh", "--baseline", old)
	if one.status != exitCompliant || !strings.Contains(one.stdout, "2 问题在基准中，0 为新问题") {
		t.Errorf("status %d: %.2000s", one.status, one.stdout)
	}
}

// TestNotForSeveral: what is of one plan is refused before anything is written.
func TestNotForSeveral(t *testing.T) {
	dir, base := several(t), filepath.Join(sampleDir(t), "base")
	report := filepath.Join(t.TempDir(), "one.json")
	if got := landcheck(t, "check", filepath.Join(dir, "b.zip"), "--base", base, "-o", report); got.status != exitCompliant {
		t.Fatal(got.stderr)
	}
	for _, args := range [][]string{
		{"--format", "csv"}, {"--format", "html"}, {"--against", report}, {"--baseline", report}, {"-o", filepath.Join(dir, "a.zip")}, {"-o", "x.unknown"},
	} {
		before := digests(t, dir)
		got := landcheck(t, append([]string{"check", dir, "--base", base, "--quiet"}, args...)...)
		if got.status != exitBadInput || got.stdout != "" {
			t.Errorf("%v: status %d, %q", args, got.status, got.stdout)
		}
		for path, sum := range digests(t, dir) {
			if before[path] != sum {
				t.Errorf("%v: %s was written", args, path)
			}
		}
	}
}

// TestRootAmongPackages: the root of all folders is no package, and says so.
func TestRootAmongPackages(t *testing.T) {
	got := landcheck(t, "check", filepath.Join(several(t), "b.zip"), "/", "--base", filepath.Join(sampleDir(t), "base"), "--quiet", "--format", "json")
	if s := summed(t, got.stdout); got.status != exitBadInput || len(s.Packages) != 2 || s.Packages[0].Exit != exitCompliant || s.Packages[1].Package != "/" {
		t.Errorf("status %d, %+v: %s", got.status, s, got.stderr)
	}
}
