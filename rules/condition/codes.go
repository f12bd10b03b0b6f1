package condition

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/spelling"

	"github.com/expr-lang/expr/ast"
)

// Codes that fields of changes hold (package domain). A rule that compares
// with another one never applies.

// StageNames are the codes of stages, in order.
func StageNames() []string {
	var out []string
	for _, s := range domain.Stages() {
		out = append(out, string(s))
	}
	return out
}

// codesOf are the codes of a field; nil where any text will do.
func codesOf(field string) []string {
	switch {
	case strings.HasSuffix(field, ".purpose"):
		return domain.Purposes()
	case strings.HasSuffix(field, ".survey_method"):
		return domain.SurveyMethods()
	case field == "plan.stage":
		return StageNames()
	}
	return nil
}

// strangeCode finds a comparison of such a field with a code that none has.
func strangeCode(n ast.Node) (at ast.Node, code string, list []string) {
	if c, ok := readComparison(n); ok && c.text {
		list := codesOf(c.field)
		for _, code := range c.texts {
			if list == nil || code == "" || slices.Contains(list, code) {
				continue
			}
			if c.operator == "startsWith" && slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, code) }) {
				continue
			}
			return n, code, list
		}
		return nil, "", nil
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		return strangeCode(n.Node)
	case *ast.BinaryNode:
		if at, code, list := strangeCode(n.Left); at != nil {
			return at, code, list
		}
		return strangeCode(n.Right)
	}
	return nil, "", nil
}

// likely says which code of a list is meant, else what there is.
func likely(code string, list []string) geo.Text {
	all := strings.Join(list, ", ")
	if near := spelling.Nearest(code, list); near != "" {
		return geo.Textf("是否应为“%[1]s”？可用：%[2]s", "Did you mean %[1]q? There are %[2]s.", near, all)
	}
	return geo.Textf("可用：%s", "There are %s.", all)
}

// strangeClass finds a comparison of a land class with a code that no land has.
func strangeClass(n ast.Node) (at ast.Node, code string) {
	if c, ok := readComparison(n); ok && (c.field == "before.class" || c.field == "after.class") && c.operator != "startsWith" {
		for _, code := range c.texts {
			if _, known := domain.Lookup(code); !known && code != "" {
				return n, code
			}
		}
		return nil, ""
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		return strangeClass(n.Node)
	case *ast.BinaryNode:
		if at, code := strangeClass(n.Left); at != nil {
			return at, code
		}
		return strangeClass(n.Right)
	}
	return nil, ""
}
