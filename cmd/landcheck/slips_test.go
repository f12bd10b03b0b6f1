package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Slips in any of the four files that people write are told all at once and in
// one form: the place, the likely word, the line with a caret under the column.
func TestSlipsInFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	base := filepath.Join(sampleDir(t), "base")
	for _, c := range []struct {
		name string
		args []string
		want []string // in this order
	}{
		{"plan.yaml", []string{"check", filepath.Dir(write("plan/plan.yaml", "project: {name: 甲, conty: 1}\nquato: {}\n")), "--base", base},
			[]string{"1 | project: {name: 甲, conty: 1}\n      |                     ^\n", "2 | quato: {}\n      | ^\n"}},
		{"base.yaml", []string{"check", filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), "--base", filepath.Dir(write("base/base.yaml", "absent: [文物, heritag]\nlayrs: {}\n"))},
			[]string{"1 | absent: [文物, heritag]\n      |          ^\n", "1 | absent: [文物, heritag]\n      |                ^\n", "2 | layrs: {}\n      | ^\n"}},
		{"rulebook", []string{"rulebook", write("own.yaml", "id: our-county\ntitel: {zh: 册}\nextends: nmg-2025\nrules:\n  - {id: pbf-township-cap, ratio: {limit: 三}}\n")},
			[]string{"2 | titel: {zh: 册}\n      | ^\n", "5 |   - {id: pbf-township-cap, ratio: {limit: 三}}\n      |                                           ^\n"}},
		{"cases", []string{"rulebook", "test", filepath.Dir(write("cases/a.yaml", "rule: x\npas: {}\nfail: {title: {zh: 题}}\n"))},
			[]string{"2 | pas: {}\n      | ^\n", "3 | fail: {title: {zh: 题}}\n      |               ^\n"}},
	} {
		for lang, words := range map[string][2]string{"zh": {"第 2 行第 1 列", "处错误"}, "en": {"line 2, column 1", " faults"}} {
			got := landcheck(t, append(c.args, "--lang", lang)...)
			if got.status != exitBadInput || got.stdout != "" {
				t.Errorf("%s, %s: status %d, %q", c.name, lang, got.status, got.stdout)
			}
			rest := got.stderr
			for _, w := range c.want {
				_, after, ok := strings.Cut(rest, w)
				if !ok {
					t.Errorf("%s, %s:\n%s\nno\n%s", c.name, lang, got.stderr, w)
					break
				}
				rest = after
			}
			if !strings.Contains(got.stderr, words[0]) || !strings.Contains(rest, words[1]) {
				t.Errorf("%s, %s: %s", c.name, lang, got.stderr)
			}
		}
	}
}
