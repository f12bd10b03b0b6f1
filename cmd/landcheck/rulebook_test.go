package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeBook(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Everything that is wrong with a rulebook is told in one go, place by place.
func TestRulebookFaults(t *testing.T) {
	path := writeBook(t, `id: our-county
extends: nmg-2025
rules:
  - {id: pbf-township-cap, ratio: {limit: three}}
  - {id: pbf-urban-kept, forbid: {where: before.urbn}}
  - {id: pbf-area-kpt, off: true}
`)
	for lang, want := range map[string][]string{
		"en": {"line 4, column 43", "line 5, column 49", "Did you mean \"urban\"?", "line 6, column 10", "Did you mean \"pbf-area-kept\"?", "3 faults"},
		"zh": {"第 4 行第 43 列", "第 5 行第 49 列", "是否应为“urban”", "第 6 行第 10 列", "是否应为“pbf-area-kept”", "3 处错误"},
	} {
		got := landcheck(t, "rulebook", path, "--lang", lang)
		if got.status != exitBadInput || got.stdout != "" {
			t.Errorf("%s: status %d, %q", lang, got.status, got.stdout)
		}
		rest := got.stderr
		for _, w := range want { // in this order
			_, after, ok := strings.Cut(rest, w)
			if !ok {
				t.Errorf("%s: no %q in %q", lang, w, got.stderr)
				continue
			}
			rest = after
		}
	}
}
