package evaluation

import (
	"testing"

	"landcheck/geo"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/rulebooktest"
)

func FuzzParseBook(f *testing.F) {
	f.Add([]byte(rulebooktest.Book("mandatory", rulebooktest.Forbid)))
	f.Add([]byte(rulebooktest.Book("in_principle", rulebooktest.Cap)))
	f.Add([]byte(rulebooktest.Book("advisory", first)))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := rulebook.Parse("fuzz.yaml", data)
		if err != nil {
			if fault, ok := geo.AsInputError(err); !ok || fault.File == "" {
				t.Fatalf("not a fault with a file: %v", err)
			}
			return
		}
		s := newScene()
		s.in(10, nil)
		s.out(10, nil)
		if _, err := Evaluate(t.Context(), b, s.l, Options{Jobs: 1, NoGeometry: true}); err != nil {
			t.Fatal(err)
		}
	})
}
