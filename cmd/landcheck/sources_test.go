package main

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

// eachSource visits the Go files of some rooms, tests among them, by their path
// from the repository's root; folders of the names in without are passed over.
func eachSource(t *testing.T, rooms, without []string, visit func(path string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	root := filepath.Join("..", "..")
	for _, room := range rooms {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "node_modules" || slices.Contains(without, d.Name())):
				return fs.SkipDir
			case !strings.HasSuffix(path, ".go"):
				return nil
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			name, err := filepath.Rel(root, path)
			visit(filepath.ToSlash(name), files, file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
