package condition

import "github.com/expr-lang/expr/ast"

type constancy int

const (
	varies constancy = iota
	alwaysTrue
	alwaysFalse
)

// The bounds of the truth table: its columns and its rows. A condition beyond
// them counts as one that varies.
const (
	maxAtoms = 64
	maxRows  = 1 << 12
)

// constant reports a condition whose answer does not depend on the face, by
// its truth table over the comparisons and names that it combines
// (`before.pbf && !before.pbf` is always false). Rows that no value of a field
// gives are left out, so that `before.slope > 4 && before.slope < 3` is always
// false too; see subject for which comparisons are understood.
func constant(root ast.Node) constancy {
	a := &atoms{bit: map[ast.Node]uint64{}, byText: map[string]uint64{}, byField: map[string]*subject{}}
	if !a.collect(root) {
		return varies
	}
	columns := make([][]uint64, len(a.subjects))
	rows := 1
	for i, s := range a.subjects {
		columns[i] = s.outcomes()
		if rows *= len(columns[i]); rows > maxRows {
			return varies
		}
	}
	yes, no := false, false
	for row := range rows {
		var answers uint64
		for _, c := range columns {
			answers |= c[row%len(c)]
			row /= len(c)
		}
		if a.truth(root, answers) {
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

// deadBranch finds a side of an || that is always false in a condition that
// is not: what it was meant to catch is never caught.
func deadBranch(n ast.Node) ast.Node {
	sides := sidesOf(n, nil, "||", "or")
	for _, side := range sides {
		if len(sides) > 1 && constant(side) == alwaysFalse {
			return side
		}
		for _, part := range sidesOf(side, nil, "&&", "and") {
			if b, ok := part.(*ast.BinaryNode); ok && (b.Operator == "||" || b.Operator == "or") {
				if dead := deadBranch(part); dead != nil {
					return dead
				}
			}
		}
	}
	return nil
}

// sidesOf takes a chain of one operator apart.
func sidesOf(n ast.Node, to []ast.Node, sign, word string) []ast.Node {
	if b, ok := n.(*ast.BinaryNode); ok && (b.Operator == sign || b.Operator == word) {
		return sidesOf(b.Right, sidesOf(b.Left, to, sign, word), sign, word)
	}
	return append(to, n)
}

// atoms are the parts of a condition that && || and ! combine, one bit each;
// parts that read the same share one.
type atoms struct {
	bit      map[ast.Node]uint64
	byText   map[string]uint64
	byField  map[string]*subject
	subjects []*subject
}

// collect gives every atom its bit; false where there are too many.
func (a *atoms) collect(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BoolNode:
		return true
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return a.collect(n.Node)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "||", "and", "or":
			return a.collect(n.Left) && a.collect(n.Right)
		}
	}
	text := n.String()
	if _, ok := a.byText[text]; !ok {
		if len(a.byText) == maxAtoms {
			return false
		}
		bit := uint64(1) << len(a.byText)
		a.byText[text] = bit
		c, ok := readComparison(n)
		if !ok {
			c = comparison{field: text, bare: true}
		}
		s := a.byField[c.field]
		if s == nil {
			s = &subject{}
			a.byField[c.field] = s
			a.subjects = append(a.subjects, s)
		}
		s.comparisons, s.bits = append(s.comparisons, c), append(s.bits, bit)
	}
	a.bit[n] = a.byText[text]
	return true
}

func (a *atoms) truth(n ast.Node, row uint64) bool {
	switch n := n.(type) {
	case *ast.BoolNode:
		return n.Value
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return !a.truth(n.Node, row)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and":
			return a.truth(n.Left, row) && a.truth(n.Right, row)
		case "||", "or":
			return a.truth(n.Left, row) || a.truth(n.Right, row)
		}
	}
	return row&a.bit[n] != 0
}
