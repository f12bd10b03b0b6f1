package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landcheck/api/manual"
	"landcheck/rules/condition"
	"landcheck/rules/strictyaml"
)

// fence is an example of the manual.
var fence = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")

// TestExamples: every example of the manual in YAML is read by what reads such
// files, without a word of complaint but that files named in it are not here.
func TestExamples(t *testing.T) {
	seen := map[string]int{}
	for _, lang := range manual.Languages() {
		for _, topic := range manual.Topics() {
			for _, m := range fence.FindAllStringSubmatch(topic.Markdown(lang), -1) {
				kind := kindOfExample(topic.Name, m[2])
				seen[kind]++
				if complaint := tryExample(t, kind, m[2]); complaint != "" {
					t.Errorf("%s/%s, %s:\n%s\n%s", lang, topic.Name, kind, m[2], complaint)
				}
			}
		}
	}
	t.Log(seen)
	for _, kind := range []string{"plan.yaml", "base.yaml", "rulebook", "constraint", "conditions", "settings"} {
		if seen[kind] < 2 {
			t.Errorf("%d examples of %s", seen[kind], kind)
		}
	}
	if seen["?"] > 0 {
		t.Errorf("%d examples of no known kind", seen["?"])
	}
	for kind, wrong := range map[string]string{"plan.yaml": "format: 1\nproject: {stagee: proposal}\n", "base.yaml": "absent: [heritagee]\n", "rulebook": "id: x\nextends: nmg-2026\n",
		"constraint": "ratio: {of: before.pbf_net, wher: before.pbf, over: designated, limit: 1}\n", "conditions": "where: before.pbff\n", "settings": "fail-onn: x\n"} {
		if tryExample(t, kind, wrong) == "" {
			t.Errorf("a wrong %s is not found: %s", kind, wrong)
		}
	}
}

func kindOfExample(topic, text string) string {
	has := func(key string) bool { return regexp.MustCompile(`(?m)^` + key + `:`).MatchString(text) }
	switch {
	case topic == "constraints":
		return "constraint"
	case topic == "conditions":
		return "conditions"
	case has("extends"):
		return "rulebook"
	case has("fail-on"):
		return "settings"
	case has("absent"), has("designated"):
		return "base.yaml"
	case has("format"), has("project"), has("documents"), has("justifications"), has("layers"):
		return "plan.yaml"
	}
	return "?"
}

// harmless are complaints about files that an example names and are not here, and
// the word that settings are used.
var harmless = regexp.MustCompile(`^settings from |there is no layer "|the package has no layer of the project area|no layer that base data may have|there are no layers`)

// tryExample is what a reader says against an example, "" for nothing.
func tryExample(t *testing.T, kind, text string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	told := func(args ...string) string {
		got := landcheck(t, append(args, "--lang", "en")...)
		var left []string
		for _, line := range strings.Split(strings.TrimSpace(got.stderr), "\n") {
			if line != "" && !strings.HasPrefix(line, "    ") && !harmless.MatchString(line) {
				left = append(left, line)
			}
		}
		return strings.Join(left, "\n")
	}
	base, plan := filepath.Join(sampleDir(t), "base"), filepath.Join(sampleDir(t), "plans", "01-compliant.zip")
	switch kind {
	case "plan.yaml":
		write("plan.yaml", text)
		return told("check", dir, "--base", base, "--quiet")
	case "base.yaml":
		write("base.yaml", text)
		return told("check", plan, "--base", dir, "--quiet")
	case "rulebook":
		return told("rulebook", write("book.yaml", text))
	case "constraint":
		return told("rulebook", write("book.yaml", ruleAround(text)))
	case "settings":
		write("landcheck.yaml", strings.NewReplacer("base: base", "base: "+base).Replace(text))
		own := filepath.Join(dir, "plan.zip")
		if err := os.Link(plan, own); err != nil {
			t.Fatal(err)
		}
		return told("check", own, "--quiet")
	case "conditions":
		return conditionsOf(t, text)
	}
	return "nothing reads it"
}

// ruleAround is a rulebook whose one rule has a constraint.
func ruleAround(constraint string) string {
	rule := `group: data
clause: {section: 一, text: 条款}
level: mandatory
title: {zh: 例, en: example}
explain: {measures: {zh: 例, en: x}, why: {zh: 例, en: x}, fix: {zh: 例, en: x}}
`
	if strings.Contains(constraint, "patch_area") {
		rule += "patches: {of: before.pbf, gap_m: 5}\n"
	}
	return "id: example\ntitle: {zh: 例, en: example}\nsource: {zh: 例, en: example}\nextends: nmg-2025\nrules:\n  - id: example\n    " +
		strings.ReplaceAll(strings.TrimSpace(rule+constraint), "\n", "\n    ") + "\n"
}

// conditionsOf tries every line as the condition or the amount that its key says.
func conditionsOf(t *testing.T, text string) string {
	var wrong []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		doc, err := strictyaml.Parse("line", []byte(line), strictyaml.Options{MaxBytes: 1 << 12})
		if err != nil {
			t.Fatal(err)
		}
		fields := map[string]string{}
		if err := doc.Root().Decode(&fields); err != nil {
			t.Fatal(err)
		}
		for key, expression := range fields {
			if key == "of" {
				_, err = condition.ParseAmount(expression, nil, nil)
			} else {
				_, err = condition.Parse(expression, nil, nil)
			}
			if err != nil {
				wrong = append(wrong, err.Error())
			}
		}
	}
	return strings.Join(wrong, "\n")
}
