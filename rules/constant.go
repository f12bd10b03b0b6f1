package rules

import "github.com/expr-lang/expr/ast"

type constancy int

const (
	varies constancy = iota
	alwaysTrue
	alwaysFalse
)

// maxAtoms bounds the truth table: 2^12 rows.
const maxAtoms = 12

// constant reports a condition whose answer does not depend on the face, by
// its truth table over the comparisons and names that it combines
// (`before.pbf && !before.pbf` is always false). It does not know that two
// comparisons contradict each other.
func constant(root ast.Node) constancy {
	atoms := map[string]int{}
	if !collect(root, atoms) {
		return varies
	}
	yes, no := false, false
	for row := range 1 << len(atoms) {
		if truth(root, atoms, row) {
			yes = true
		} else {
			no = true
		}
		if yes && no {
			return varies
		}
	}
	if yes {
		return alwaysTrue
	}
	return alwaysFalse
}

func collect(n ast.Node, atoms map[string]int) bool {
	switch n := n.(type) {
	case *ast.BoolNode:
		return true
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return collect(n.Node, atoms)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "||", "and", "or":
			return collect(n.Left, atoms) && collect(n.Right, atoms)
		}
	}
	key := n.String()
	if _, ok := atoms[key]; !ok {
		if len(atoms) == maxAtoms {
			return false
		}
		atoms[key] = len(atoms)
	}
	return true
}

func truth(n ast.Node, atoms map[string]int, row int) bool {
	switch n := n.(type) {
	case *ast.BoolNode:
		return n.Value
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return !truth(n.Node, atoms, row)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and":
			return truth(n.Left, atoms, row) && truth(n.Right, atoms, row)
		case "||", "or":
			return truth(n.Left, atoms, row) || truth(n.Right, atoms, row)
		}
	}
	return row>>atoms[n.String()]&1 == 1
}
