package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"landcheck/api/manual"
	"landcheck/geo"

	"github.com/dustin/go-humanize"
)

// A flag in a text with a figure behind it, such as `--max-reads` 2 or
// `--max-upload-per-day` (20 GiB).
var defaultNamed = regexp.MustCompile("`--([a-z-]+)`[ (]+([0-9][0-9 ]*)((?:[KMG]iB|s|min|h|d)\\b)?")

// TestDefaultsInMarkdown: the defaults of limits that the manual and the READMEs
// name are the program's.
func TestDefaultsInMarkdown(t *testing.T) {
	fs := (&app{}).serveCommand().FlagSet
	named := 0
	for path, lines := range markdown(t) {
		for _, m := range defaultNamed.FindAllStringSubmatch(strings.Join(lines, "\n"), -1) {
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
	if named < 40 { // in two languages
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

// TestLimitsInManual: so are the limits of one value, name or shape.
func TestLimitsInManual(t *testing.T) {
	topic, _ := manual.Find("inputs")
	figures := []any{geo.MaxTextBytes >> 10, geo.MaxNameBytes >> 10, humanize.FormatInteger("# ###,", geo.MaxFields),
		geo.MaxVertices / 1_000_000, geo.MaxRings / 1_000_000, humanize.FormatInteger("# ###,", geo.MaxCrossings), geo.MaxNesting}
	for lang, form := range map[string]string{
		"en": "a value of more than %d KiB,|a name or number of more than %d KiB,|%s fields,|%d million vertices|or %d million rings in one shape,|crosses itself more than %s times|JSON nested deeper than %d,",
		"zh": "单个值超过 %d KiB，|名称或数字超过 %d KiB，|%s 个字段，|超过 %d00 万个顶点|或 %d00 万个环，|自相交超过 %s 处|JSON 嵌套超过 %d 层，",
	} {
		text := strings.ReplaceAll(topic.Markdown(lang), "\n", map[string]string{"en": " ", "zh": ""}[lang])
		for _, said := range strings.Split(fmt.Sprintf(form, figures...), "|") {
			if !strings.Contains(text, said) {
				t.Errorf("%s/inputs does not say %q", lang, said)
			}
		}
	}
}
