package main

import (
	"strings"
	"testing"

	"landcheck/api/manual"
)

// TestHelp: each topic is shown in both languages, by its name or its Chinese
// word, and the list names all of them.
func TestHelp(t *testing.T) {
	for _, lang := range manual.Languages() {
		list := landcheck(t, "help", "--lang", lang)
		if list.status != exitCompliant || list.stderr != "" {
			t.Errorf("%s: status %d, %s", lang, list.status, list.stderr)
		}
		for _, topic := range manual.Topics() {
			title := topic.Title().In(lang)
			if !strings.Contains(list.stdout, "  "+topic.Name) || !strings.Contains(list.stdout, " "+topic.Word) || !strings.Contains(list.stdout, title) {
				t.Errorf("%s: the list does not name %s: %s", lang, topic.Name, list.stdout)
			}
			for _, name := range []string{topic.Name, topic.Word} {
				got := landcheck(t, "help", name, "--lang", lang)
				if got.status != exitCompliant || !strings.HasPrefix(got.stdout, "# "+title+"\n") || !strings.Contains(got.stdout, "\n## ") {
					t.Errorf("help %s --lang %s: status %d, %.80q %s", name, lang, got.status, got.stdout, got.stderr)
				}
			}
		}
	}
	links := landcheck(t, "help", "rulebooks", "--lang", "en").stdout
	if !strings.Contains(links, "see `landcheck help service`") || !strings.Contains(links, "`rules/trial/README.md`") || strings.Contains(links, "](") {
		t.Errorf("links: %s", links)
	}
}

// TestHelpOfCommands: help COMMAND says what COMMAND -h does.
func TestHelpOfCommands(t *testing.T) {
	for _, c := range (&app{}).commands() {
		asked, own := landcheck(t, "help", c.Name), landcheck(t, c.Name, "-h")
		if asked.status != exitCompliant || !strings.Contains(asked.stdout, "landcheck "+c.Name) || strings.TrimSpace(asked.stdout) != strings.TrimSpace(own.stderr) {
			t.Errorf("help %s: status %d\n%s\nand -h:\n%s", c.Name, asked.status, asked.stdout, own.stderr)
		}
	}
}

// TestHelpRefuses: what there is no help for is bad input, in both languages.
func TestHelpRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"help", "zebra", "--lang", "en"}, `there is no topic "zebra". landcheck help lists them`},
		{[]string{"help", "zebra", "--lang", "zh"}, `没有主题 "zebra"`},
		{[]string{"help", "servise", "--lang", "en"}, `there is no topic "servise". Did you mean "service"?`},
		{[]string{"help", "rulebok", "--lang", "zh"}, `没有主题 "rulebok"，是否应为 "rulebook"？`},
		{[]string{"help", "规则本", "--lang", "zh"}, `是否应为 "规则册"？`},
		{[]string{"help", "输人", "--lang", "zh"}, `是否应为 "输入"？`},
		{[]string{"help", "入门人", "--lang", "zh"}, `没有主题 "入门人"。`},
		{[]string{"help", "start", "inputs", "--lang", "en"}, "help takes one topic"},
	} {
		got := landcheck(t, c.args...)
		if got.status != exitBadInput || got.stdout != "" || !strings.Contains(got.stderr, c.want) {
			t.Errorf("%v: status %d, %q, %q", c.args, got.status, got.stdout, got.stderr)
		}
	}
}
