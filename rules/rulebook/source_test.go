package rulebook

import (
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/rulebook/rulebooktest"

	"pgregory.net/rapid"
)

// A misspelt name is found at its own line and column, however the expression
// is written: an @ marks where it begins.
func TestPlacesInsideExpressions(t *testing.T) {
	for name, where := range map[string]string{
		"plain":            "before.pbf && before.@urbn",
		"plain, two lines": "before.pbf\n      && before.@urbn",
		"folded":           ">-\n    before.pbf &&\n    !after.pbf &&\n    before.@urbn",
		"folded, blank":    ">\n    before.pbf &&\n\n    before.@urbn",
		"folded, indented": ">-\n    before.pbf &&\n      (before.@urbn || after.urban)",
		"literal":          "|\n    before.pbf\n    && before.@urbn",
		"kept, commented":  "|2+ # why\n     before.pbf\n    && before.@urbn\n",
		"single":           "'before.class == ''a'' && before.@urbn'",
		"single, lines":    "'before.class == ''永农''\n     && before.@urbn'",
		"double":           `"before.class == \"a\" && before.@urbn"`,
		"double, lines":    "\"before.class ==\\t\\u0022a\\x22 &&\\\n      \\  before.@urbn\"",
		"wide":             "before.class == \"永久基本农田\" && before.@urbn",
	} {
		t.Run(name, func(t *testing.T) {
			body := "among: before.pbf && !after.pbf\nforbid:\n  where: " + where
			text := rulebooktest.Book("mandatory", body)
			before, _, _ := strings.Cut(text, "@")
			lines := strings.Split(before, "\n")
			_, err := Parse("book.yaml", []byte(strings.Replace(text, "@", "", 1)))
			f, ok := geo.AsInputError(err)
			if !ok || !strings.Contains(f.Message.EN, `"urbn"`) {
				t.Fatalf("%v\n%s", err, text)
			}
			if last := []rune(lines[len(lines)-1]); f.Record != len(lines) || f.Column != len(last)+1 {
				t.Errorf("line %d, column %d; want %d, %d", f.Record, f.Column, len(lines), len(last)+1)
			}
		})
	}
}

// An expression that is wrong as a whole is placed at its first word.
func TestPlaceOfFoldedContradiction(t *testing.T) {
	body := "among: before.pbf && !after.pbf\nforbid:\n  where: >-\n    before.slope > 4\n    && before.slope < 3"
	_, err := Parse("book.yaml", []byte(rulebooktest.Book("mandatory", body)))
	if f, ok := geo.AsInputError(err); !ok || f.Record != 17 || f.Column != 7 {
		t.Errorf("%v", err)
	}
}

// Wherever lines are broken, the place holds what was looked for.
func TestPlacesOfAnyFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"before.pbf", "after.urban", "!sliver", "(in_project)", `"永农" == township`}), 1, 8).Draw(t, "words")
		header := rapid.SampledFrom([]string{">", ">-", "|", "|+", ""}).Draw(t, "header")
		expression := strings.Join(words, " && ") + " && urbn"
		for i := range len(expression) {
			if expression[i] == ' ' && rapid.Bool().Draw(t, "break") {
				expression = expression[:i] + "\n" + expression[i+1:]
			}
		}
		if header == "" && expression[0] == '!' { // a tag
			expression = "sliver && " + expression
		}
		indent := "\n" + strings.Repeat(" ", rapid.IntRange(6, 9).Draw(t, "indent"))
		folded := strings.ReplaceAll(expression, "\n", indent)
		if header != "" {
			folded = header + indent + folded
		}
		if header == "" && strings.HasPrefix(folded, `"`) {
			t.Skip() // a quoted scalar
		}
		text := rulebooktest.Book("mandatory", "forbid:\n  where: "+folded)
		_, err := Parse("book.yaml", []byte(text))
		f, ok := geo.AsInputError(err)
		if !ok || !strings.Contains(f.Message.EN, "urbn") {
			t.Fatalf("%v\n%s", err, text)
		}
		lines := strings.Split(text, "\n")
		if line := []rune(lines[f.Record-1]); !strings.HasPrefix(string(line[f.Column-1:]), "urbn") {
			t.Fatalf("line %d, column %d\n%s", f.Record, f.Column, text)
		}
	})
}
