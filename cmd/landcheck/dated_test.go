package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The day stands on what people read and not in the data; --only-problems leaves
// out of the text what holds, and counts it.
func TestDatedAndOnlyProblems(t *testing.T) {
	dir, out := sampleDir(t), t.TempDir()
	args := []string{"check", filepath.Join(dir, "plans", "02-over-five-percent.zip"), "--base", filepath.Join(dir, "base"), "--quiet", "--lang", "en"}
	at := func(name string) string { return filepath.Join(out, name) }
	whole := landcheck(t, append(args, "-o", at("plain.json"))...)
	short := landcheck(t, append(args, "--dated", "2026-11-30", "--only-problems", "-o", at("dated.json"), "-o", at("r.html"), "-o", at("r.md"), "-o", at("r.xlsx"))...)
	if whole.status != exitViolations || short.status != exitViolations {
		t.Fatal(whole.stderr, short.stderr)
	}
	read := func(name string) string {
		text, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if plain, dated := read("plain.json"), read("dated.json"); plain != dated {
		t.Error("the day is in the data")
	}
	book, err := excelize.OpenFile(at("r.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(row []string) bool { return len(row) > 1 && row[0] == "Date" && row[1] == "2026-11-30" }) {
		t.Errorf("no day on %v", rows)
	}
	for _, text := range []string{short.stdout, read("r.html"), read("r.md")} {
		if !strings.Contains(text, "dated 2026-11-30") {
			t.Errorf("no day on %.60q", text)
		}
	}
	if strings.Contains(whole.stdout, "dated 20") {
		t.Error("a day that nobody asked for")
	}
	for _, held := range []string{"cropland-area-kept", "data-crs"} {
		if !strings.Contains(whole.stdout, held) || strings.Contains(short.stdout, held) {
			t.Errorf("%s: in the whole text %t, in the short one %t", held, strings.Contains(whole.stdout, held), strings.Contains(short.stdout, held))
		}
	}
	for _, kept := range []string{"pbf-township-cap", "pbf-slope-kept", "rules hold or do not apply and are not listed"} {
		if !strings.Contains(short.stdout, kept) {
			t.Errorf("%s is left out:\n%s", kept, short.stdout)
		}
	}
	if got := landcheck(t, append(args, "--dated", "30.11.2026")...); got.status != exitBadInput || !strings.Contains(got.stderr, "--dated") {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
}
