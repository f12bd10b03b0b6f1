package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"landcheck/geo"

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

// TestReadmeLimits: so are the limits of one value, name or shape.
func TestReadmeLimits(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := strings.Join(strings.Fields(string(text)), " ")
	for _, said := range []string{
		fmt.Sprintf("a value of more than %d KiB,", geo.MostTextBytes>>10),
		fmt.Sprintf("a name or number of more than %d KiB,", geo.MostNameBytes>>10),
		humanize.FormatInteger("# ###,", geo.MostFields) + " fields,",
		fmt.Sprintf("%d million vertices", geo.MostVertices/1_000_000),
		fmt.Sprintf("%d million rings in one shape,", geo.MostRings/1_000_000),
		"crosses itself more than " + humanize.FormatInteger("# ###,", geo.MostCrossings) + " times",
		fmt.Sprintf("JSON nested deeper than %d,", geo.MostNesting),
	} {
		if !strings.Contains(readme, said) {
			t.Errorf("README.md does not say %q", said)
		}
	}
}
