package trial

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// FuzzCase: whatever a case file holds, it is either refused with a place and
// words in both languages, or its trials can be laid down.
func FuzzCase(f *testing.F) {
	for _, pattern := range []string{"pbf-township-cap", "commercial-merged", "pbf-quality-kept", "data-crs", "department-opinions", "cases"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "rulebooks", "nmg-2025", pattern+".yaml"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + strings.Count(string(data), "\u0085") +
			strings.Count(string(data), "\u2028") + strings.Count(string(data), "\u2029") + 1
		if _, _, err := parseIndex("cases.yaml", data); err != nil {
			placed(t, err, lines)
		}
		c, err := parseCase("case.yaml", data, nil)
		if err != nil {
			placed(t, err, lines)
			return
		}
		if c.Rule == "" || len(c.Trials) == 0 {
			t.Fatalf("an empty case: %+v", c)
		}
		for i := range min(len(c.Trials), 20) {
			tr := &c.Trials[i]
			if tr.Title.IsZero() || tr.Line < 1 || tr.Side == Further && tr.Expect == "" {
				t.Fatalf("an unfinished trial: %+v", tr)
			}
			manifest, _, err := tr.planYAML()
			if err != nil {
				t.Fatal(err)
			}
			if err := yaml.Unmarshal(manifest, new(map[string]any)); err != nil {
				t.Fatalf("plan.yaml is not YAML: %v\n%s", err, manifest)
			}
			for _, layers := range []map[plan.Role][]feature{tr.plan, tr.base} {
				for role, features := range layers {
					if data, err := tr.layer(role, features); err == nil && !json.Valid(data) {
						t.Fatalf("%s is not JSON", role)
					}
				}
			}
		}
	})
}

func placed(t *testing.T, err error, lines int) {
	t.Helper()
	inputErr, ok := geo.AsInputError(err)
	if !ok || inputErr.File == "" || inputErr.Record < 1 || inputErr.Record > lines+1 || inputErr.Column < 1 || inputErr.Message.ZH == "" || inputErr.Message.EN == "" {
		t.Fatalf("no place or words: %#v", err)
	}
}
