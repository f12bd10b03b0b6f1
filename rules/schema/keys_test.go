package schema_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
	"landcheck/rules/schema"
)

// mappingAt is a mapping of known keys.
type mappingAt struct {
	path []string // keys on the way to it; "[]" is an item of a list
	keys map[string]any
}

// anyLayer stands for names that are none of a schema's: of layers.
const anyLayer = "*"

// mappings are the mappings of known keys that a schema has, with the way to
// each.
func mappings(s map[string]any, defs any, path []string) (all []mappingAt) {
	if to, ok := s["$ref"].(string); ok {
		s = defs.(map[string]any)[strings.TrimPrefix(to, "#/$defs/")].(map[string]any)
	}
	under := func(part any, more ...string) {
		if part, ok := part.(map[string]any); ok {
			all = append(all, mappings(part, defs, append(slices.Clone(path), more...))...)
		}
	}
	keys, _ := s["properties"].(map[string]any)
	if s["additionalProperties"] == false {
		all = append(all, mappingAt{path, keys})
	} else {
		under(s["additionalProperties"], anyLayer)
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		under(keys[name], name)
	}
	under(s["items"], "[]")
	alternatives, _ := s["anyOf"].([]any)
	for _, a := range alternatives {
		under(a)
	}
	return all
}

// with is a file in which one mapping, at the end of a path, has one key. A layer
// that goes by a name of its own is the one given.
func with(path []string, key, layer string) any {
	if len(path) == 0 {
		return map[string]any{key: nil}
	}
	switch path[0] {
	case "[]":
		return []any{with(path[1:], key, layer)}
	case anyLayer:
		return map[string]any{"150123" + layer: with(path[1:], key, layer)}
	}
	return map[string]any{path[0]: with(path[1:], key, layer)}
}

// unknown is what a reader says of a key that it does not know; not ok where it
// has nothing against it.
func unknown(err error, key string) (advice string, ok bool) {
	var all geo.InputErrors
	if one, is := geo.AsInputError(err); is && !errors.As(err, &all) {
		all = geo.InputErrors{one}
	}
	for _, e := range all {
		if strings.Contains(e.Message.EN, `unknown key "`+key+`"`) {
			return e.Advice.EN, true
		}
	}
	return "", false
}

// readers read a file of each kind.
func readers(t *testing.T) map[string]func(data []byte) error {
	ctx := context.Background()
	write := func(name string, data []byte) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	return map[string]func(data []byte) error{
		"plan": func(data []byte) error {
			_, err := plan.Open(ctx, write("plan.yaml", data), plan.Options{})
			return err
		},
		"base": func(data []byte) error {
			_, err := plan.OpenBase(ctx, []string{write("base.yaml", data)}, plan.BaseOptions{})
			return err
		},
		"rulebook": func(data []byte) error {
			_, err := rulebook.Parse("book.yaml", data)
			return err
		},
	}
}

// TestKeys: every key of a schema is one that the reader knows, at its place;
// every key that the reader lists is in the schema; a key that neither knows is
// refused by both.
func TestKeys(t *testing.T) {
	const stranger = "qqqqqqqq"
	for name, read := range readers(t) {
		whole := asJSON(t, schema.Of(name, "en")).(map[string]any)
		validator := compiled(t, schema.Of(name, "en"))
		layer := map[string]string{"plan": "DLBG", "base": "DLTB"}[name]
		seen := 0
		for _, m := range mappings(whole, whole["$defs"], nil) {
			ask := func(key string) (advice string, refused bool) {
				data, err := json.Marshal(with(m.path, key, layer))
				if err != nil {
					t.Fatal(err)
				}
				return unknown(read(data), key)
			}
			place := name + ": " + strings.Join(m.path, ".")
			advice, refused := ask(stranger)
			if len(m.keys) == 0 && refused {
				continue // a constraint without parameters
			}
			_, list, ok := strings.Cut(advice, "Known: ")
			if !refused || !ok {
				t.Errorf("%s: the reader takes any key (%q)", place, advice)
				continue
			}
			if validator.Validate(asJSON(t, with(m.path, stranger, layer))) == nil {
				t.Errorf("%s: the schema takes any key", place)
			}
			for _, key := range strings.Split(strings.TrimSuffix(list, ", …"), ", ") {
				if _, ok := m.keys[key]; !ok {
					t.Errorf("%s: the reader knows %s, the schema does not", place, key)
				}
			}
			for key := range m.keys {
				if _, refused := ask(key); refused && !slices.Contains(m.path, anyLayer) { // there, of all roles
					t.Errorf("%s: the schema knows %s, the reader does not", place, key)
				}
				seen++
			}
		}
		t.Logf("%s: %d keys", name, seen)
		if seen < 30 {
			t.Errorf("%s: only %d keys were asked", name, seen)
		}
	}
}
