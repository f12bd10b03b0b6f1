package rulebook

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestKindsInReadme: the contract lists every kind of constraint.
func TestKindsInReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "| kind | holds |")
	table, _, _ = strings.Cut(table, "\n\n")
	kinds := 0
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Rule]()) {
		if f.Type.Kind() != reflect.Pointer || f.Name == "Patches" || f.Tag.Get("yaml") == "" {
			continue
		}
		kinds++
		if name, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); !strings.Contains(table, "`"+name+"`") {
			t.Errorf("rules/README.md does not list the kind %s", name)
		}
	}
	if kinds < 15 {
		t.Errorf("%d kinds", kinds)
	}
}
