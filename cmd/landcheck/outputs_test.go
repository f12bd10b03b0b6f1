package main

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// digests are the files under a directory, by what they hold and what they are.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			out[path], err = os.Readlink(path)
			return err
		}
		data, err := os.ReadFile(path)
		sum := sha256.Sum256(data)
		out[path] = d.Type().String() + string(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// bureau is a folder as somebody has it: a plan as a file and unpacked, base
// data, a rulebook, an old report, and links to them. Nothing has to be
// readable: what is refused is refused before.
func bureau(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"plan.gpkg", "plan/DLBG.geojson", "plan/意见/水利.xlsx", "plan/plan.yaml", "base/DLTB.geojson", "base/sub/XZQ.gpkg", "base/DLTB.txt",
		"base.gpkg", "book.json", "old.json", "approved.json", "flags.txt"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("precious "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	link := func(make func(a, b string) error, from, to string) {
		if err := make(from, filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	link(os.Symlink, filepath.Join(dir, "plan.gpkg"), "soft.gpkg")
	link(os.Link, filepath.Join(dir, "plan.gpkg"), "hard.gpkg")
	link(os.Link, filepath.Join(dir, "base", "DLTB.geojson"), "hard.geojson")
	link(os.Symlink, filepath.Join(dir, "base"), "again")
	link(os.Symlink, filepath.Join(dir, "plan"), "plan-again")
	return dir
}

// TestOutputIsNeverAnInput: however an input is named, it is refused with 2,
// nothing is written, and everything is as it was.
func TestOutputIsNeverAnInput(t *testing.T) {
	dir := bureau(t)
	t.Chdir(dir)
	before := digests(t, dir)
	for _, args := range []string{
		"plan.gpkg --base base -o plan.gpkg",
		"plan.gpkg --base base -o ./plan.gpkg",
		"plan.gpkg --base base -o base/../plan.gpkg",
		"plan.gpkg --base base -o " + filepath.Join(dir, "plan.gpkg"),
		"plan.gpkg --base base -o soft.gpkg",
		"soft.gpkg --base base -o plan.gpkg",
		"plan.gpkg --base base -o hard.gpkg",
		"plan.gpkg --base base -o good.html -o plan.gpkg",
		"plan --base base -o plan/DLBG.geojson",
		"plan --base base -o plan/意见/水利.xlsx",
		"plan --base base -o plan-again/DLBG.geojson",
		"plan-again --base base -o plan/DLBG.geojson",
		"plan --base base -o base/DLTB.geojson",
		"plan --base base -o base/DLTB.txt",
		"plan --base base -o base/sub/XZQ.gpkg",
		"plan --base base -o again/DLTB.geojson",
		"plan --base again -o base/DLTB.geojson",
		"plan --base base -o hard.geojson",
		"plan --base base.gpkg -o base.gpkg",
		"plan --base base --base base.gpkg -o base.gpkg",
		"plan --base base --rulebook book.json -o book.json",
		"plan --base base --baseline old.json -o old.json",
		"plan --base base --against approved.json -o approved.json",
		"plan --base base -o one.html -o ./one.html",
		"plan --base base -o one.json -o again/../one.json",
	} {
		res := landcheck(t, append([]string{"check", "--lang", "en"}, strings.Fields(args)...)...)
		if res.status != exitBadInput || !strings.Contains(res.stderr, "is not overwritten") && !strings.Contains(res.stderr, "the same file") {
			t.Errorf("%s: status %d: %s", args, res.status, res.stderr)
		}
		if res.stdout != "" {
			t.Errorf("%s: %s", args, res.stdout)
		}
	}
	after := digests(t, dir)
	for path, was := range before {
		if after[path] != was {
			t.Errorf("%s is another than before", path)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d files, there were %d", len(after), len(before))
	}
}

// TestOutputsThatAreNoInputs: reports beside the inputs are written, and
// written again.
func TestOutputsThatAreNoInputs(t *testing.T) {
	sample := sampleDir(t)
	dir := without(t, filepath.Join(sample, "base"), "nothing")
	plan := filepath.Join(sample, "plans", "01-compliant.zip")
	first := landcheck(t, "check", plan, "--base", dir, "-o", filepath.Join(dir, "report.json"), "-o", filepath.Join(dir, "report.html"), "-o", filepath.Join(dir, "report.docx"))
	again := landcheck(t, "check", plan, "--base", dir, "-o", filepath.Join(dir, "report.json"), "-o", filepath.Join(dir, "report.html"), "-o", filepath.Join(dir, "report.docx"))
	if first.status == exitBadInput || first.status != again.status {
		t.Errorf("status %d, then %d: %s %s", first.status, again.status, first.stderr, again.stderr)
	}
}
