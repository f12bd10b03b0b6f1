package openapi

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTablesStandOnce: a list of codes that the program has as a table is not
// written out in a file, where it would go stale.
func TestTablesStandOnce(t *testing.T) {
	written := regexp.MustCompile(`enum: *\[([^\]]*)\]`)
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		data, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(data), -1) {
			for name, codes := range enums() {
				if strings.Contains(", "+m[1]+",", ", "+codes[0].(string)+",") && strings.Contains(m[1], codes[len(codes)-1].(string)) {
					t.Errorf("%s: %s is written out; say x-enum: %s", e.Name(), m[0], name)
				}
			}
		}
	}
}

// TestTablesAreFilledIn: the document holds the codes, and nothing of how they
// came there.
func TestTablesAreFilledIn(t *testing.T) {
	data, err := Document("test")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "x-enum") || strings.Contains(string(data), "x-content") {
		t.Error("the document names tables instead of their codes")
	}
	var flat strings.Builder
	if err := json.NewEncoder(&flat).Encode(json.RawMessage(data)); err != nil {
		t.Fatal(err)
	}
	for name, codes := range enums() {
		want, err := json.Marshal(codes)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(flat.String(), `"enum":`+string(want)) {
			t.Errorf("no enum has the codes of %s", name)
		}
	}
	if err := facts(map[string]any{"x-enum": "nothing"}); err == nil {
		t.Error("a table that there is not is no error")
	}
}
