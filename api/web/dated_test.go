package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"landcheck/api/web"
)

// TestDated: the built page needs nothing that came after Chromium 80. The
// build lowers syntax; what browsers bring along, and style sheets, it does not.
func TestDated(t *testing.T) {
	if !web.Built() {
		t.Skip("the page is not built: run scripts/page.sh")
	}
	for pattern, newer := range map[string]*regexp.Regexp{
		"page-*.js": regexp.MustCompile(`structuredClone|\.replaceAll\(|\.findLast(Index)?\(|\.replaceChildren\(|randomUUID|Promise\.(any|withResolvers)\(|` +
			`\.to(Sorted|Reversed|Spliced)\(|\.at\(-|Object\.groupBy|Array\.fromAsync|AbortSignal\.(any|timeout)|\?\?=|\|\|=|&&=`),
		"style-*.css": regexp.MustCompile(`:has\(|:is\(|:where\(|[{;]inset(-[a-z]+)?:|aspect-ratio|[0-9](dvh|svh|lvh)|color-mix|@container|@layer|content-visibility|[{;]overflow(-[xy])?:clip`),
	} {
		files, err := filepath.Glob(filepath.Join("dist", "assets", pattern))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %v %v", pattern, files, err)
		}
		data, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range newer.FindAllIndex(data, 5) {
			t.Errorf("%s: %s", files[0], data[max(0, at[0]-60):min(len(data), at[1]+20)])
		}
	}
}
