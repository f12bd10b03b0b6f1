package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// keepsContext are the packages in which one struct may hold a context, and why.
var keepsContext = map[string]string{
	"geo":          "io.Reader takes none: a reader that ends with it",
	"api/throttle": "io.Reader and http.ResponseWriter take none: the pace of one request's transfer",
	"rules/ledger": "of one build, whose steps all end with it; dropped when Build returns",
}

// TestContextsAreArguments: a context in a struct outlives the call that it was
// of; whoever uses the struct later is cancelled by somebody else.
func TestContextsAreArguments(t *testing.T) {
	structs, kept := 0, map[string]int{}
	for _, room := range []string{"api", "cmd", "geo", "rules"} {
		root := filepath.Join("..", "..")
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "node_modules":
				return fs.SkipDir
			case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			dir, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.StructType)
				if !ok {
					return true
				}
				structs++
				for _, f := range s.Fields.List {
					if of, ok := f.Type.(*ast.SelectorExpr); ok && of.Sel.Name == "Context" {
						from, ok := of.X.(*ast.Ident)
						if kept[dir]++; ok && from.Name == "context" && (kept[dir] > 1 || keepsContext[filepath.ToSlash(dir)] == "") {
							t.Errorf("%s: a struct holds a context", files.Position(f.Pos()))
						}
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
	if structs < 200 {
		t.Errorf("%d structs were read", structs)
	}
}
