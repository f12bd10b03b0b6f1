package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// privateNames are words that once were names here and that only this
// repository understood. The field's word or the standard library's stands in
// their place: evaluator, validator, source text, land piece, overlap, viewport,
// path writer, middleware, filter, scenario, generator.
var privateNames = map[string]bool{
	"court": true, "warden": true, "docket": true, "manuscript": true, "heed": true, "tract": true, "tracts": true,
	"clash": true, "clashes": true, "twisted": true, "canvas": true, "manners": true, "mischief": true, "sieve": true,
	"canary": true, "dice": true, "facevalue": true, "oddity": true, "oddities": true, "flaw": true, "flaws": true,
	"spare": true, "spared": true, "pen": true, "door": true, "closure": true, "rig": true, "desk": true, "story": true, "guise": true,
	"works": true, "clutter": true, "rouse": true, "bury": true, "seize": true,
}

// words are those of an identifier or of a file's name.
func words(name string) []string {
	var spaced strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) || r == '_' || r == '.' || r == '-' {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(spaced.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}

// TestNamesOfTheField: no identifier that is declared and no file has a word of
// privateNames.
func TestNamesOfTheField(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	check := func(place, name string) {
		seen++
		for _, w := range words(name) {
			if privateNames[w] {
				t.Errorf("%s: %s has the word %q; use the field's word or the standard library's", place, name, w)
			}
		}
	}
	for _, dir := range []string{"api", "cmd", "geo", "rules", "scripts"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Name() == "node_modules" || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(path, ".go") {
				return nil
			}
			check(path, d.Name())
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					check(set.Position(id.Pos()).String(), id.Name)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d names were looked at", seen)
	}
}
