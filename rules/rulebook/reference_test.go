package rulebook

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/rulebook/rulebooktest"
)

// TestKindsAreInTheTable: Rule holds the kinds of the domain and no other: of
// its fields, the pointers to what answers as a constraint.
func TestKindsAreInTheTable(t *testing.T) {
	var held []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Rule]()) {
		if f.Type.Implements(reflect.TypeFor[constraint]()) {
			key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			held = append(held, key)
		}
	}
	known := kindNames()
	slices.Sort(held)
	slices.Sort(known)
	if !slices.Equal(held, known) {
		t.Errorf("Rule holds %v, the domain's table %v", held, known)
	}
}

// TestEveryParameterHasAMeaning: the domain speaks of each key that the schema
// takes, in both languages, and of no other.
func TestEveryParameterHasAMeaning(t *testing.T) {
	for i, k := range Reference() {
		var keys, said []string
		for _, p := range k.Parameters {
			keys = append(keys, p.Key)
			if p.Means.ZH == "" || p.Means.EN == "" || p.Type.IsZero() {
				t.Errorf("%s.%s has no meaning in both languages, or no type: %+v", k.Kind, p.Key, p)
			}
		}
		for _, p := range domain.Constraints()[i].Parameters {
			said = append(said, p.Key)
		}
		slices.Sort(keys)
		slices.Sort(said)
		if !slices.Equal(keys, said) {
			t.Errorf("%s takes %v, the domain's table has %v", k.Kind, keys, said)
		}
	}
}

// TestReferenceReadsTheSchema holds some parameters against the schema's text.
func TestReferenceReadsTheSchema(t *testing.T) {
	type seen struct {
		typ      string
		values   []string
		required bool
	}
	got := map[string]seen{}
	for _, k := range Reference() {
		for _, p := range k.Parameters {
			got[string(k.Kind)+": "+p.Key] = seen{p.Type.EN, p.Values, p.Required}
		}
	}
	want := map[string]seen{
		"ratio: over":          {"total or {of, where}", nil, true},
		"ratio: op":            {"text", []string{"<=", ">="}, false},
		"balance: plus":        {"{of, where}", nil, true},
		"balance: surplus.of":  {"total or {of, where}", nil, true},
		"compare: hold":        {"list of text", []string{"mean_larger", "fewer", "total_within"}, true},
		"require: each[].that": {"condition", nil, true},
		"require: each[].warn": {"true or false", nil, false},
		"data: limit_m2":       {"number", nil, false},
	}
	for key, w := range want {
		if !reflect.DeepEqual(got[key], w) {
			t.Errorf("%s is %+v, want %+v", key, got[key], w)
		}
	}
}

// TestExamplesAreRead: the example of each kind is one that a rulebook may hold.
func TestExamplesAreRead(t *testing.T) {
	for _, c := range domain.Constraints() {
		b, err := Parse("book.yaml", []byte(rulebooktest.Book("mandatory", c.Example)))
		if err != nil {
			t.Errorf("%s: %v", c.Kind, err)
			continue
		}
		if got := b.Rules[0].Kind(); got != c.Kind {
			t.Errorf("the example of %s is of kind %q", c.Kind, got)
		}
	}
}
