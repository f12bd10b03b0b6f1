package condition

import (
	"slices"
	"strings"

	"landcheck/rules/ledger"

	"github.com/expr-lang/expr/ast"
)

// predicate answers a condition for one face without the expression machine,
// which boxes every value that it touches: over 100 000 faces
// BenchmarkCondition falls to between a fifth and a tenth, or less. Only what
// needs no rounding or conversion is translated; for the rest lower gives nil
// and the machine runs.
type predicate func(*ledger.Face) bool

// lower translates a checked condition.
func lower(n ast.Node) predicate {
	switch n := n.(type) {
	case *ast.BoolNode:
		v := n.Value
		return func(*ledger.Face) bool { return v }
	case *ast.IdentifierNode, *ast.MemberNode:
		return boolField(n.String())
	case *ast.UnaryNode:
		if x := lower(n.Node); x != nil && (n.Operator == "!" || n.Operator == "not") {
			return func(f *ledger.Face) bool { return !x(f) }
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and", "||", "or":
			a, b := lower(n.Left), lower(n.Right)
			if a == nil || b == nil {
				return nil
			}
			if n.Operator == "&&" || n.Operator == "and" {
				return func(f *ledger.Face) bool { return a(f) && b(f) }
			}
			return func(f *ledger.Face) bool { return a(f) || b(f) }
		case "==", "!=", "<", "<=", ">", ">=":
			return lowerComparison(n)
		case "in":
			return lowerIn(n)
		case "startsWith":
			if a, b := textOf(n.Left), textOf(n.Right); a != nil && b != nil {
				return func(f *ledger.Face) bool { return strings.HasPrefix(a(f), b(f)) }
			}
		}
	}
	return nil
}

func lowerComparison(n *ast.BinaryNode) predicate {
	if a, b := boolField(n.Left.String()), boolField(n.Right.String()); a != nil && b != nil {
		switch n.Operator {
		case "==":
			return func(f *ledger.Face) bool { return a(f) == b(f) }
		case "!=":
			return func(f *ledger.Face) bool { return a(f) != b(f) }
		}
	}
	if a, b := textOf(n.Left), textOf(n.Right); a != nil && b != nil {
		switch n.Operator {
		case "==":
			return func(f *ledger.Face) bool { return a(f) == b(f) }
		case "!=":
			return func(f *ledger.Face) bool { return a(f) != b(f) }
		}
	}
	if a, b := floatOf(n.Left), floatOf(n.Right); a != nil && b != nil {
		return ordered(n.Operator, a, b)
	}
	if a, b := intOf(n.Left), intOf(n.Right); a != nil && b != nil {
		return ordered(n.Operator, a, b)
	}
	return nil
}

func ordered[T int | float64](operator string, a, b func(*ledger.Face) T) predicate {
	switch operator {
	case "==":
		return func(f *ledger.Face) bool { return a(f) == b(f) }
	case "!=":
		return func(f *ledger.Face) bool { return a(f) != b(f) }
	case "<":
		return func(f *ledger.Face) bool { return a(f) < b(f) }
	case "<=":
		return func(f *ledger.Face) bool { return a(f) <= b(f) }
	case ">":
		return func(f *ledger.Face) bool { return a(f) > b(f) }
	}
	return func(f *ledger.Face) bool { return a(f) >= b(f) }
}

// lowerIn is text in a list of literals, which the optimiser has made a set.
func lowerIn(n *ast.BinaryNode) predicate {
	a := textOf(n.Left)
	if a == nil {
		return nil
	}
	var list []string
	switch r := n.Right.(type) {
	case *ast.ConstantNode:
		set, ok := r.Value.(map[string]struct{})
		if !ok {
			return nil
		}
		for s := range set {
			list = append(list, s)
		}
		slices.Sort(list)
	case *ast.ArrayNode:
		for _, x := range r.Nodes {
			s, ok := x.(*ast.StringNode)
			if !ok {
				return nil
			}
			list = append(list, s.Value)
		}
	default:
		return nil
	}
	return func(f *ledger.Face) bool { return slices.Contains(list, a(f)) }
}
