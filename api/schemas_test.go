package api_test

import (
	"bytes"
	"strings"
	"testing"

	"landcheck/rules/schema"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchemas: every schema is there for everybody, in both languages, and is one.
func TestSchemas(t *testing.T) {
	s := serve(t, "embedded", setup{bare: true})
	for _, name := range schema.Names() {
		zh, en := s.get("/schemas/"+name+".json").wants(200), s.get("/schemas/"+name+".json?lang=en").wants(200)
		if bytes.Equal(zh.body, en.body) || zh.header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s: %s, the same in both languages: %v", name, zh.header.Get("Content-Type"), bytes.Equal(zh.body, en.body))
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(en.body))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("s.json", doc); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Compile("s.json"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, path := range []string{"/schemas/plan", "/schemas/plans.json", "/schemas/plan.yaml"} {
		if p := string(s.get(path, with("Accept-Language", "en")).wants(404).body); !strings.Contains(p, "only plan, base") {
			t.Errorf("%s: %s", path, p)
		}
	}
	s.get("/schemas/plan.json?colour=red").problem(400, "bad-parameter")
}
