package rulebook

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/rulebook/rulebooktest"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestStrictLoading(t *testing.T) {
	good := rulebooktest.Book("mandatory", rulebooktest.Forbid)
	if _, err := Parse("book.yaml", []byte(good)); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, c := range []struct{ name, old, new string }{
		{"unknown key", "  level:", "  levle: mandatory\n  level:"},
		{"unknown top key", "source:", "sorce: {zh: a, en: b}\nsource:"},
		{"duplicate key", "  level:", "  group: pbf\n  level:"},
		{"missing key", "  level: mandatory\n", ""},
		{"wrong type", "{zh: 标题, en: Title}", "[标题]"},
		{"one language", "{zh: 标题, en: Title}", "{zh: 标题}"},
		{"unknown level", "level: mandatory", "level: mandatry"},
		{"unknown stage", "  level:", "  stages: [anual]\n  level:"},
		{"unknown role", "  level:", "  needs: [red_lines]\n  level:"},
		{"unknown group", "group: pbf", "group: pfb"},
		{"bad id", "id: the-rule", "id: The Rule"},
		{"misspelt field", "before.urban", "before.urbn"},
		{"misspelt name", "before.urban", "befor.urban"},
		{"quoted expression", "before.urban", "'before.pbf && before.croplnd'"},
		{"not a bool", "before.urban", "before.slope"},
		{"type clash", "before.urban", "before.slope == \"4\""},
		{"syntax", "before.urban", "before.urban &&"},
		{"always false", "before.urban", "before.urban && !before.urban"},
		{"always true", "before.urban", "before.urban || !before.urban"},
		{"folded constant", "before.urban", "1 > 2"},
		{"function", "before.urban", "len(township) > 3"},
		{"loop", "before.urban", "'all([1, 2], # > 1)'"},
		{"range", "before.urban", "area in 1..1000000000"},
		{"pipe", "before.urban", "township | upper()"},
		{"no patches", "before.urban", "patch_area > 5 * mu"},
		{"no kind", "forbid: {where: before.urban}", "known: [before.slope]"},
		{"two kinds", "forbid: {where: before.urban}", "forbid: {where: before.urban}\n  within: {what: project_area}"},
		{"bad limit", "forbid: {where: before.urban}", "ratio: {of: area, where: before.urban, over: designated, limit: 5e-2}"},
		{"unknown total", "forbid: {where: before.urban}", "ratio: {of: area, where: before.urban, over: designatd, limit: 0.05}"},
		{"unknown placeholder", "  level:", "  message: {zh: '{aera}', en: '{area}'}\n  level:"},
		{"slip in a title's hole", "title: {zh: 标题, en: Title}", "title: {zh: '不超过 {limt}', en: 'At most {limt}'}"},
		{"unmatched brace", "  level:", "  message: {zh: 'a {', en: 'b'}\n  level:"},
		{"date without when", "forbid: {where: before.urban}", "balance: {plus: {of: area, where: before.urban}, minus: {of: area, where: after.urban}, scope: date}"},
		{"with unknown", "{where: before.urban}", "{where: before.urban, with: [cropland-area-kept]}"},
		{"anchor", "title: {zh: 试, en: Test}", "title: &a {zh: 试, en: Test}"},
		{"not yaml", "rules:", "rules: ]["},
		{"unknown parent", "title: {zh: 试, en: Test}", "extends: nmg-2052\ntitle: {zh: 试, en: Test}"},
		{"contradicts among", "before.urban", "before.urban && after.pbf"},
		{"years at no stage", "forbid: {where: before.urban}", "stages: [proposal]\n  balance: {plus: {of: area, where: before.urban}, minus: {of: area, where: after.urban}, yearly: {stages: [annual], when: use}}"},
		{"no such slope", "before.urban", "before.slope > 5 || before.urban"},
		{"no such land class", "before.urban", "\"before.urban && after.class in ['0103', '012']\""},
		{"no such stage", "before.urban", "plan.stage == 'anual' && before.urban"},
		{"known without among", "  among: before.pbf && !after.pbf\n", "  known: [before.slope]\n"},
		{"unknown parameter", "rules:", "parameters: {sliver_aera_m2: 2}\nrules:"},
		{"negative parameter", "rules:", "parameters: {sliver_area_m2: -2}\nrules:"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if text == good {
			t.Fatalf("%s: nothing replaced", c.name)
		}
		_, err := Parse("book.yaml", []byte(text))
		if _, ok := geo.AsInputError(err); !ok {
			t.Errorf("%s: %v, not a fault", c.name, err)
			continue
		}
		out.WriteString(c.name + "\n")
		for _, f := range faultsOf(err) {
			if f.File == "" || f.Record == 0 || f.Message.ZH == "" || f.Message.EN == "" {
				t.Errorf("%s: no place or text: %+v", c.name, f)
			}
			if f.Excerpt == "" {
				t.Errorf("%s: no line shown: %+v", c.name, f)
			}
			out.WriteString("  " + f.Text().EN + "\n  " + f.Text().ZH + "\n  " + strings.ReplaceAll(f.Excerpt, "\n", "\n  ") + "\n")
		}
	}
	twice := good + rulebooktest.Rule("the-rule", "mandatory", rulebooktest.Forbid)
	_, err := Parse("book.yaml", []byte(twice))
	if err == nil || !strings.Contains(err.Error(), "given twice") {
		t.Errorf("duplicate rule: %v", err)
	}
	golden(t, "faults.txt", out.String())
}

func faultsOf(err error) geo.InputErrors {
	var all geo.InputErrors
	if errors.As(err, &all) {
		return all
	}
	f, _ := geo.AsInputError(err)
	return geo.InputErrors{f}
}

// An author sees everything that is wrong at once, in the order of the file.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := Parse("own.yaml", []byte(`id: our-county
extends: nmg-2025
rules:
  - {id: pbf-township-cap, ratio: {limit: abc}}
  - {id: pbf-urban-kept, forbid: {where: before.urbn}}
  - {id: pbf-urban-kept, off: true}
  - {id: pbf-area-kpt, off: true}
  - id: contradictory
    group: pbf
    clause: {section: x, text: y}
    level: mandatory
    title: {zh: 题, en: T}
    explain: {measures: {zh: 量, en: m}, why: {zh: 因, en: w}, fix: {zh: 改, en: f}}
    among: before.pbf && !after.pbf
    forbid: {where: after.pbf && before.slope > 3}
  - id: steep
    group: pbf
    group: pbf
    clause: {section: x, text: y}
    level: mandatroy
    title: {zh: 题}
    explain: {measures: {zh: 量, en: m}, why: {zh: 因, en: w}, fix: {zh: 改, en: f}}
    forbid: {where: before.slope == "4"}
  - id: two
    clause: {section: x, text: y}
    sorce: 1
`))
	var got []string
	for _, f := range faultsOf(err) {
		got = append(got, fmt.Sprintf("%d:%d %s", f.Record, f.Column, f.Message.EN))
	}
	want := []string{
		`4:43 expected a plain decimal that is not negative, like 0.05, found "abc"`,
		`5:49 unknown name "urbn" in an expression`,
		`6:10 rule id "pbf-urban-kept" is given twice`,
		`7:10 unknown rule (the rulebook that is extended has none such) "pbf-area-kpt"`,
		`15:21 within among (before.pbf && !after.pbf) this condition is always false: the rule can never apply`,
		`18:5 key "group" stands twice, first on line 17`,
		`20:12 unknown level "mandatroy"`,
		`21:12 missing keys: en`,
		`23:34 bad expression: invalid operation: == (mismatched types int and string)`,
		`24:5 missing keys: group, level, title, explain`,
		`26:5 unknown key "sorce"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A file of nothing but mistakes is told in its first hundred.
func TestFaultsAreCapped(t *testing.T) {
	_, err := Parse("own.yaml", []byte("id: x\nrules:\n"+strings.Repeat("- {idd: 1}\n", 5000)))
	if n := len(faultsOf(err)); n != geo.MaxInputErrors {
		t.Errorf("%d faults", n)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; got\n%s", name, got)
	}
}

func TestExtends(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("parent.yaml", strings.Replace(rulebooktest.Book("in_principle", rulebooktest.Cap), "rules:", "parameters: {sliver_area_m2: 2, tolerance_m2: 3}\nrules:", 1))
	child := write("child.yaml", `id: child
title: {zh: 子, en: Child}
extends: parent.yaml
parameters: {tolerance_m2: 4}
rules:
- {id: the-rule, ratio: {limit: 0.04}, title: {en: New}}
`+rulebooktest.Rule("other", "mandatory", rulebooktest.Forbid))
	b, err := Load(child)
	if err != nil {
		t.Fatal(err)
	}
	r := b.Rules[0]
	if len(b.Rules) != 2 || r.Ratio.Limit.Text != "0.04" || r.Ratio.Scope != "township" || r.Title.EN != "New" || r.Title.ZH != "标题" {
		t.Errorf("merged rule %+v", r)
	}
	if b.ID != "child" || b.Source.EN != "Test" || b.Parameters.SliverArea != 2 || b.Parameters.Tolerance != 4 || b.Parameters.SliverTotalWarn != 10 {
		t.Errorf("merged book %+v", b.Parameters)
	}
	digest := b.Digest
	// Layout and comments do not count, content of the parent does.
	write("parent.yaml", strings.Replace(rulebooktest.Book("in_principle", rulebooktest.Cap), "rules:", "# said\nparameters:\n  tolerance_m2: 3\n  sliver_area_m2: 2\nrules:", 1))
	if b, err = Load(child); err != nil || b.Digest != digest {
		t.Errorf("digest changed with the layout: %v", err)
	}
	write("parent.yaml", rulebooktest.Book("in_principle", rulebooktest.Cap))
	if b, err = Load(child); err != nil || b.Digest == digest {
		t.Errorf("digest does not see the parent: %v", err)
	}
	// Another kind drops the parent's; an input error in the parent names the parent's file.
	write("child.yaml", "id: child\nextends: parent.yaml\nrules:\n- {id: the-rule, show: [], forbid: {where: before.urban}}\n")
	if b, err = Load(child); err != nil || b.Rules[0].Kind() != "forbid" {
		t.Errorf("another kind: %v", err)
	}
	write("parent.yaml", strings.Replace(rulebooktest.Book("in_principle", rulebooktest.Cap), "group:", "gruop:", 1))
	_, err = Load(child)
	if f, ok := geo.AsInputError(err); !ok || filepath.Base(f.File) != "parent.yaml" || f.Record != 6 {
		t.Errorf("fault in the parent: %v", err)
	}
	write("parent.yaml", "id: parent\nextends: child.yaml\n")
	if _, err = Load(child); err == nil || !strings.Contains(err.Error(), "circle") {
		t.Errorf("circle: %v", err)
	}
}

// A rulebook reads no file but rulebooks beside it.
func TestExtendsStaysBesideTheBook(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "own", "child.yaml")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, "secret.yaml"), filepath.Join(dir, "own", "secret.txt")} {
		if err := os.WriteFile(name, []byte("password: hunter2\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, to := range []string{"../secret.yaml", filepath.Join(dir, "secret.yaml"), "secret.txt", "/etc/passwd", "a/../../secret.yaml", "\"\""} {
		if err := os.WriteFile(path, []byte("id: child\nextends: "+to+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(path)
		f, ok := geo.AsInputError(err)
		if !ok || f.Record != 2 || !strings.Contains(f.Message.EN, "extends cannot be") || strings.Contains(err.Error(), "password") {
			t.Errorf("%s: %v", to, err)
		}
	}
}

func TestNeedsComeFromConditions(t *testing.T) {
	b := parsed(t, "mandatory", rulebooktest.Forbid)
	if got := b.Rules[0].Needs; len(got) != 2 || got[0] != "pbf" || got[1] != "urban_boundary" {
		t.Errorf("needs %v", got)
	}
}

// What the ledger measures follows from the rules that are on.
func TestBlockSpec(t *testing.T) {
	const sloped = "forbid: {where: before.slope >= 3 && sloped_block >= 20 * mu}"
	blocks := "blocks: {gap_m: 9, barriers: [\"1101\"]}"
	if got := parsed(t, "mandatory", rulebooktest.Forbid).BlockSpec(); got != nil {
		t.Errorf("no rule asks: %v", got)
	}
	got := parsed(t, "mandatory", sloped).BlockSpec()
	if got == nil || got.Gap != 12 || len(got.Barriers) != 3 || got.Sloped != 3 {
		t.Errorf("sloped alone: %v", got)
	}
	both := strings.Replace(rulebooktest.Book("advisory", blocks), "rules:", "parameters: {sloped_class: 4}\nrules:", 1) + rulebooktest.Rule("other", "mandatory", sloped)
	b, err := Parse("b.yaml", []byte(both))
	if err != nil {
		t.Fatal(err)
	}
	if got := b.BlockSpec(); got.Gap != 9 || len(got.Barriers) != 1 || got.Sloped != 4 {
		t.Errorf("both: %v", got)
	}
	for what, text := range map[string]string{
		"differ from those of rule":    rulebooktest.Book("advisory", blocks) + rulebooktest.Rule("other", "advisory", "blocks: {gap_m: 12}"),
		"whole number from 1 to 5":     strings.Replace(both, "sloped_class: 4", "sloped_class: 2.5", 1),
		"whole number from 1 to 5 not": strings.Replace(both, "sloped_class: 4", "sloped_class: 7", 1),
	} {
		if _, err := Parse("b.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(what, " not")) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The built-in rulebook from its text to compiled conditions, as before every
// check.
func BenchmarkLoadBook(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(BuiltIn()[0]); err != nil {
			b.Fatal(err)
		}
	}
}

// parsed is a book of one rule.
func parsed(t testing.TB, level, body string) *Rulebook {
	t.Helper()
	b, err := Parse("book.yaml", []byte(rulebooktest.Book(level, body)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
