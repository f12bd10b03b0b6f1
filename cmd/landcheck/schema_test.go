package main

import (
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/schema"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchema: what schema writes is a JSON Schema, in the language asked for, and
// the report of a check is as it says.
func TestSchema(t *testing.T) {
	base := filepath.Join(sampleDir(t), "base")
	report := landcheck(t, "check", unpacked(t), "--base", base, "--format", "json")
	for _, name := range schema.Names() {
		got := landcheck(t, "schema", name, "--lang", "en")
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(got.stdout))
		if err != nil || got.status != exitCompliant {
			t.Fatalf("status %d: %v, %s", got.status, err, got.stderr)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("s.json", doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile("s.json")
		if err != nil {
			t.Fatal(err)
		}
		if again := landcheck(t, "schema", name, "--lang", "en"); again.stdout != got.stdout {
			t.Errorf("%s is another the second time", name)
		}
		if zh := landcheck(t, "schema", name, "--lang", "zh"); zh.stdout == got.stdout {
			t.Errorf("%s is the same in Chinese", name)
		}
		r, err := jsonschema.UnmarshalJSON(strings.NewReader(report.stdout))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(r); (err == nil) != (name == "report") {
			t.Errorf("the report by the schema of %s: %v", name, err)
		}
	}
	for args, want := range map[string]string{"": "takes one kind of file", "plann": "did you mean plan", "x": "one of plan, base, rulebook, report"} {
		got := landcheck(t, append([]string{"schema", "--lang", "en"}, strings.Fields(args)...)...)
		if got.status != exitBadInput || !strings.Contains(got.stderr, want) {
			t.Errorf("schema %s: status %d: %s", args, got.status, got.stderr)
		}
	}
}
