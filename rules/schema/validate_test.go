package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"landcheck/rules/schema"
	"landcheck/rules/strictyaml"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// asJSON is a value as a program that reads JSON sees it.
func asJSON(t testing.TB, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// asYAML is a file as an editor sees it: a file that holds nothing is an empty one.
func asYAML(t testing.TB, name string, data []byte) any {
	t.Helper()
	doc, err := strictyaml.Parse(name, data, strictyaml.Options{MaxBytes: 1 << 22, Aliases: true})
	if err != nil {
		t.Fatal(err)
	}
	v := map[string]any{}
	if err := doc.Root().Decode(&v); err != nil {
		t.Fatal(err)
	}
	return asJSON(t, withTextKeys(v))
}

// withTextKeys makes keys text, as JSON has them.
func withTextKeys(v any) any {
	switch v := v.(type) {
	case map[any]any:
		out := map[string]any{}
		for k, x := range v {
			out[fmt.Sprint(k)] = withTextKeys(x)
		}
		return out
	case map[string]any:
		for k, x := range v {
			v[k] = withTextKeys(x)
		}
	case []any:
		for i, x := range v {
			v[i] = withTextKeys(x)
		}
	}
	return v
}

func compiled(t testing.TB, s schema.Schema) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", asJSON(t, s)); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile("schema.json") // held to the dialect's own schema
	if err != nil {
		t.Fatal(err)
	}
	return out
}
