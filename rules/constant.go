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
	names, atoms := map[string]int{}, map[ast.Node]int{}
	if !collect(root, names, atoms) {
		return varies
	}
	yes, no := false, false
	for row := range 1 << len(names) {
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

// collect numbers the atoms: nodes that read the same have the same number.
func collect(n ast.Node, names map[string]int, atoms map[ast.Node]int) bool {
	switch n := n.(type) {
	case *ast.BoolNode:
		return true
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return collect(n.Node, names, atoms)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "||", "and", "or":
			return collect(n.Left, names, atoms) && collect(n.Right, names, atoms)
		}
	}
	key := n.String()
	if _, ok := names[key]; !ok {
		if len(names) == maxAtoms {
			return false
		}
		names[key] = len(names)
	}
	atoms[n] = names[key]
	return true
}

func truth(n ast.Node, atoms map[ast.Node]int, row int) bool {
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
	return row>>atoms[n]&1 == 1
}
