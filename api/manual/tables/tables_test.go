package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTablesAreCurrent: the manual has the program's facts.
func TestTablesAreCurrent(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		inputs := read(t, lang, "inputs.md")
		want, err := withLayers(inputs, lang)
		if err != nil {
			t.Fatal(err)
		}
		if inputs != want {
			t.Errorf("%s/inputs.md is stale: go generate ./api/manual", lang)
		}
		if read(t, lang, "constraints.md") != constraints(lang) {
			t.Errorf("%s/constraints.md is stale: go generate ./api/manual", lang)
		}
		if read(t, lang, "conditions.md") != conditions(lang) {
			t.Errorf("%s/conditions.md is stale: go generate ./api/manual", lang)
		}
	}
}

func read(t *testing.T, lang, name string) string {
	text, err := os.ReadFile(filepath.Join("..", lang, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
