package main

import (
	"go/ast"
	"go/token"
	"path"
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
	seen := 0
	check := func(place, name string) {
		seen++
		for _, w := range words(name) {
			if privateNames[w] {
				t.Errorf("%s: %s has the word %q; use the field's word or the standard library's", place, name, w)
			}
		}
	}
	eachSource(t, []string{"api", "cmd", "geo", "rules", "scripts"}, []string{"testdata"}, func(name string, files *token.FileSet, file *ast.File) {
		check(name, path.Base(name))
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				check(files.Position(id.Pos()).String(), id.Name)
			}
			return true
		})
	})
	if seen < 10_000 {
		t.Errorf("only %d names were looked at", seen)
	}
}
