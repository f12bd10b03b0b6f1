package guard_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo/guard"
)

func crash() error {
	var nothing *struct{ at int }
	nothing.at++
	return nil
}

func TestPanicsEndAsErrors(t *testing.T) {
	check := func(what string, err error) {
		t.Helper()
		var p *guard.Panic
		if !errors.As(err, &p) || !strings.Contains(err.Error(), "guard_test.go:") || !strings.Contains(err.Error(), "nil pointer") {
			t.Errorf("%s: %v", what, err)
		}
	}
	err := guard.Do("reading a.shp", crash)
	check("Do", err)
	if !strings.HasPrefix(err.Error(), "reading a.shp: panic at guard/guard_test.go:") {
		t.Error(err)
	}
	check("Go", <-guard.Go("", crash))
	group := guard.New()
	group.SetLimit(1)
	group.Go(crash)
	group.Go(func() error { return nil })
	check("Group", group.Wait())
	group, ctx := guard.WithContext(context.Background())
	group.Go(crash)
	<-ctx.Done() // the others are told
	check("WithContext", group.Wait())
	want := errors.New("plain")
	if err := guard.Do("x", func() error { return want }); err != want {
		t.Error(err)
	}
	if err := <-guard.Go("x", func() error { return nil }); err != nil {
		t.Error(err)
	}
}

// bare are the files that start goroutines of their own, and why nothing that
// a plan or base data says can panic there.
var bare = map[string]string{
	"geo/guard/guard.go":            "the border itself",
	"geo/postgis/pgtest/cluster.go": "a database for tests",
	"geo/postgis/pgtest/proxy.go":   "a proxy for tests",
	"api/store/embedded/work.go":    "calls the check within protect",
	"api/store/postgres/run.go":     "calls the check within protect; beats and cleaning besides",
	"api/store/postgres/work.go":    "beats",
	"api/store/postgres/watch.go":   "listens to the database",
	"api/store/embedded/store.go":   "waits for the calls of Work",
	"api/store/postgres/store.go":   "waits for what listens to the database",
	"rules/sample/parallel.go":      "makes samples",
	"rules/sample/write.go":         "makes samples",
}

// TestNoBareGoroutines: in what a check goes through, goroutines start behind
// the guard.
func TestNoBareGoroutines(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	for _, dir := range []string{"geo", "rules", "cmd", "api"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				if err == nil && (d.Name() == "node_modules" || d.Name() == "storetest") {
					return filepath.SkipDir
				}
				return err
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			if _, ok := bare[name]; ok {
				return nil
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			seen++
			for _, spec := range file.Imports {
				if spec.Path.Value == `"golang.org/x/sync/errgroup"` {
					t.Errorf("%s uses errgroup; use landcheck/geo/guard", name)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s:%d starts a goroutine; use guard.Go", name, set.Position(n.Pos()).Line)
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && x.Name == "sync" && n.Sel.Name == "WaitGroup" {
						t.Errorf("%s:%d has a sync.WaitGroup; use guard.Group", name, set.Position(n.Pos()).Line)
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
		t.Errorf("only %d files were looked at", seen)
	}
}
