package condition

import (
	"errors"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/optimizer"
	"github.com/expr-lang/expr/vm"
)

// Language is what all expressions of a book have in common: the names, with
// their types, and that there are no functions. expr.Compile finds that out
// anew for each expression, which takes longer than all that it does besides
// (BenchmarkLoadBook). It belongs to one goroutine.
type Language struct{ config *conf.Config }

// NewLanguage prepares the compiler.
func NewLanguage() *Language {
	c := conf.New(&view{})
	expr.DisableAllBuiltins()(c)
	expr.DisableIfOperator()(c)
	expr.MaxNodes(maxNodes)(c)
	c.Builtins = nil
	c.IsOverridden("area") // looks a name up: makes the cache that all expressions then fill
	return &Language{c}
}

// compile is expr.Compile, with a visitor that sees the tree before its types
// are checked.
func (l *Language) compile(text string, as expr.Option, visitor ast.Visitor) (*vm.Program, error) {
	c := *l.config
	as(&c)
	c.Visitors = []ast.Visitor{visitor}
	tree, err := checker.ParseCheck(text, &c)
	if err != nil {
		return nil, err
	}
	if err := optimizer.Optimize(&tree.Node, &c); err != nil {
		var at *file.Error
		if errors.As(err, &at) {
			return nil, at.Bind(tree.Source)
		}
		return nil, err
	}
	return compiler.Compile(tree, &c)
}
