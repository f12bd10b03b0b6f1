package rulebook

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/rulebook/rulebooktest"
)

// Codes that no plan holds are refused with the likely one.
func TestCodesThatDoNotExist(t *testing.T) {
	for kind, want := range map[string]string{
		`forbid: {where: 'use.purpose == "NMZ"'}`:                                                                          `"NMZZ"`,
		`forbid: {where: 'before.slope >= 4 && use.purpose in ["NMZZ", "CKID"]'}`:                                          `"CKYD"`,
		`forbid: {where: '!(use.purpose startsWith "JYXJ5")'}`:                                                             `"JYXJS"`,
		`require: {change: use, where: use.exists, each: [{that: 'use.survey_method == "RKT"', lack: {zh: 缺, en: lack}}]}`: `"RTK"`,
		`forbid: {where: 'plan.stage == "anual" && before.pbf'}`:                                                           `"annual"`,
		`forbid: {where: 'before.class == "0199"'}`:                                                                        "0199",
		`stages: [proposl], forbid: {where: before.pbf}`:                                                                   `"proposal"`,
	} {
		_, err := Parse("own.yaml", []byte(rulebooktest.Own(kind)))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "line 7, column ") {
			t.Errorf("%s: %v, want %s", kind, err, want)
		}
	}
	for _, kind := range []string{
		`forbid: {where: 'use.purpose == ""'}`,
		`forbid: {where: 'use.purpose startsWith "NC"'}`,
		`forbid: {where: 'use.sub_project == "NMZ"'}`,
	} {
		if _, err := Parse("own.yaml", []byte(rulebooktest.Own(kind))); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// A share above the whole is refused where it is one of a part, and told where
// two sums are compared.
func TestLimitsAboveOne(t *testing.T) {
	part := `ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: project_pbf, limit: `
	for limit, want := range map[string]string{"3": "300 %", "1.01": "101 %", "5.5": "550 %"} {
		_, err := Parse("own.yaml", []byte(rulebooktest.Own(part+limit+"}")))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("limit %s: %v", limit, err)
		}
	}
	if _, err := Parse("own.yaml", []byte(rulebooktest.Own(part+"1}"))); err != nil {
		t.Error(err)
	}
	b, err := Parse("own.yaml", []byte(rulebooktest.Own(`ratio: {of: area, where: after.pbf, over: {of: area, where: before.pbf}, op: ">=", limit: 1.05}`)))
	if err != nil || len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0].Error(), "105 %") {
		t.Errorf("%v %v", b, err)
	}
}

// A kind of paper that is nearly one is told, and stays allowed.
func TestPapersOfUnknownKinds(t *testing.T) {
	b, err := Parse("own.yaml", []byte(rulebooktest.Own(`documents: {need: [{kind: vilage-consent, per: village}, {kind: county-seal}, {kind: league-review}]}`)))
	if err != nil || len(b.Warnings) != 2 {
		t.Fatalf("%v %v", b, err)
	}
	if got := b.Warnings[0].Error(); !strings.Contains(got, `"village-consent"`) {
		t.Error(got)
	}
	if got := b.Warnings[1].Error(); !strings.Contains(got, "county-seal") || strings.Contains(got, "Did you mean") {
		t.Error(got)
	}
}

// Texts that state an overridden figure are told, by rule and text; {limit}
// follows the figure.
func TestWordsOfAnOverriddenLimit(t *testing.T) {
	parent := `id: parent
title: {zh: 册, en: book}
source: {zh: 源, en: source}
rules:
  - id: cap
    group: pbf
    level: mandatory
    clause: {section: 一, text: 不得超过5%}
    title: {zh: "不超过{limit}", en: "at most {limit}"}
    explain:
      measures: {zh: 面积 ≤ 5%, en: the share is at most 5 %}
      why: {zh: 15% 和 5.5% 都是别的数, en: "15 % and 5.5 % are other figures"}
      fix: {zh: "减到 {limit}", en: "down to {limit}"}
    ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: project_pbf, limit: 0.05}
  - id: patch
    group: pbf
    level: advisory
    clause: {section: 一, text: 零星}
    title: {zh: 每片不大于 5 亩, en: patches of at most 5 mu}
    explain: {measures: {zh: 量, en: m}, why: {zh: 为, en: w}, fix: {zh: 改, en: f}}
    patches: {of: before.grassland}
    forbid: {where: patch_area > 5 * mu}
`
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first, err := Load(write("parent.yaml", parent))
	if err != nil || len(first.Warnings) > 0 {
		t.Fatalf("%v %v", first, err)
	}
	if got := first.Rule("cap"); got.Title.ZH != "不超过5%" || got.Title.EN != "at most 5 %" || got.Explain.Fix.EN != "down to 5 %" {
		t.Errorf("%+v", got.Title)
	}
	child := "id: child\ntitle: {zh: 册, en: book}\nsource: {zh: 源, en: source}\nextends: parent.yaml\nrules:\n" +
		"  - {id: cap, ratio: {limit: 0.03}}\n  - {id: patch, forbid: {where: patch_area > 3 * mu}}\n"
	b, err := Load(write("child.yaml", child))
	if err != nil || len(b.Warnings) != 2 {
		t.Fatalf("%v %v", b.Warnings, err)
	}
	if got := b.Rule("cap").Title; got.ZH != "不超过3%" || got.EN != "at most 3 %" {
		t.Errorf("%+v", got)
	}
	got := b.Warnings[0].Error()
	for _, want := range []string{"line 6, column 30", "rule cap", "clause", "explain.measures", "5 %"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	for _, not := range []string{"its title", "why"} {
		if strings.Contains(got, not) {
			t.Errorf("%q in %s", not, got)
		}
	}
	if got := b.Warnings[1].Error(); !strings.Contains(got, "title") || !strings.Contains(got, "5 mu") {
		t.Error(got)
	}
	// Words that follow are no longer told.
	whole := child + "     # end\n"
	whole = strings.Replace(whole, "{id: cap, ", "{id: cap, clause: {text: 不得超过3%}, explain: {measures: {zh: 面积 ≤ {limit}, en: \"at most {limit}\"}}, ", 1)
	whole = strings.Replace(whole, "{id: patch, ", "{id: patch, title: {zh: 每片不大于 3 亩, en: patches of at most 3 mu}, ", 1)
	whole = strings.Replace(whole, "id: child", "id: other", 1)
	if b, err := Load(write("other.yaml", strings.ReplaceAll(whole, "面积 ≤ {limit}", "\"面积 ≤ {limit}\""))); err != nil || len(b.Warnings) > 0 {
		t.Errorf("%v %v", b, err)
	}
	// A hole without a limit is an input error.
	if _, err := Parse("own.yaml", []byte(strings.Replace(rulebooktest.Own(`forbid: {where: before.pbf}`), "zh: 题", "zh: \"{limit}\"", 1))); err == nil || !strings.Contains(err.Error(), "{limit}") {
		t.Error(err)
	}
}
