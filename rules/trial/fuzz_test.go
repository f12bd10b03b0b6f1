package trial

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"landcheck/geo"
	"landcheck/rules/domain"
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
	f.Add([]byte("\x85A"))
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
			if tr.Title.IsZero() || tr.Line < 1 || tr.Group == Further && tr.Expect == "" {
				t.Fatalf("an unfinished trial: %+v", tr)
			}
			manifest, _, err := tr.planYAML()
			if err != nil {
				t.Fatal(err)
			}
			if err := yaml.Unmarshal(manifest, new(map[string]any)); err != nil {
				t.Fatalf("plan.yaml is not YAML: %v\n%s", err, manifest)
			}
			for _, layers := range []map[domain.Role][]feature{tr.plan, tr.base} {
				for role, features := range layers {
					if data, err := tr.layer(role, features); err == nil && !json.Valid(data) {
						t.Fatalf("%s is not JSON", role)
					}
				}
			}
		}
	})
}

// placed holds each error to words, and to a place unless it is about the file's
// encoding.
func placed(t *testing.T, err error, lines int) {
	t.Helper()
	var all geo.InputErrors
	if !errors.As(err, &all) {
		t.Fatalf("%T %v", err, err)
	}
	for _, e := range all {
		whole := e.Record == 0 && e.Column == 0 && strings.Contains(e.Message.EN, "encoded in")
		if e.File == "" || !whole && (e.Record < 1 || e.Record > lines || e.Column < 1 || e.Excerpt == "") || e.Message.ZH == "" || e.Message.EN == "" {
			t.Fatalf("no place or words: %+v", e)
		}
	}
}
