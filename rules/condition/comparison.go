package condition

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"landcheck/rules/wording"

	"github.com/expr-lang/expr/ast"
)

// comparison is a test of one field against literals: == != < <= > >= and in
// for numbers, == != in and startsWith for texts.
type comparison struct {
	field    string // as the expression prints it
	bare     bool   // no comparison that is understood: true or false at will
	text     bool
	whole    bool // the field holds integers
	operator string
	numbers  []float64
	texts    []string
}

// largestWhole is where float64 ends to tell integers apart.
const largestWhole = 1 << 53

// readComparison understands a node, or says that it does not.
func readComparison(n ast.Node) (c comparison, ok bool) {
	b, ok := n.(*ast.BinaryNode)
	if !ok {
		return c, false
	}
	left, right, op := b.Left, b.Right, b.Operator
	if mirror := map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}[op]; mirror != "" && c.literal(left) {
		left, right, op = right, left, mirror
	}
	if left.Type() == nil || (&comparison{}).literal(left) {
		return c, false
	}
	c = comparison{field: left.String(), operator: op}
	switch left.Type().Kind() {
	case reflect.Int:
		c.whole = true
	case reflect.Float64:
	case reflect.String:
		c.text = true
	default:
		return c, false
	}
	switch op {
	case "==", "!=":
		ok = c.literal(right)
	case "<", "<=", ">", ">=":
		ok = !c.text && c.literal(right)
	case "startsWith":
		ok = c.text && c.literal(right)
	case "in":
		ok = c.list(right)
	default:
		ok = false
	}
	return c, ok && c.text == (len(c.numbers) == 0)
}

// literal takes a number or a text down.
func (c *comparison) literal(n ast.Node) bool {
	if s, ok := n.(*ast.StringNode); ok {
		c.texts = append(c.texts, s.Value)
		return true
	}
	x, ok := number(n)
	if ok = ok && math.Abs(x) <= largestWhole; ok {
		c.numbers = append(c.numbers, x)
	}
	return ok
}

// list takes down the literals of in, of which the optimiser makes a set where
// it can, else a list of values.
func (c *comparison) list(n ast.Node) bool {
	set, ok := n.(*ast.ConstantNode)
	if !ok {
		return false
	}
	switch set := set.Value.(type) {
	case map[string]struct{}:
		c.texts = slices.Sorted(maps.Keys(set))
	case map[int]struct{}:
		for x := range set {
			c.numbers = append(c.numbers, float64(x))
		}
	case []any:
		for _, x := range set {
			switch x := x.(type) {
			case int:
				c.numbers = append(c.numbers, float64(x))
			case float64:
				c.numbers = append(c.numbers, x)
			default:
				return false
			}
		}
	default:
		return false
	}
	return !slices.ContainsFunc(c.numbers, func(x float64) bool { return math.Abs(x) > largestWhole })
}

// number works a numeric literal out, 20 * mu among them.
func number(n ast.Node) (float64, bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return float64(n.Value), true
	case *ast.FloatNode:
		return n.Value, true
	case *ast.IdentifierNode:
		return wording.Mu, n.Value == "mu"
	case *ast.UnaryNode:
		x, ok := number(n.Node)
		if n.Operator == "-" {
			x = -x
		}
		return x, ok && (n.Operator == "-" || n.Operator == "+")
	case *ast.BinaryNode:
		x, ok := number(n.Left)
		y, also := number(n.Right)
		if !ok || !also {
			return 0, false
		}
		switch n.Operator {
		case "+":
			return x + y, true
		case "-":
			return x - y, true
		case "*":
			return x * y, true
		case "/":
			return x / y, true // NaN and Inf are beyond largestWhole
		}
	}
	return 0, false
}

func (c *comparison) holdsNumber(x float64) bool {
	switch c.operator {
	case "!=":
		return x != c.numbers[0]
	case "<":
		return x < c.numbers[0]
	case "<=":
		return x <= c.numbers[0]
	case ">":
		return x > c.numbers[0]
	case ">=":
		return x >= c.numbers[0]
	}
	return slices.Contains(c.numbers, x)
}

func (c *comparison) holdsText(s string) bool {
	switch c.operator {
	case "!=":
		return s != c.texts[0]
	case "startsWith":
		return strings.HasPrefix(s, c.texts[0])
	}
	return slices.Contains(c.texts, s)
}
