package portable

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// differing are the functions of math whose last digits are up to the processor.
var differing = []string{"Acos", "Acosh", "Asin", "Asinh", "Atan", "Atan2", "Atanh", "Cbrt", "Cos", "Cosh", "Erf", "Exp", "Exp2", "Expm1",
	"Gamma", "Hypot", "Log", "Log10", "Log1p", "Log2", "Pow", "Sin", "Sincos", "Sinh", "Tan", "Tanh"}

// TestNobodyAsksMath: whatever may reach a report takes these functions from here.
func TestNobodyAsksMath(t *testing.T) {
	seen := 0
	for _, root := range []string{"../../geo", "../../rules"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			slashed := filepath.ToSlash(path)
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.Contains(slashed, "geo/portable/") || strings.Contains(slashed, "rules/proving/") { // which computes by itself on purpose
				return err
			}
			seen++
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(differing, s.Sel.Name) {
					if of, ok := s.X.(*ast.Ident); ok && of.Name == "math" {
						t.Errorf("%s: math.%s: take it from geo/portable", files.Position(n.Pos()), s.Sel.Name)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 100 {
		t.Errorf("only %d files of Go", seen)
	}
}
