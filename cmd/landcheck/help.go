package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"landcheck/api/manual"
	"landcheck/geo"
	"landcheck/rules/spelling"

	"github.com/mattn/go-runewidth"
	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) helpCommand() *ffcli.Command {
	fs := a.flags("help")
	return &ffcli.Command{
		Name: "help", ShortUsage: "landcheck help [TOPIC|COMMAND]",
		ShortHelp: "the manual, topic by topic; flags of a command 手册与命令说明",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			switch len(args) {
			case 0:
				return a.listTopics()
			case 1:
				return a.helpWith(args[0])
			}
			return usage("help 只接受一个主题", "help takes one topic")
		},
	}
}

func (a *app) listTopics() error {
	var b strings.Builder
	b.WriteString(geo.Text{ZH: "landcheck help 主题", EN: "landcheck help TOPIC"}.In(a.lang) + "\n\n")
	for _, t := range manual.Topics() {
		fmt.Fprintf(&b, "  %-12s %s %s\n", t.Name, runewidth.FillRight(t.Word, 8), t.Title().In(a.lang))
	}
	b.WriteString("\n" + geo.Text{
		ZH: "命令的选项：landcheck help check（或 landcheck check -h）；命令列表：landcheck -h；\n规则的说明：landcheck explain 规则名。服务运行时，同样的内容在 /docs。",
		EN: "Flags of a command: landcheck help check, or landcheck check -h. Commands: landcheck -h.\nWhat a rule means: landcheck explain RULE. A running service has the same at /docs.",
	}.In(a.lang) + "\n")
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}

// shareOne is the first word of two characters that has one of them where a word
// of two has it: 输人 for 输入. In letters that says too little.
func shareOne(word string, known []string) string {
	w := []rune(word)
	for _, k := range known {
		if r := []rune(k); len(w) == 2 && len(r) == 2 && r[0] > unicode.MaxLatin1 && (w[0] == r[0] || w[1] == r[1]) {
			return k
		}
	}
	return ""
}

// helpWith shows a topic of the manual or a command's flags.
func (a *app) helpWith(name string) error {
	commands := a.commands()
	if i := slices.IndexFunc(commands, func(c *ffcli.Command) bool { return c.Name == name }); i >= 0 {
		_, err := fmt.Fprintln(a.stdout, ffcli.DefaultUsageFunc(commands[i]))
		return err
	}
	if t, ok := manual.Find(name); ok {
		_, err := fmt.Fprint(a.rawOut, t.Print(a.lang)) // ours, with headings that a.stdout would mark
		return err
	}
	var known []string
	for _, t := range manual.Topics() {
		known = append(known, t.Name, t.Word)
	}
	for _, c := range commands {
		known = append(known, c.Name)
	}
	if near := cmp.Or(spelling.Nearest(name, known), shareOne(name, known)); near != "" {
		return usage("没有主题 %[1]q，是否应为 %[2]q？主题列表见 landcheck help", "there is no topic %[1]q. Did you mean %[2]q? landcheck help lists them", name, near)
	}
	return usage("没有主题 %[1]q。主题列表见 landcheck help", "there is no topic %[1]q. landcheck help lists them", name)
}
