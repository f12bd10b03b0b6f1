package rules

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

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
		return mu, n.Value == "mu"
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

// subject is one field and all that a condition asks of it.
type subject struct {
	comparisons []comparison
	bits        []uint64
}

// outcomes are the answers, as bits, that the values of a field give together.
// It is enough to try the literals and one value in each gap between them.
func (s *subject) outcomes() []uint64 {
	if s.comparisons[0].bare {
		return []uint64{0, s.bits[0]}
	}
	var list []uint64
	note := func(holds func(*comparison) bool) {
		var row uint64
		for i := range s.comparisons {
			if holds(&s.comparisons[i]) {
				row |= s.bits[i]
			}
		}
		if !slices.Contains(list, row) {
			list = append(list, row)
		}
	}
	if s.comparisons[0].text {
		for _, v := range s.textsToTry() {
			note(func(c *comparison) bool { return c.holdsText(v) })
		}
		return list
	}
	for _, v := range s.numbersToTry() {
		note(func(c *comparison) bool { return c.holdsNumber(v) })
	}
	return list
}

func (s *subject) numbersToTry() []float64 {
	var try []float64
	for _, c := range s.comparisons {
		for _, x := range c.numbers {
			if c.whole {
				try = append(try, math.Ceil(x)-1, math.Floor(x), math.Ceil(x), math.Floor(x)+1)
			} else {
				try = append(try, math.Nextafter(x, math.Inf(-1)), x, math.Nextafter(x, math.Inf(1)))
			}
		}
	}
	if low, high, ok := bounds(s.comparisons[0].field); ok {
		try = append(try, low, high)
		try = slices.DeleteFunc(try, func(x float64) bool { return x < low || x > high })
	}
	slices.Sort(try)
	return slices.Compact(try)
}

// bounds are the values that the reader lets a field have; 0 is unknown.
func bounds(field string) (low, high float64, ok bool) {
	switch field {
	case "before.slope", "after.slope":
		return 0, 5, true
	case "before.grade", "after.grade":
		return 0, 15, true
	}
	return 0, 0, false
}

// textsToTry are the literals, and each of them with a sign that none holds
// after it: a text that starts as the literal does and equals none.
func (s *subject) textsToTry() []string {
	if s.comparisons[0].field == "plan.stage" {
		return stageNames()
	}
	const other = "\x00"
	try := []string{other}
	for _, c := range s.comparisons {
		for _, t := range c.texts {
			try = append(try, t, t+other)
		}
	}
	slices.Sort(try)
	return slices.Compact(try)
}
