package trial_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/rulebook"
	"landcheck/rules/trial"
)

// scattered is a case of nmg-2025 with all that it takes.
const scattered = `rule: heritage-protected
base:
  land_use: [{box: [0, 0, 2000, 2000], DLBM: "0702", ZLDWDM: "150123101201"}]
  heritage:
    - {box: [0, 0, 100, 100], BSM: W-1}
plan:
  project: {county: "150123", stage: proposal}
  project_area: [{box: [0, 0, 2000, 2000]}]
pass:
  title: {zh: 改用途, en: a change of use}
  land_use_change: [{box: [50, 0, 150, 100], BGHDLBM: "0702"}]
fail:
  title: {zh: 拆旧, en: clearing}
  land_use_change: [{box: [50, 0, 150, 100], BGHDLBM: "0102"}]
more:
  - {title: {zh: 再, en: again}, like: fail, expect: fail}
`

// suite lays files down in a new directory.
func suite(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// inputError holds an error to a file, a place and words in both languages; line 0 is no place.
func inputError(t *testing.T, err error, file string, line, column int, zh, en string) {
	t.Helper()
	f, ok := geo.AsInputError(err)
	if !ok {
		t.Fatalf("%v, not a fault", err)
	}
	if filepath.Base(f.File) != file || f.Record != line || f.Column != column {
		t.Errorf("%s, line %d, column %d; want %s, %d, %d: %s", f.File, f.Record, f.Column, file, line, column, f.Text().EN)
	}
	if !strings.Contains(f.Message.ZH, zh) || !strings.Contains(f.Message.EN, en) || f.Advice.ZH == "" || f.Advice.EN == "" {
		t.Errorf("%+v, want %q and %q, with advice", f, zh, en)
	}
}

func TestInputErrorsOfACase(t *testing.T) {
	const file = "a.yaml"
	if _, err := trial.Open(suite(t, map[string]string{file: scattered})); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, old, new string
		line, column   int
		zh, en         string
	}{
		{"unknown key", "fail:\n", "fial:\n", 12, 1, "未知的键", `"fial"`},
		{"unknown key of a trial", "fail:\n  title: {zh: 拆旧, en: clearing}\n  land_use_change", "fail:\n  title: {zh: 拆旧, en: clearing}\n  land_use", 14, 3, "未知的键", `"land_use"`},
		{"duplicate key", "fail:\n", "pass:\n", 12, 1, "重复", "twice"},
		{"duplicate key for plan.yaml", `county: "150123", stage`, `county: "1", county`, 7, 26, "重复", "twice"},
		{"duplicate field", "BSM: W-1", "BSM: W-1, BSM: W-2", 5, 41, "重复", "twice"},
		{"box turned round", "[0, 0, 100, 100]", "[100, 0, 0, 100]", 5, 13, "box", "left, bottom"},
		{"box of three", "[0, 0, 100, 100]", "[0, 0, 100]", 5, 13, "4 个", "4 numbers"},
		{"polygon of two", "box: [0, 0, 100, 100]", "polygon: [[0, 0], [1, 1]]", 5, 17, "三个角", "three corners"},
		{"no shape", "box: [0, 0, 100, 100], ", "", 5, 7, "没有图形", "no shape"},
		{"two shapes", "BSM: W-1", "polygon: [[0, 0], [1, 0], [1, 1]]", 5, 31, "一个 box", "one box"},
		{"hole first", "box: [0, 0, 100, 100]", "hole: [[0, 0], [1, 0], [1, 1]]", 5, 8, "hole", "before its box"},
		{"far away", "[0, 0, 100, 100]", "[0, 0, 100, 2e6]", 5, 25, "超出", "out of range"},
		{"not a number", "[0, 0, 100, 100]", "[0, 0, 100, .inf]", 5, 25, "数字", "a number"},
		{"no field", "BSM: W-1", "bsm: W-1", 5, 31, "字段名", "neither a shape nor a field"},
		{"unknown layer", "  heritage:", "  heritages:", 4, 3, "未知的图层", `"heritages"`},
		{"unknown role", "  title: {zh: 拆旧", "  without: [pbff]\n  title: {zh: 拆旧", 13, 13, "未知的图层", `"pbff"`},
		{"unknown stage", "stage: proposal", "stage: proposal}\n  stage: {", 8, 10, "文字", "text"},
		{"stage there is not", "plan:\n", "plan:\n  stage: annul\n", 7, 10, "annul", "annul"},
		{"unknown system", "fail:\n", "fail:\n  crs: {heritage: EPSG:4214}\n", 13, 19, "4214", "4214"},
		{"bad expect", "expect: fail", "expect: failed", 16, 53, "结论", `"failed"`},
		{"no expect", ", expect: fail", "", 16, 5, "应有的结论", "what to expect"},
		{"no title", "  title: {zh: 拆旧, en: clearing}\n", "", 13, 3, "缺少键：title", "missing keys: title"},
		{"one language", "{zh: 拆旧, en: clearing}", "{zh: 拆旧}", 13, 10, "缺少键：en", "missing keys: en"},
		{"bad value", "fail:\n", "fail:\n  value: 5 %\n", 13, 10, "数字", "a number"},
		{"exponent", "fail:\n", "fail:\n  value: 5e-2\n", 13, 10, "指数", "plain decimal"},
		{"like nothing", "like: fail", "like: none", 16, 39, "none", "none"},
		{"list for a mapping", "base:\n", "base: []\nplan2:\n", 2, 7, "键值表", "mapping"},
		{"mapping for a list", "more:\n  - {title", "more:\n    {title", 16, 5, "列表", "list"},
		{"no rule", "rule: heritage-protected\n", "", 1, 1, "缺少键：rule", "missing keys: rule"},
		{"anchor", "rule: heritage", "rule: &a heritage", 1, 7, "锚点", "anchors"},
		{"two documents", "pass:\n", "---\npass:\n", 9, 1, "多个 YAML", "more than one"},
		{"not YAML", "more:\n", "more: ][\n", 15, 7, "语法", "syntax"},
		{"no colon", "more:\n", "more\n", 15, 1, "语法", "syntax"},
		{"tab", "fail:\n", "fail:\n\ttitle: a\n", 13, 1, "语法", "syntax"},
		{"deep", "rule:", "x: " + strings.Repeat("[", 50) + strings.Repeat("]", 50) + "\nrule:", 1, 36, "过深", "deeply"},
		{"large", "rule:", strings.Repeat("#", 1<<20) + "\nrule:", 0, 0, "打不开", "1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(scattered, c.old, c.new, 1)
			if text == scattered {
				t.Fatal("nothing replaced")
			}
			_, err := trial.Open(suite(t, map[string]string{file: text}))
			inputError(t, err, file, c.line, c.column, c.zh, c.en)
		})
	}
	head, _, _ := strings.Cut(scattered, "pass:")
	_, err := trial.Open(suite(t, map[string]string{file: head}))
	inputError(t, err, file, 1, 1, "没有试例", "no trial")
}

// All that is wrong with all files is told at once, by file and line.
func TestAllSlipsAtOnce(t *testing.T) {
	slips := strings.NewReplacer("fail:\n", "fial:\n", "BSM: W-1", "bsm: W-1", "stage: proposal}", "stage: proposal}\n  stage: annul")
	_, err := trial.Open(suite(t, map[string]string{"a.yaml": slips.Replace(scattered), "b.yaml": "rule: [x]\n", "c.yaml": scattered}))
	var all geo.InputErrors
	if !errors.As(err, &all) {
		t.Fatal(err)
	}
	var got []string
	for _, e := range all {
		got = append(got, fmt.Sprintf("%s:%d:%d %s", filepath.Base(e.File), e.Record, e.Column, e.Excerpt))
	}
	want := []string{
		"a.yaml:5:31 5 |     - {box: [0, 0, 100, 100], bsm: W-1}\n  |                               ^",
		"a.yaml:8:10 8 |   stage: annul\n  |          ^",
		"a.yaml:13:1 13 | fial:\n   | ^",
		"b.yaml:1:7 1 | rule: [x]\n  |       ^",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestInputErrorsOfADirectory(t *testing.T) {
	_, err := trial.Open(suite(t, map[string]string{"a.yaml": scattered, "b.yaml": "# once more\n" + scattered}))
	inputError(t, err, "b.yaml", 2, 7, "已有试例", "a.yaml")

	_, err = trial.Open(suite(t, map[string]string{"cases.yaml": "rulebook: nmg-2025\n", "readme.txt": "-"}))
	f, ok := geo.AsInputError(err)
	if !ok || f.Message.ZH != "目录中没有试例" || f.Message.EN != "the directory holds no case" {
		t.Errorf("empty: %v", err)
	}
	_, err = trial.Open(filepath.Join(t.TempDir(), "nowhere"))
	inputError(t, err, "nowhere", 0, 0, "打不开", "cannot be opened")

	for text, want := range map[string][2]string{
		"rulebook: nmg-2025\nextend: ../a\n":              {"未知的键", `"extend"`},
		"rulebook: nmg-2025\nextends: [a]\n":              {"文字", "text"},
		"rulebook: nmg-2025\nextends: elsewhere\n":        {"打不开", "elsewhere: cannot be opened"},
		"rulebook: nmg-2025\nextends: .\n":                {"成环", "circle"},
		"rulebook: nmg-2025\nbase: {pdf: []}\n":           {"未知的图层", `"pdf"`},
		"rulebook: nmg-2025\nplan: {title: {zh: a}}\n":    {"未知的键", `"title"`},
		"rulebook: nmg-2025\nrulebook: cn-2024\nplan: {}": {"重复", "twice"},
	} {
		_, err := trial.Open(suite(t, map[string]string{"cases.yaml": text, "a.yaml": scattered}))
		f, ok := geo.AsInputError(err)
		if !ok || filepath.Base(f.File) != "cases.yaml" || f.Record != 2 || f.Column == 0 ||
			!strings.Contains(f.Message.ZH, want[0]) || !strings.Contains(f.Message.EN, want[1]) {
			t.Errorf("%q: %v", text, err)
		}
	}
	dir := suite(t, map[string]string{"a/cases.yaml": "extends: ../b\n", "b/cases.yaml": "extends: ../a\n", "a/a.yaml": scattered})
	_, err = trial.Open(filepath.Join(dir, "a"))
	inputError(t, err, "cases.yaml", 1, 10, "成环", "circle")
}

// run tries a directory by nmg-2025.
func run(t *testing.T, dir string) (*trial.Results, error) {
	t.Helper()
	s, err := trial.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	return s.Run(context.Background(), book, trial.Options{})
}

func TestInputErrorsAgainstTheRulebook(t *testing.T) {
	_, err := run(t, suite(t, map[string]string{"a.yaml": strings.Replace(scattered, "heritage-protected", "heritage-kept", 1)}))
	inputError(t, err, "a.yaml", 1, 7, "没有规则“heritage-kept”", `no rule "heritage-kept"`)
	_, err = run(t, suite(t, map[string]string{"a.yaml": strings.Replace(scattered, "pass:\n", "pass:\n  expect: fail\n", 1)}))
	inputError(t, err, "a.yaml", 10, 1, "pass 应得出 pass", "under pass has the status pass")
	// What the plan's own reader refuses is said with the trial's line.
	_, err = run(t, suite(t, map[string]string{"a.yaml": strings.Replace(scattered, "stage: proposal", "stag: proposal", 1)}))
	f, ok := geo.AsInputError(err)
	if !ok || filepath.Base(f.File) != "a.yaml" || f.Record == 0 || !strings.Contains(f.Message.EN, `"stag"`) {
		t.Errorf("%v", err)
	}
	for _, paper := range []string{"../../out.pdf", "/tmp/out.pdf"} {
		_, err = run(t, suite(t, map[string]string{"a.yaml": strings.Replace(scattered, "fail:\n", "fail:\n  documents: [{kind: opinion, file: "+paper+"}]\n", 1)}))
		if f, ok := geo.AsInputError(err); !ok || filepath.Base(f.File) != "a.yaml" || f.Record == 0 || !strings.Contains(f.Message.EN, "out.pdf") {
			t.Errorf("a paper outside the package: %v", err)
		}
	}
}
