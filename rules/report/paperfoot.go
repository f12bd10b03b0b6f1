package report

import (
	"fmt"
	"strings"

	"landcheck/rules/result"
)

// paperFoot is the style sheet of the foot of each printed page: code and digest
// of the plan (of a layer that was checked by itself, its file and digest), and
// the page's number. It is the same in both languages.
func paperFoot(r *result.Report) string {
	left := []string{r.Plan.Code, r.Plan.Digest}
	if r.Layer != nil {
		left = []string{r.Layer.File, r.Layer.Digest}
	}
	return `@page{@bottom-left{content:"` + cssString(strings.TrimSpace(strings.Join(left, "  "))) + `"}@bottom-right{content:counter(page) " / " counter(pages)}}`
}

// cssString is text for a quoted string of CSS, whatever a plan's code holds:
// all but letters and digits of ASCII are written by number, so that nothing in
// it ends the string or the style.
func cssString(s string) string {
	const most = 120 // what the foot of a page holds on its line
	var b strings.Builder
	for i, r := range []rune(clean(s)) {
		if i == most {
			b.WriteString(`\2026 `)
			break
		}
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, `\%x `, r)
	}
	return b.String()
}
