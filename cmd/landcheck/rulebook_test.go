package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/api/manual"
	"landcheck/rules/domain"
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
func TestRulebookInputErrors(t *testing.T) {
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

// The rulebook of the manual is one, and does what is said beside it.
func TestRulebookOfTheManual(t *testing.T) {
	topic, _ := manual.Find("rulebooks")
	_, text, ok := strings.Cut(topic.Markdown("en"), "```yaml\nid: our-county")
	if !ok {
		t.Fatal("the manual shows no rulebook")
	}
	text, _, _ = strings.Cut(text, "```")
	path := writeBook(t, "id: our-county"+text)
	if got := landcheck(t, "rulebook", path, "--lang", "en"); got.status != exitCompliant || !strings.Contains(got.stdout, "our-county is valid: 73 rules") {
		t.Errorf("status %d: %s%s", got.status, got.stdout, got.stderr)
	}
	if got := landcheck(t, "explain", "pbf-township-cap", "--rulebook", path, "--lang", "en"); !strings.Contains(got.stdout, "≤ 0.03, for each township") {
		t.Errorf("the limit is not explained: %s", got.stdout)
	}
	// Just under 3 % goes out of a township: within this limit, and beyond one of 2 %.
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	own := checked(t, exitCompliant, plan, "--base", base, "--rulebook", path)
	if got := rule(t, own, "pbf-township-cap"); got.Status != domain.Pass || got.Measures[0].Limit != 0.03 {
		t.Errorf("cap: %+v", got.Measures)
	}
	strict := checked(t, exitViolations, plan, "--base", base, "--rulebook", writeBook(t, strings.Replace("id: our-county"+text, "limit: 0.03", "limit: 0.02", 1)))
	if got := rule(t, strict, "pbf-township-cap"); got.Status != domain.Fail {
		t.Errorf("cap of 2 %%: %+v", got.Measures)
	}
	for _, r := range own.Rules {
		if r.ID == "data-slivers" {
			t.Error("data-slivers is off")
		}
	}
	rule(t, own, "no-housing-on-slopes")
	// A rule that no plan exercises is named, and ends the trials with 1.
	cases := t.TempDir()
	nmg, err := filepath.Abs(filepath.Join("..", "..", "testdata", "rulebooks", "nmg-2025"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cases, "cases.yaml"), []byte("rulebook: "+path+"\nextends: "+nmg+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := landcheck(t, "rulebook", "test", cases, "--lang", "en")
	for _, want := range []string{"no plan exercises it by passing (1 rules): no-housing-on-slopes", "no plan exercises it by failing (1 rules): no-housing-on-slopes", "2 not as expected"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("no %q at the end of %s", want, got.stdout[max(0, len(got.stdout)-600):])
		}
	}
	if got.status != exitViolations {
		t.Errorf("status %d: %s", got.status, got.stderr)
	}
}
