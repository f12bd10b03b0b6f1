package manual

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/domain"
)

// TestRoles: the tables of inputs have every role that a layer may have, with
// exactly the names that the program takes.
func TestRoles(t *testing.T) {
	topic, _ := Find("inputs")
	row := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| ([^|]+) \\|")
	for _, lang := range Languages() {
		said := map[string][]string{}
		for _, m := range row.FindAllStringSubmatch(topic.Markdown(lang), -1) {
			said[m[1]] = strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(",、 ", r) })
		}
		known := 0
		for _, l := range domain.Layers() {
			if len(l.Names) == 0 {
				continue // a layer of the manifest's own naming
			}
			known++
			if !slices.Equal(said[string(l.Role)], l.Names) {
				t.Errorf("%s/inputs says %v of %s; it is %v", lang, said[string(l.Role)], l.Role, l.Names)
			}
		}
		if len(said) != known {
			t.Errorf("%s/inputs has %d roles, the program %d", lang, len(said), known)
		}
	}
}

// TestPapers: the chapter on papers names every kind and every department, and
// the one on inputs every stage.
func TestPapers(t *testing.T) {
	papers, _ := Find("papers")
	inputs, _ := Find("inputs")
	for _, lang := range Languages() {
		text := papers.Markdown(lang)
		for _, kind := range domain.DocumentKinds() {
			if !strings.Contains(text, "`"+kind+"`") {
				t.Errorf("%s/papers does not name %s", lang, kind)
			}
		}
		for _, d := range domain.Departments() {
			if !strings.Contains(text, d) {
				t.Errorf("%s/papers does not name %s", lang, d)
			}
		}
		for _, s := range domain.Stages() {
			if !strings.Contains(inputs.Markdown(lang), "`"+string(s)+"`") {
				t.Errorf("%s/inputs does not name the stage %s", lang, s)
			}
		}
	}
}

// TestVerdicts: verdicts, statuses and levels have the words that reports have.
func TestVerdicts(t *testing.T) {
	verdicts, _ := Find("verdicts")
	books, _ := Find("rulebooks")
	says := func(topic Topic, lang, want string) {
		if !strings.Contains(topic.Markdown(lang), want) {
			t.Errorf("%s/%s does not say %q", lang, topic.Name, want)
		}
	}
	for _, lang := range Languages() {
		for _, v := range domain.Verdicts() {
			says(verdicts, lang, "| "+v.Title().In(lang)+" ")
		}
		for _, s := range domain.Statuses() {
			says(verdicts, lang, "`"+string(s)+"`")
		}
	}
	for _, s := range domain.Statuses() {
		says(verdicts, "zh", "`"+string(s)+"` "+s.Title().ZH)
	}
	for _, l := range domain.Levels() {
		says(books, "zh", "`"+string(l)+"` "+l.Title().ZH)
		says(books, "en", "`"+string(l)+"`")
	}
}
