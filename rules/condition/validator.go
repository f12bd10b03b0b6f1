package condition

import (
	"reflect"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// validator lets through what a condition may hold, and notes what it reads:
// names, literals, comparisons, && || !, arithmetic. Nothing that loops,
// allocates by a number, or fails at run time.
type validator struct {
	refused *file.Location
	word    string
	roles   map[domain.Role]bool
	patches bool
	named   bool
	county  bool // plan.county
	year    bool // plan.year
	block   bool // sloped_block
}

// Visit implements ast.Visitor.
func (w *validator) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ConstantNode, *ast.ArrayNode, *ast.ConditionalNode:
	case *ast.IdentifierNode:
		w.named = true
		switch n.Value {
		case "Face":
			w.refuse(n, n.Value)
		case "patch_area":
			w.patches = true
		case "sloped_block":
			w.block = true
			w.roles[domain.LandUse] = true
		case "township", "county":
			w.roles[domain.Townships] = true
		}
	case *ast.MemberNode:
		property, ok := n.Property.(*ast.StringNode)
		owner, named := n.Node.(*ast.IdentifierNode)
		if !ok || n.Optional || n.Method {
			w.refuse(n, n.String())
		} else if named && owner.Value == "after" && (property.Value == "urban_enclosed" || property.Value == "red_line_window") {
			w.refuse(n, n.String()) // holes are those of the base layer
		} else if named && (owner.Value == "before" || owner.Value == "after") {
			if r, ok := roleBehind(property.Value); ok {
				w.roles[r] = true
			}
		} else if named && owner.Value == "plan" {
			w.county = w.county || property.Value == "county"
			w.year = w.year || property.Value == "year"
		}
	case *ast.UnaryNode:
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "||", "and", "or", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "in", "not in",
			"startsWith", "endsWith", "contains":
		case "matches":
			if _, ok := n.Right.(*ast.StringNode); !ok {
				w.refuse(n, n.Operator)
			}
		default:
			w.refuse(n, n.Operator)
		}
	default:
		w.refuse(n, (*node).String())
	}
}

func (w *validator) refuse(n ast.Node, word string) {
	if w.refused == nil {
		loc := n.Location()
		w.refused, w.word = &loc, word
	}
}

// roleBehind is the base layer that a name of a state comes from.
func roleBehind(name string) (domain.Role, bool) {
	switch name {
	case "pbf", "pbf_net":
		return domain.PBF, true
	case "red_line", "red_line_window":
		return domain.RedLine, true
	case "urban", "urban_enclosed":
		return domain.UrbanBoundary, true
	case "grade":
		return "", false // known, and the kind mean, say so face by face
	}
	if flag, ok := ledger.FlagOf(domain.Role(name)); ok {
		return flag.Role, true
	}
	return domain.LandUse, true
}

// expressionNames are all the names of conditions, for hints.
func expressionNames() []string {
	var names []string
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			tag := f.Tag.Get("expr")
			if f.Anonymous && tag != "-" {
				walk(f.Type.Elem())
			}
			if tag == "" || tag == "-" {
				continue
			}
			names = append(names, tag)
			ft := f.Type
			if ft.Kind() == reflect.Pointer {
				ft = ft.Elem()
			}
			if ft.Kind() == reflect.Struct {
				walk(ft)
			}
		}
	}
	walk(reflect.TypeFor[view]())
	return names
}
