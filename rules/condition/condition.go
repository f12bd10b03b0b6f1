package condition

import (
	"landcheck/geo"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// Why expr-lang/expr and not cel-go v0.33. Both check types when a book is
// loaded and name a misspelt field or an operator between two types at its own
// column; over 100 000 faces CEL's machine took 0.45 to 0.74 of the time of expr's
// (medians of nine paired passes, five runs), at best 42 against 85 ms on two
// busy cores. What decided is that expr hands out its tree, typed and
// with places, in plain Go values: constant and deadBranch tell from it what
// can never hold, and lower turns a condition into Go that needs a fifth to a
// tenth of the machine's time (BenchmarkCondition), so that neither machine's
// speed matters. CEL also brings protobuf and its registry along.

// Condition is a predicate over one face (see Rule for its names).
type Condition struct {
	Text string
	Expression
}

// Amount is a quantity of one face in m²: area, before.pbf_net,
// after.pbf_net, before.cropland_net, after.cropland_net, or any expression
// that yields a number; or the total of a whole area (see TotalNames).
type Amount struct {
	Text  string
	Total string // project.construction.after, "" for a quantity of faces
	Expression
}

// Given reports whether the condition was written at all.
func (c Condition) Given() bool { return c.Text != "" }

// Parse compiles a condition. What is wrong with it is a *geo.InputError at its
// origin (nil: nowhere). Language is that of its book, nil for one of its own.
func Parse(text string, from Origin, in *Language) (Condition, error) {
	c := Condition{Text: text, Expression: Expression{origin: from}}
	return c, c.compile(in)
}

func (c *Condition) compile(in *Language) error {
	if err := c.build(in, c.Text, expr.AsBool()); err != nil {
		return err
	}
	c.condition = true
	c.fast = lower(c.program.Node())
	if c.Text == "true" {
		c.always = true
		return nil
	}
	if node, code := strangeClass(c.program.Node()); node != nil {
		return c.inside(file.Location{From: beginning(node)},
			geo.Textf("条件中的地类编码“%s”不在三调工作分类之内", "the condition names the land class %q, which the classification does not have", code), nil)
	}
	if node, code, list := strangeCode(c.program.Node()); node != nil {
		f := c.inside(file.Location{From: beginning(node)},
			geo.Textf("条件中的代码“%s”不存在，没有图斑会填写它", "the condition names the code %q, which does not exist: no feature has it", code), nil)
		f.Advice = likely(code, list)
		return f
	}
	answer := constant(c.program.Node())
	if !c.named { // literals alone
		got, err := expr.Run(c.program, &view{})
		if err != nil {
			return c.explain(err)
		}
		if answer = alwaysFalse; got == true {
			answer = alwaysTrue
		}
	}
	switch answer {
	case alwaysTrue:
		return c.Fault(geo.Textf("条件“%s”恒为真", "condition %q is always true", c.Text),
			geo.Text{ZH: "若本意如此请写 true", EN: "If that is meant, write true."})
	case alwaysFalse:
		return c.Fault(geo.Textf("条件“%s”恒为假，规则永远不会生效", "condition %q is always false: the rule can never apply", c.Text),
			geo.Text{ZH: "请检查 && 与 ! 的组合、相互矛盾的比较", EN: "Check what && and ! combine, and comparisons that contradict each other."})
	}
	if dead := deadBranch(c.program.Node()); dead != nil {
		f := c.inside(file.Location{From: beginning(dead)},
			geo.Textf("条件“%s”中，此处开始的一支恒为假，永远不会生效", "in the condition %q the side of || that begins here is always false: it can never apply", c.Text), nil)
		f.Advice = geo.Text{ZH: "请检查相互矛盾的比较，或删去这一支", EN: "Check comparisons that contradict each other, or drop it."}
		return f
	}
	return nil
}

// beginning is the offset of a node's first rune, but for its parentheses.
func beginning(n ast.Node) int {
	switch n := n.(type) {
	case *ast.BinaryNode:
		return beginning(n.Left)
	case *ast.MemberNode:
		return beginning(n.Node)
	case *ast.UnaryNode:
		return min(n.Location().From, beginning(n.Node))
	}
	return n.Location().From
}

// ParseAmount compiles a quantity of a face, or takes the name of a total (see
// IsTotal) as it is; otherwise as Parse.
func ParseAmount(text string, from Origin, in *Language) (Amount, error) {
	a := Amount{Text: text, Expression: Expression{origin: from}}
	if IsTotal(text) {
		a.Total, a.roles = text, totalRoles(text)
		return a, nil
	}
	return a, a.build(in, text, expr.AsFloat64())
}
