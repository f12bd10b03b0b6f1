package shapefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
)

// shared is the folder of third-party test files; the test skips without it.
func shared(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", "shapefile")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("third-party Shapefiles are not at %s", dir)
	}
	return dir
}

// corpus lists every .shp of the shared data, relative to its folder.
func corpus(t testing.TB, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.EqualFold(filepath.Ext(path), ".shp") {
			rel, _ := filepath.Rel(dir, path)
			found = append(found, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 100 {
		t.Fatalf("only %d Shapefiles in %s", len(found), dir)
	}
	return found
}

// TestCorpus reads every third-party file: features, or a fault that says
// where and what to do.
func TestCorpus(t *testing.T) {
	dir := shared(t)
	for _, name := range corpus(t, dir) {
		t.Run(name, func(t *testing.T) {
			l, err := Open(filepath.Join(dir, name), "x.zip!"+name)
			if err == nil {
				defer l.Close()
				n := 0
				for _, err = range l.Near(t.Context(), nil, nil) {
					if err != nil {
						break
					}
					n++
				}
				if err == nil && n != l.Len() {
					t.Errorf("read %d features of %d", n, l.Len())
				}
				t.Log(n, l.Bound(), l.Notices())
			}
			if err == nil {
				return
			}
			fault, ok := geo.AsFault(err)
			if !ok {
				t.Fatalf("not a fault: %v", err)
			}
			if fault.File == "" || fault.Problem.IsZero() || fault.Advice.IsZero() {
				t.Errorf("fault is not complete: %+v", fault)
			}
			t.Log(fault)
		})
	}
}
