package rulebook

import (
	"regexp"
	"slices"
	"strings"

	"landcheck/geo"

	"go.yaml.in/yaml/v4"
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// checkTemplates refuses placeholders that the kind does not fill.
func (r *Rule) checkTemplates(t *tree, n *yaml.Node, own []string, d *diagnostics) {
	all := append([]string{"scope", "ids", "count", "area"}, own...)
	for _, key := range []string{"message", "remedy"} {
		pair := child(n, key)
		for _, lang := range []string{"zh", "en"} {
			s := child(pair, lang)
			if s == nil {
				continue
			}
			for _, m := range placeholder.FindAllStringSubmatch(s.Value, -1) {
				if !slices.Contains(all, m[1]) {
					_ = d.note(t.place(s).unknown(geo.Text{ZH: "占位符", EN: "placeholder"}, m[1], all))
				}
			}
			if bare := placeholder.ReplaceAllString(s.Value, ""); strings.ContainsAny(bare, "{}") {
				_ = d.note(t.place(s).faultf("花括号不成对", "unmatched brace"))
			}
		}
	}
}
