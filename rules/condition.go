package rules

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
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
	expression
}

// Amount is a quantity of one face in m²: area, before.pbf_net,
// after.pbf_net, before.cropland_net, after.cropland_net, or any expression
// that yields a number.
type Amount struct {
	Text string
	expression
}

// expression is a compiled text and what it reads.
type expression struct {
	at        place
	places    func() []place // of each rune, while it is compiled
	language  *language      // of its book, while it is compiled; nil: one of its own
	program   *vm.Program
	roles     map[plan.Role]bool // base roles behind the names
	patches   bool               // reads patch_area
	county    bool               // reads plan.county
	year      bool               // reads plan.year
	block     bool               // reads sloped_block
	named     bool               // reads a name at all
	always    bool               // the literal "true"
	condition bool               // yields a bool
	fast      predicate          // the same, without the machine; nil where it cannot be
}

// view is what an expression sees: a face, the plan, and the constants.
type view struct {
	*ledger.Face
	Plan      planView `expr:"plan"`
	PatchArea float64  `expr:"patch_area"`
	Mu        float64  `expr:"mu"`
}

type planView struct {
	County string `expr:"county"`
	Year   int    `expr:"year"`
	Stage  string `expr:"stage"`
}

// mu is one 亩 in m².
const mu = 10000.0 / 15

// maxNodes caps an expression; the longest built-in one has 60.
const maxNodes = 400

// Given reports whether the condition was written at all.
func (c Condition) Given() bool { return c.Text != "" }

func (c *Condition) compile() error {
	if err := c.build(c.Text, expr.AsBool()); err != nil {
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
		return c.offset(0).fault(geo.Textf("条件“%s”恒为真", "condition %q is always true", c.Text),
			geo.Text{ZH: "若本意如此请写 true", EN: "If that is meant, write true."})
	case alwaysFalse:
		return c.offset(0).fault(geo.Textf("条件“%s”恒为假，规则永远不会生效", "condition %q is always false: the rule can never apply", c.Text),
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

func (a *Amount) compile() error { return a.build(a.Text, expr.AsFloat64()) }

func (x *expression) build(text string, as expr.Option) error {
	if len(text) > 4000 {
		return x.at.faultf("条件过长", "the expression is too long")
	}
	spoken := x.language
	if spoken == nil {
		spoken = newLanguage()
	}
	w := &warden{roles: map[plan.Role]bool{}}
	program, err := spoken.compile(text, as, w)
	if w.refused != nil {
		return x.inside(*w.refused, geo.Textf("条件中不允许使用“%s”", "%q is not allowed in an expression", w.word), nil)
	}
	if err != nil {
		return x.explain(err)
	}
	x.program, x.roles, x.patches, x.named = program, w.roles, w.patches, w.named
	x.county, x.year, x.block = w.county, w.year, w.block
	return nil
}

var unknownName = regexp.MustCompile(`^(?:unknown name (\S+)|type \S+ has no (?:field|method) (\S+))`)

// explain turns a compile error into a fault at its own line and column.
func (x *expression) explain(err error) error {
	var fe *file.Error
	if !errors.As(err, &fe) {
		return x.at.fault(complaint(err.Error()), geo.Text{})
	}
	message, _, _ := strings.Cut(fe.Message, "\n")
	if m := unknownName.FindStringSubmatch(message); m != nil {
		name := m[1] + m[2]
		f := x.inside(fe.Location, geo.Textf("条件中有未知名称“%s”", "unknown name %q in an expression", name), err)
		if near := nearest(name, expressionNames()); near != "" {
			f.Advice = geo.Textf("是否应为“%s”？", "Did you mean %q?", near)
		}
		return f
	}
	return x.inside(fe.Location, complaint(message), err)
}

// complaints of the expression language in Chinese, by what they say in English.
func complaint(message string) geo.Text {
	for _, c := range []struct{ form, zh string }{
		{`^expected bool, but got (\S+)$`, "条件应得出真假，这里得出的是 %s"},
		{`^expected float64, but got (\S+)$`, "应得出数值，这里得出的是 %s"},
		{`^invalid operation: (\S+) \(mismatched types (.+) and (.+)\)$`, "“%s”两边的类型不合：%s 与 %s"},
		{`^invalid operation: (\S+) \(mismatched type (.+)\)$`, "“%s”不能用于 %s"},
		{`^unexpected token EOF$`, "表达式没有写完"},
		{`^unexpected token (.+)$`, "此处不应有 %s"},
		{`^cannot use (.+) as .+ in array$|^cannot use (.+)$`, "此处不能用 %s"},
	} {
		if m := regexp.MustCompile(c.form).FindStringSubmatch(message); m != nil {
			args := []any{}
			for _, s := range m[1:] {
				if s != "" {
					args = append(args, s)
				}
			}
			return geo.Text{ZH: fmt.Sprintf("条件有误：%s", fmt.Sprintf(c.zh, args...)), EN: fmt.Sprintf("bad expression: %s", message)}
		}
	}
	return geo.Textf("条件有误：%s", "bad expression: %s", message)
}

// inside is a fault at an offset of the expression.
func (x *expression) inside(loc file.Location, problem geo.Text, err error) *geo.Fault {
	f := x.offset(loc.From).fault(problem, geo.Text{})
	f.Err = err
	return f
}

// offset is where a rune of the expression stands; its beginning where that
// cannot be told.
func (x *expression) offset(runes int) place {
	at := x.at
	if x.places == nil {
		at.col += runes
	} else if list := x.places(); len(list) > 0 {
		at = list[min(max(runes, 0), len(list)-1)]
	}
	return at
}

// warden lets through what a condition may hold, and notes what it reads:
// names, literals, comparisons, && || !, arithmetic. Nothing that loops,
// allocates by a number, or fails at run time.
type warden struct {
	refused *file.Location
	word    string
	roles   map[plan.Role]bool
	patches bool
	named   bool
	county  bool // plan.county
	year    bool // plan.year
	block   bool // sloped_block
}

// Visit implements ast.Visitor.
func (w *warden) Visit(node *ast.Node) {
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
			w.roles[plan.LandUse] = true
		case "township", "county":
			w.roles[plan.Townships] = true
		}
	case *ast.MemberNode:
		property, ok := n.Property.(*ast.StringNode)
		owner, named := n.Node.(*ast.IdentifierNode)
		if !ok || n.Optional || n.Method {
			w.refuse(n, n.String())
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

func (w *warden) refuse(n ast.Node, word string) {
	if w.refused == nil {
		loc := n.Location()
		w.refused, w.word = &loc, word
	}
}

// roleBehind is the base layer that a name of a state comes from.
func roleBehind(name string) (plan.Role, bool) {
	switch name {
	case "pbf", "pbf_net":
		return plan.PBF, true
	case "red_line":
		return plan.RedLine, true
	case "urban":
		return plan.UrbanBoundary, true
	case "basic_grassland", "heritage", "shelterbelt", "pbf_reserve", "water_management":
		return plan.Role(name), true
	case "grade":
		return "", false // known, and the kind mean, say so face by face
	}
	return plan.LandUse, true
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
