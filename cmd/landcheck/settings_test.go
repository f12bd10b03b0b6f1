package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bureauFolder is a folder as a bureau has it: settings at the top, plans below.
func bureauFolder(t *testing.T, settings string) (dir, plan string) {
	t.Helper()
	dir = t.TempDir()
	plan = filepath.Join(dir, "plans", "2025", "a.zip")
	if err := os.MkdirAll(filepath.Dir(plan), 0o755); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"plans/02-over-five-percent.zip": plan, "plans/01-compliant.zip": filepath.Join(filepath.Dir(plan), "b.zip"), "base": filepath.Join(dir, "底图")} {
		if err := os.Symlink(filepath.Join(sampleDir(t), from), to); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(dir, "landcheck.yaml"), settings)
	return dir, plan
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestSettings: landcheck.yaml beside the plan or above it sets flags, with its
// paths from where it lies; what is said closer to the command wins.
func TestSettings(t *testing.T) {
	dir, plan := bureauFolder(t, "base: 底图\nfail-on: never\nformat: json\nlang: en\no: [out.md]\n")
	got := landcheck(t, "check", plan)
	if got.status != exitCompliant || !strings.HasPrefix(got.stdout, "{") || !strings.Contains(got.stderr, "settings from ") || !there(filepath.Join(dir, "out.md")) {
		t.Errorf("status %d: %.300s %s", got.status, got.stdout, got.stderr)
	}
	if got := landcheck(t, "check", plan, "--fail-on", "mandatory", "--format", "text", "--lang", "zh", "--quiet"); got.status != exitCompliant || !strings.Contains(got.stdout, "不符合政策要求") || got.stderr != "" {
		t.Errorf("status %d: %.300s %s", got.status, got.stdout, got.stderr)
	}
	if got := landcheck(t, "check", filepath.Dir(plan), "--fail-on", "in_principle"); got.status != exitViolations || !strings.Contains(got.stdout, "landcheck-summary/1") {
		t.Errorf("status %d: %.300s %s", got.status, got.stdout, got.stderr)
	}
	t.Setenv("LANDCHECK_FAIL_ON", "in_principle")
	if got := landcheck(t, "check", plan); got.status != exitViolations {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
	own := filepath.Join(t.TempDir(), "own.conf")
	put(t, own, "format text\n")
	if got := landcheck(t, "check", plan, "--config", own); got.status != exitBadInput || !strings.Contains(got.stderr, "--base") {
		t.Errorf("a file that is named takes the place of the one found: status %d: %s", got.status, got.stderr)
	}
}

// TestWeightySettings: what a file that was found decides of the answer stands in
// the report, and is told however quiet the run.
func TestWeightySettings(t *testing.T) {
	_, plan := bureauFolder(t, "base: 底图\nstage: annual\nrulebook: cn-2024\nfail-on: never\n")
	for format, words := range map[string]string{"text": "landcheck.yaml：核查按", "json": "fail-on: never, rulebook: cn-2024, stage: annual", "html": "landcheck.yaml"} {
		got := landcheck(t, "check", plan, "--quiet", "--lang", "zh", "--format", format)
		if got.status != exitCompliant || !strings.Contains(got.stdout, words) || !strings.Contains(got.stdout, "按“年度核算”阶段核查") || !strings.Contains(got.stderr, "(fail-on: never, rulebook: cn-2024, stage: annual)") {
			t.Errorf("%s: status %d: %.1500s %s", format, got.status, got.stdout, got.stderr)
		}
	}
	got := landcheck(t, "check", plan, "--quiet", "--rulebook", "nmg-2025", "--stage", "proposal", "--fail-on", "mandatory")
	if strings.Contains(got.stdout, "landcheck.yaml") || got.stderr != "" {
		t.Errorf("nothing of the file counted: %s", got.stderr)
	}
}

// TestNearestSettings: the nearest file counts, alone, and not beyond the repository.
func TestNearestSettings(t *testing.T) {
	dir, plan := bureauFolder(t, "base: 底图\n")
	put(t, filepath.Join(dir, "plans", "landcheck.yaml"), "base: ../底图\nformat: json\n")
	if got := landcheck(t, "check", plan, "--quiet"); got.status != exitViolations || !strings.HasPrefix(got.stdout, "{") {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
	if err := os.Remove(filepath.Join(dir, "plans", "landcheck.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "plans", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := landcheck(t, "check", plan); got.status != exitBadInput || !strings.Contains(got.stderr, "--base") {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
}

// TestSettingsInPackage: a package does not say how it is checked.
func TestSettingsInPackage(t *testing.T) {
	plan := filepath.Join(t.TempDir(), "plan")
	if err := os.Rename(unpacked(t), plan); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(plan, "landcheck.yaml"), "fail-on: never\n")
	if got := landcheck(t, "check", plan, "--base", filepath.Join(sampleDir(t), "base"), "--lang", "en"); !strings.Contains(got.stderr, "not used") {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
}

// TestSlipsInSettings: all of them at once, with the likely word.
func TestSlipsInSettings(t *testing.T) {
	_, plan := bureauFolder(t, "bsae: 底图\nstrict: maybe\nfail_on: never\n")
	for lang, words := range map[string][]string{"en": {"line 1, column 1", "base", "line 2", "maybe", "line 3", "fail-on", "3 faults"}, "zh": {"第 1 行第 1 列", "base", "fail-on", "共有 3 处错误"}} {
		got := landcheck(t, "check", plan, "--lang", lang)
		for _, w := range words {
			if got.status != exitBadInput || !strings.Contains(got.stderr, w) {
				t.Errorf("status %d, no %q: %s", got.status, w, got.stderr)
			}
		}
	}
}

// TestSettingsAreInput: -o never replaces them.
func TestSettingsAreInput(t *testing.T) {
	dir, plan := bureauFolder(t, "base: 底图\no: report.json\n")
	if err := os.Symlink(filepath.Join(dir, "landcheck.yaml"), filepath.Join(dir, "report.json")); err != nil {
		t.Fatal(err)
	}
	if got := landcheck(t, "check", plan, "--lang", "en"); got.status != exitBadInput || !strings.Contains(got.stderr, "is an input") {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
}

// TestDidYouMean: flags and variables that are nearly right are told by name.
func TestDidYouMean(t *testing.T) {
	t.Setenv("LANDCHECK_BSAE", "x")
	t.Setenv("LANDCHECK_SOMETHING", "x")
	got := landcheck(t, "check", "--bsae", "x", "--lang", "en")
	if !strings.Contains(got.stderr, "did you mean --base?") {
		t.Error(got.stderr)
	}
	got = landcheck(t, "check", "--lang", "zh")
	if !strings.Contains(got.stderr, "LANDCHECK_BSAE 没有用处，是否应为 LANDCHECK_BASE？") || strings.Contains(got.stderr, "SOMETHING") {
		t.Error(got.stderr)
	}
}
