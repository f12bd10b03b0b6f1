package api_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	namedTest   = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`")
	declared    = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9]+)\(`)
	namedFile   = regexp.MustCompile("`([a-z_]+\\.go|[a-z]+/(?:[a-z]+/)*)`")
	lastColumn  = regexp.MustCompile(`(?m)^\|.*\|([^|\n]*)\|$`)
	guardedPart = regexp.MustCompile(`(?s)## Threat model\n.*`)
)

// TestThreatModel: every threat and every fault names the tests that hold what
// is promised, and each of them is there, as is every file that is named.
func TestThreatModel(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == "node_modules":
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range declared.FindAllSubmatch(text, -1) {
			there = append(there, string(m[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	names := namedTest.FindAllSubmatch(readme, -1)
	for _, m := range names {
		if !slices.Contains(there, string(m[1])) {
			t.Errorf("there is no test %s", m[1])
		}
	}
	if len(names) < 50 {
		t.Errorf("%d tests are named", len(names))
	}
	rows := 0
	for _, m := range lastColumn.FindAllSubmatch(guardedPart.Find(readme), -1) {
		if cell := strings.TrimSpace(string(m[1])); cell != "held by" && strings.Trim(cell, "-") != "" {
			if rows++; !namedTest.MatchString(cell) {
				t.Errorf("nothing holds %s", m[0])
			}
		}
	}
	if rows < 30 {
		t.Errorf("%d rows", rows)
	}
	for _, m := range namedFile.FindAllSubmatch(readme, -1) {
		if _, err := os.Stat(string(m[1])); err != nil {
			t.Errorf("there is no %s", m[1])
		}
	}
}
