package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/schema"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchema: what schema writes is a JSON Schema, in the language asked for, and
// of what check writes for machines each is as its own says, and as no other.
func TestSchema(t *testing.T) {
	dir := sampleDir(t)
	base, good := filepath.Join(dir, "base"), unpacked(t)
	outputs := map[string]string{ // kind, and what it is
		"report, of a plan":             landcheck(t, "check", good, "--base", base, "--format", "json").stdout,
		"report, of a layer":            landcheck(t, "check", filepath.Join(good, "DLBG.shp"), "--format", "json").stdout,
		"report, of a base layer":       landcheck(t, "check", filepath.Join(base, "DLTB.shp"), "--format", "json").stdout,
		"error, a file that is none":    landcheck(t, "check", filepath.Join(good, "NO.shp"), "--format", "json").stdout,
		"error, of the command line":    landcheck(t, "check", good, "--format", "json").stdout,
		"error, of a manifest":          landcheck(t, "check", withManifest(t, "projekt: {}\nlayer: {}\n"), "--base", base, "--format", "json").stdout,
		"summary, of two and a failure": landcheck(t, "check", good, filepath.Join(dir, "plans", "02-over-five-percent.zip"), withManifest(t, "x: 1\n"), "--base", base, "--format", "json").stdout,
	}
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
		for what, text := range outputs {
			r, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			if err != nil {
				t.Fatalf("%s: %v: %s", what, err, text)
			}
			if err := s.Validate(r); (err == nil) != strings.HasPrefix(what, name+",") {
				t.Errorf("%s by the schema of %s: %v", what, name, err)
			}
		}
	}
	for args, want := range map[string]string{"": "takes one kind of file", "plann": "did you mean plan", "x": "one of plan, base, rulebook, report, passport, summary, suggestion, room, error"} {
		got := landcheck(t, append([]string{"schema", "--lang", "en"}, strings.Fields(args)...)...)
		if got.status != exitBadInput || !strings.Contains(got.stderr, want) {
			t.Errorf("schema %s: status %d: %s", args, got.status, got.stderr)
		}
	}
}

// withManifest is the good plan with another plan.yaml.
func withManifest(t *testing.T, text string) string {
	dir := unpacked(t)
	if err := os.WriteFile(filepath.Join(dir, "plan.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
