package condition

import "github.com/expr-lang/expr/ast"

// Contradicts reports that no face meets both conditions.
func (x *Expression) Contradicts(y *Expression) bool {
	if x.program == nil || y.program == nil {
		return false
	}
	return constant(&ast.BinaryNode{Operator: "&&", Left: y.program.Node(), Right: x.program.Node()}) == alwaysFalse
}

// CountsChange reports that a sum of an amount over the land of a condition,
// read within another, counts land that changes and no other: that no land as
// it stands, unchanged and without a change that covers it, meets the
// conditions, or that it would count for nothing. A condition that was not
// compiled is given the benefit of the doubt.
func CountsChange(of *Amount, where, among *Expression) bool {
	if where.program == nil || nothingUnchanged(where) || nothingUnchanged(among) {
		return true
	}
	if among.program != nil && never(&ast.BinaryNode{Operator: "&&", Left: among.program.Node(), Right: where.program.Node()}) {
		return true
	}
	if of.program == nil {
		return false
	}
	b, ok := of.program.Node().(*ast.BinaryNode)
	return ok && b.Operator == "-" && unchanged(b.Left).String() == unchanged(b.Right).String()
}

func nothingUnchanged(x *Expression) bool { return x.program != nil && never(x.program.Node()) }

// never reports a condition that no unchanged land meets.
func never(n ast.Node) bool { return constant(unchanged(n)) == alwaysFalse }

// unchanged is a condition as it reads for land that nothing changes: after is
// before, no change covers it.
func unchanged(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.MemberNode:
		owner, field := split(n.String())
		switch {
		case owner == "after":
			m := *n
			m.Node = &ast.IdentifierNode{Value: "before"}
			return &m
		case changeNamed(owner) != nil && field == "exists":
			return &ast.BoolNode{}
		}
	case *ast.UnaryNode:
		u := *n
		u.Node = unchanged(n.Node)
		return &u
	case *ast.BinaryNode:
		b := *n
		b.Left, b.Right = unchanged(n.Left), unchanged(n.Right)
		if b.Left.String() == b.Right.String() { // before.class != before.class
			switch n.Operator {
			case "==", "<=", ">=":
				return &ast.BoolNode{Value: true}
			case "!=", "<", ">":
				return &ast.BoolNode{}
			}
		}
		if asksOfChange(n) {
			return &ast.BoolNode{} // use.purpose == "JYXJS" without a change
		}
		return &b
	}
	return n
}

// asksOfChange is a comparison that what no change covers does not meet.
func asksOfChange(n *ast.BinaryNode) bool {
	c, ok := readComparison(n)
	owner, _ := split(c.field)
	if !ok || changeNamed(owner) == nil {
		return false
	}
	if c.text {
		return !c.holdsText("")
	}
	return !c.holdsNumber(0)
}
