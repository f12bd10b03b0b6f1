package main

import (
	"go/ast"
	"go/token"
	"path"
	"strings"
	"testing"
)

// keepsContext are the packages in which one struct may hold a context, and why.
var keepsContext = map[string]string{
	"api/throttle": "io.Reader and http.ResponseWriter take none: the pace of one request's transfer",
}

// TestContextsAreArguments: a context in a struct outlives the call that it was
// of; whoever uses the struct later is cancelled by somebody else.
func TestContextsAreArguments(t *testing.T) {
	structs, kept := 0, map[string]int{}
	eachSource(t, []string{"api", "cmd", "geo", "rules"}, nil, func(name string, files *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		dir := path.Dir(name)
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.StructType)
			if !ok {
				return true
			}
			structs++
			for _, f := range s.Fields.List {
				if of, ok := f.Type.(*ast.SelectorExpr); ok && of.Sel.Name == "Context" {
					from, ok := of.X.(*ast.Ident)
					if kept[dir]++; ok && from.Name == "context" && (kept[dir] > 1 || keepsContext[dir] == "") {
						t.Errorf("%s: a struct holds a context", files.Position(f.Pos()))
					}
				}
			}
			return true
		})
	})
	for dir := range keepsContext {
		if kept[dir] == 0 {
			t.Errorf("%s keeps none", dir)
		}
	}
	if structs < 200 {
		t.Errorf("%d structs were read", structs)
	}
}
