package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A report is got again from its plan and base data, whatever it was made with,
// and where it is not, the sentence says what is another.
func TestReplay(t *testing.T) {
	dir := sampleDir(t)
	base, over := filepath.Join(dir, "base"), filepath.Join(dir, "plans", "02-over-five-percent.zip")
	compliant := filepath.Join(dir, "plans", "01-compliant.zip")
	bare := without(t, base, "STBHHX")
	made := func(args ...string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "report.json")
		if got := landcheck(t, append([]string{"check", "--quiet", "-o", file}, args...)...); got.status > exitIncomplete || got.status == exitBadInput {
			t.Fatal(got.stderr)
		}
		return file
	}
	plain := made(over, "--base", base)
	edited := func(old, now string) string {
		t.Helper()
		text, err := os.ReadFile(plain)
		if err != nil || !bytes.Contains(text, []byte(old)) {
			t.Fatalf("%s is not in the report (%v)", old, err)
		}
		file := filepath.Join(t.TempDir(), "edited.json")
		if err := os.WriteFile(file, bytes.Replace(text, []byte(old), []byte(now), 1), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for _, c := range []struct {
		name, report string
		args         []string
		status       int
		says         string
	}{
		{"the same", plain, []string{over, "--base", base}, exitCompliant, "the same: "},
		{"the same on one processor", plain, []string{over, "--base", base, "--jobs", "1"}, exitCompliant, "the same: "},
		{"other stage", made(compliant, "--base", base, "--stage", "acceptance"), []string{compliant, "--base", base}, exitCompliant, "the same: "},
		{"other rulebook", made(compliant, "--base", base, "--rulebook", "cn-2024"), []string{compliant, "--base", base}, exitCompliant, "the same: "},
		{"strict", made(compliant, "--base", bare, "--strict"), []string{compliant, "--base", bare, "--strict"}, exitCompliant, "the same: "},
		{"a baseline", made(over, "--base", base, "--baseline", plain), []string{over, "--base", base, "--baseline", plain}, exitCompliant, "the same: "},
		{"a baseline is missing", made(over, "--base", base, "--baseline", plain), []string{over, "--base", base}, exitBadInput, "name that by --baseline"},
		{"another plan", plain, []string{compliant, "--base", base}, exitViolations, "not the same: the plan is another (then sha256:"},
		{"a layer less", plain, []string{over, "--base", bare}, exitViolations, "not the same: the base data lacks layer STBHHX"},
		{"an older version", edited(`"version": "`, `"version": "v0.1-`), []string{over, "--base", base}, exitViolations, "not the same: landcheck is of another version (then v0.1-"},
		{"a figure was edited", edited(`"verdict": "violations"`, `"verdict": "compliant"`), []string{over, "--base", base}, exitViolations, "the report is not: the verdict was "},
		{"no base", plain, []string{over}, exitBadInput, "--base is missing"},
		{"no report", over, []string{over, "--base", base}, exitBadInput, "not a JSON report"},
	} {
		got := landcheck(t, append([]string{"replay", c.report, "--lang", "en", "--quiet"}, c.args...)...)
		if got.status != c.status || !strings.Contains(got.stdout+got.stderr, c.says) || strings.Count(got.stdout, "\n") > 1 {
			t.Errorf("%s: status %d, %q %q", c.name, got.status, got.stdout, got.stderr)
		}
	}
}

// A rulebook of the bureau's own that landcheck.yaml names need not be named again.
func TestReplayBySettings(t *testing.T) {
	dir, at := sampleDir(t), t.TempDir()
	base, plan := filepath.Join(dir, "base"), filepath.Join(at, "plan.zip")
	book := filepath.Join(at, "rules", "own.yaml")
	text := []byte("id: own\nextends: nmg-2025\n")
	must(t, os.Link(filepath.Join(dir, "plans", "01-compliant.zip"), plan), os.Mkdir(filepath.Dir(book), 0o755), os.WriteFile(book, text, 0o600),
		os.WriteFile(filepath.Join(at, settingsName), []byte("rulebook: rules/own.yaml\nfail-on: mandatory\n"), 0o600))
	report := filepath.Join(at, "report.json")
	if got := landcheck(t, "check", plan, "--base", base, "--quiet", "-o", report); got.status != exitCompliant {
		t.Fatal(got.stderr)
	}
	if got := landcheck(t, "replay", report, plan, "--base", base, "--quiet", "--lang", "en"); got.status != exitCompliant || !strings.Contains(got.stdout, "the same: ") {
		t.Errorf("%s %s", got.stdout, got.stderr)
	}
	must(t, os.WriteFile(book, append(text, "title: {zh: 本局, en: ours}\n"...), 0o600))
	if got := landcheck(t, "replay", report, plan, "--base", base, "--quiet", "--lang", "en"); got.status != exitViolations || !strings.Contains(got.stdout, "the rulebook own has changed") {
		t.Errorf("%s %s", got.stdout, got.stderr)
	}
	must(t, os.Remove(filepath.Join(at, settingsName)))
	if got := landcheck(t, "replay", report, plan, "--base", base, "--quiet", "--lang", "en"); got.status != exitBadInput || !strings.Contains(got.stderr, "name its file by --rulebook") {
		t.Errorf("%s %s", got.stdout, got.stderr)
	}
}
