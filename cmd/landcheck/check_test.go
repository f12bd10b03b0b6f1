package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/sample"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestSamplePlans holds every plan of the sample to what its README promises.
func TestSamplePlans(t *testing.T) {
	dir := sampleDir(t)
	for _, p := range sample.Plans() {
		t.Run(p.File, func(t *testing.T) {
			status := map[string]int{"compliant": exitCompliant, "violations": exitViolations, "incomplete": exitIncomplete}[p.Verdict]
			r := checked(t, status, filepath.Join(dir, "plans", p.File), "--base", filepath.Join(dir, "base"))
			if string(r.Verdict) != p.Verdict {
				t.Errorf("verdict %s, want %s", r.Verdict, p.Verdict)
			}
			var fails, justified, notChecked []string
			for _, rule := range r.Rules {
				switch rule.Status {
				case domain.Fail:
					fails = append(fails, rule.ID)
				case domain.Justified:
					justified = append(justified, rule.ID)
				case domain.NotChecked:
					notChecked = append(notChecked, rule.ID)
				}
			}
			slices.Sort(fails)
			if want := slices.Sorted(slices.Values(p.Fails)); !slices.Equal(fails, want) {
				t.Errorf("fails %v, want %v", fails, p.Fails)
			}
			if !slices.Equal(justified, p.Justified) {
				t.Errorf("justified %v, want %v", justified, p.Justified)
			}
			if notChecked != nil {
				t.Errorf("not checked: %v", notChecked)
			}
		})
	}
}

// TestGolden keeps what people and machines read, to the byte.
func TestGolden(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "02-over-five-percent.zip"), filepath.Join(dir, "base")
	for _, c := range []struct {
		golden string
		args   []string
	}{
		{"check.zh.txt", []string{"check", plan, "--base", base}},
		{"check.en.txt", []string{"check", plan, "--base", base, "--lang", "en"}},
		{"layer.zh.txt", []string{"check", filepath.Join(badLayers(t), "DLBG.shp")}},
		{"layer.en.txt", []string{"check", filepath.Join(base, "DLTB.shp"), "--lang", "en"}},
		{"check.md", []string{"check", plan, "--base", base, "--format", "markdown"}},
		{"check.json", []string{"check", plan, "--base", base, "--format", "json"}},
		{"rules.zh.txt", []string{"rules"}},
		{"rules.en.txt", []string{"rules", "--lang", "en"}},
		{"coverage.zh.txt", []string{"rules", "--coverage"}},
		{"explain.zh.txt", []string{"explain", "pbf-township-cap"}},
		{"explain.en.txt", []string{"explain", "pbf-township-cap", "--lang", "en"}},
	} {
		t.Run(c.golden, func(t *testing.T) {
			got := landcheck(t, c.args...).stdout
			path := filepath.Join("testdata", c.golden)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs (go test -update rewrites it):\n%s", path, firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + strings.Join(w[min(i, len(w)-1):min(i+1, len(w))], "")
		}
	}
	return "the golden file goes on"
}

// TestSameBytes: run to run and at any number of workers, in every format.
func TestSameBytes(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "05-red-line-occupied.zip"), filepath.Join(dir, "base")
	var first map[string][]byte
	for _, jobs := range []string{"1", "2", "7"} {
		out := t.TempDir()
		args := []string{"check", plan, "--base", base, "--jobs", jobs}
		var names []string
		for _, ending := range []string{".json", ".html", ".sarif", ".junit.xml", ".md", ".geojson", ".gpkg", ".xlsx", ".csv", ".txt"} {
			names = append(names, "report"+ending)
			args = append(args, "-o", filepath.Join(out, "report"+ending))
		}
		if res := landcheck(t, args...); res.status != exitViolations {
			t.Fatalf("status %d: %s", res.status, res.stderr)
		}
		files := map[string][]byte{}
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(out, name))
			if err != nil {
				t.Fatal(err)
			}
			files[name] = data
		}
		if first == nil {
			first = files
			continue
		}
		for name, data := range files {
			if !bytes.Equal(data, first[name]) {
				t.Errorf("%s differs with --jobs %s", name, jobs)
			}
		}
		if left, _ := os.ReadDir(out); len(left) != len(names) {
			t.Errorf("%d files in the directory, want %d: temporary files were left", len(left), len(names))
		}
	}
}

// TestSliverIsNamedNotFailed: the 3 cm overlap of plan 05 is counted apart
// from the mine that does occupy the red line.
func TestSliverIsNamedNotFailed(t *testing.T) {
	dir := sampleDir(t)
	r := checked(t, exitViolations, filepath.Join(dir, "plans", "05-red-line-occupied.zip"), "--base", filepath.Join(dir, "base"))
	red := rule(t, r, "red-line-not-occupied")
	if len(red.Findings) != 1 {
		t.Errorf("%d findings, want the mine alone", len(red.Findings))
	}
	if red.Note == nil || !strings.Contains(red.Note.EN, "sliver") || !strings.Contains(red.Note.ZH, "碎") {
		t.Errorf("the note does not name the sliver: %+v", red.Note)
	}
	if r.Ledger.Slivers.Count == 0 {
		t.Error("no sliver was counted")
	}
}

// TestMissingRedLine: what was not checked is never a pass.
func TestMissingRedLine(t *testing.T) {
	dir := sampleDir(t)
	r := checked(t, exitIncomplete, filepath.Join(dir, "plans", "01-compliant.zip"), "--base", without(t, filepath.Join(dir, "base"), "STBHHX"))
	red := rule(t, r, "red-line-not-occupied")
	if r.Verdict != domain.Incomplete || red.Status != domain.NotChecked {
		t.Errorf("verdict %s, rule %s; want incomplete and not_checked", r.Verdict, red.Status)
	}
	if red.Note == nil || !strings.Contains(red.Note.ZH, "STBHHX") || !strings.Contains(red.Note.EN, "STBHHX") {
		t.Errorf("the note does not say what to provide: %+v", red.Note)
	}
}

// TestMissingOptionalLayer: villages fall back to the land-use layer, heritage
// protection is not checked but does not make the verdict incomplete.
func TestMissingOptionalLayer(t *testing.T) {
	dir := sampleDir(t)
	base := without(t, filepath.Join(dir, "base"), "LSWHBHX")
	r := checked(t, exitCompliant, filepath.Join(dir, "plans", "01-compliant.zip"), "--base", base)
	if s := rule(t, r, "heritage-protected").Status; s != domain.NotChecked {
		t.Errorf("heritage-protected is %s, want not_checked", s)
	}
	r = checked(t, exitCompliant, filepath.Join(dir, "plans", "01-compliant.zip"), "--base", without(t, base, "CJDCQ"))
	if s := rule(t, r, "village-consent").Status; s != domain.Pass {
		t.Errorf("village-consent is %s, want pass by the villages of the land-use layer", s)
	}
}

func TestFailOnAndBaseline(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "06-urban-pbf-taken.zip"), filepath.Join(dir, "base")
	for failOn, want := range map[string]int{"mandatory": exitCompliant, "in_principle": exitViolations, "advisory": exitViolations, "never": exitCompliant} {
		if got := landcheck(t, "check", plan, "--base", base, "--fail-on", failOn).status; got != want {
			t.Errorf("--fail-on %s: status %d, want %d", failOn, got, want)
		}
	}
	old := filepath.Join(t.TempDir(), "old.json")
	landcheck(t, "check", plan, "--base", base, "-o", old)
	if res := landcheck(t, "check", plan, "--base", base, "--baseline", old); res.status != exitCompliant {
		t.Errorf("against its own report: status %d, want 0: %s", res.status, res.stderr)
	}
	other := filepath.Join(dir, "plans", "07-construction-grown.zip")
	if res := landcheck(t, "check", other, "--base", base, "--baseline", old); res.status != exitViolations {
		t.Errorf("against another plan's report: status %d, want 1", res.status)
	}
}

// TestInterrupted: an interrupt ends the check and leaves no file.
func TestInterrupted(t *testing.T) {
	dir := sampleDir(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := filepath.Join(t.TempDir(), "report.html")
	var stdout, stderr bytes.Buffer
	status := run(ctx, []string{"check", filepath.Join(dir, "plans", "01-compliant.zip"), "--base", filepath.Join(dir, "base"), "-o", out}, nil, &stdout, &stderr)
	if status != exitInterrupted || stdout.Len() > 0 {
		t.Errorf("status %d, want %d; standard output %q", status, exitInterrupted, stdout.String())
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("a report was written all the same")
	}
}

func TestUsage(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "01-compliant.zip"), filepath.Join(dir, "base")
	for _, c := range []struct {
		args []string
		want string // in the message
	}{
		{[]string{"chekc"}, "check"},
		{[]string{"check"}, "PLAN"},
		{[]string{"check", plan}, "--base"},
		{[]string{"check", plan, "--base", base, "--stage", "begin"}, "proposal"},
		{[]string{"check", plan, "--base", base, "--format", "odt"}, "json"},
		{[]string{"check", plan, "--base", base, "-o", "report.odt"}, ".html"},
		{[]string{"check", plan, "--base", base, "--fail-on", "always"}, "never"},
		{[]string{"check", plan, "--base", base, "--crs", "EPSG:4326"}, "4490"},
		{[]string{"check", plan, "--base", base, "--jobs", "-1"}, "--jobs"},
		{[]string{"check", plan, "--base", base, "--rulebook", "nmg-2026"}, "nmg-2025"},
		{[]string{"check", plan, "--base", base, "--nonsense"}, "nonsense"},
		{[]string{"check", plan, "--base", filepath.Join(dir, "nowhere")}, "nowhere"},
		{[]string{"check", filepath.Join(dir, "nowhere.zip"), "--base", base}, "nowhere.zip"},
		{[]string{"check", plan, "--base", base, "-o", filepath.Join(dir, "nowhere", "report.json")}, "Check that its folder exists"},
		{[]string{"check", plan, "--base", base, "-o", filepath.Join(dir, "nowhere", "report.gpkg")}, "Check that its folder exists"},
		{[]string{"sample", filepath.Join(plan, "sample")}, "Check that its folder exists"},
		{[]string{"explain", "pbf"}, "landcheck rules"},
		{[]string{"rulebook", filepath.Join(dir, "base", "XZQ.prj")}, "XZQ.prj"},
	} {
		res := landcheck(t, append(c.args, "--lang", "en")...)
		if res.status != exitBadInput || !strings.Contains(res.stderr, c.want) || res.stdout != "" {
			t.Errorf("%v: status %d, message %q; want 2 and a message with %q", c.args, res.status, res.stderr, c.want)
		}
	}
}

// TestFlagsFromEnvironmentAndFile: flag, then environment, then file.
func TestFlagsFromEnvironmentAndFile(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "01-compliant.zip"), filepath.Join(dir, "base")
	config := filepath.Join(t.TempDir(), "landcheck.conf")
	if err := os.WriteFile(config, []byte("base "+base+"\nformat markdown\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if res := landcheck(t, "check", plan, "--config", config); res.status != 0 || !strings.Contains(res.stdout, "|") {
		t.Errorf("from a file: status %d, %s", res.status, res.stderr)
	}
	t.Setenv("LANDCHECK_BASE", base)
	t.Setenv("LANDCHECK_FORMAT", "json")
	if res := landcheck(t, "check", plan); res.status != 0 || !strings.HasPrefix(res.stdout, "{") {
		t.Errorf("from the environment: status %d, %s", res.status, res.stderr)
	}
}
