package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dustin/go-humanize"
)

// A flag in a README with a figure behind it, such as `--max-reads` 2 or
// `--max-upload-per-day` (20 GiB).
var defaultNamed = regexp.MustCompile("`--([a-z-]+)`[ (]+([0-9][0-9 ]*)((?:[KMG]iB|s|min|h|d)\\b)?")

// TestReadmeDefaults: the defaults of limits that the READMEs name are the
// program's.
func TestReadmeDefaults(t *testing.T) {
	fs := (&app{}).serveCommand().FlagSet
	named := 0
	for _, path := range []string{"README.md", "api/README.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", path))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range defaultNamed.FindAllStringSubmatch(string(text), -1) {
			named++
			f := fs.Lookup(m[1])
			if f == nil {
				t.Errorf("%s: serve has no --%s", path, m[1])
				continue
			}
			said := strings.ReplaceAll(m[2], " ", "") + m[3]
			if !sameDefault(f.DefValue, said) {
				t.Errorf("%s: %s; the default is %s", path, m[0], f.DefValue)
			}
		}
	}
	if named < 20 {
		t.Errorf("%d defaults are named", named)
	}
}

// sameDefault tells whether two spellings are of one time, size or number.
func sameDefault(a, b string) bool {
	b = strings.Replace(b, "min", "m", 1)
	if x, err := time.ParseDuration(a); err == nil {
		y, err := time.ParseDuration(b)
		return err == nil && x == y
	}
	x, err := humanize.ParseBytes(a)
	y, errY := humanize.ParseBytes(b)
	return err == nil && errY == nil && x == y
}
