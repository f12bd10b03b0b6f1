package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"landcheck/api/manual"
	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/rulebook"
	"landcheck/rules/together"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) rulesCommand() *ffcli.Command {
	fs := a.flags("rules")
	book := fs.String("rulebook", check.DefaultBook, "rulebook `id or file` 规则册")
	format := fs.String("format", "text", "text or json 格式")
	coverage := fs.Bool("coverage", false, "show every clause of the policy and what became of it 条款覆盖")
	return &ffcli.Command{
		Name: "rules", ShortUsage: "landcheck rules [--rulebook ID|FILE] [--coverage] [--format text|json]",
		ShortHelp: "list the rules of a rulebook 列出规则",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) > 0 {
				return usage("rules 不接受参数，规则册用 --rulebook 指定", "rules takes no arguments; name a rulebook with --rulebook")
			}
			if *format != "text" && *format != "json" {
				return usage("--format 不能是 %q，只能是 text 或 json", "--format cannot be %q, only text or json", *format)
			}
			b, err := rulebook.Load(*book)
			if err != nil {
				return err
			}
			if *format == "json" {
				if *coverage {
					return usage("--coverage 只有文本格式", "--coverage is text alone")
				}
				return report.EncodeJSON(a.rawOut, listOf(b))
			}
			if *coverage {
				return a.coverage(b)
			}
			return a.listRules(b)
		},
	}
}

func (a *app) listRules(b *rulebook.Rulebook) error {
	fmt.Fprintf(a.stdout, "%s  %s\n", b.ID, b.Title.In(a.lang))
	tab := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	group := ""
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Off {
			continue
		}
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(tab, "\n%s\n", domain.RuleGroupTitle(group).In(a.lang))
		}
		fmt.Fprintf(tab, "  %s\t%s\t%s\t%s\n", r.ID, r.Clause.Section, r.Level.Title().In(a.lang), r.Title.In(a.lang))
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "\n%s\n", geo.Text{
		ZH: "每条规则的含义、算法与改法：landcheck explain 规则名",
		EN: "What a rule means, how it is measured, how to fix it: landcheck explain RULE",
	}.In(a.lang))
	return nil
}

func (a *app) explainCommand() *ffcli.Command {
	fs := a.flags("explain")
	book := fs.String("rulebook", check.DefaultBook, "rulebook `id or file` 规则册")
	all := fs.Bool("all", false, "the whole rulebook as a handbook: Markdown, or with -o a page to print 全部规则的手册：Markdown，或用 -o 写成可打印的网页")
	output := fs.String("o", "", "with --all: write `file`, .html or .md 另存为文件")
	return &ffcli.Command{
		Name: "explain", ShortUsage: "landcheck explain RULE [--rulebook ID|FILE] | landcheck explain --all [-o handbook.html]",
		ShortHelp: "clause, meaning, measure and remedy of a rule 解释一条规则",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if *all && len(args) > 0 {
				return usage("--all 说明全部规则，不再接受规则名", "--all explains every rule and takes no name of one")
			}
			if len(args) != 1 && !*all {
				return usage("explain 需要一个规则名，例如 landcheck explain pbf-township-cap", "explain takes one rule, for example landcheck explain pbf-township-cap")
			}
			b, err := rulebook.Load(*book)
			if err != nil {
				return err
			}
			if *output != "" {
				if !*all {
					return usage("-o 与 --all 同用", "-o goes with --all")
				}
				return a.writeHandbook(*output, b)
			}
			if *all {
				_, err := fmt.Fprint(a.rawOut, b.Handbook(a.lang)) // headings and quotations alone begin its lines
				return err
			}
			var known []string
			for i := range b.Rules {
				if b.Rules[i].ID == args[0] {
					return a.explain(&b.Rules[i])
				}
				known = append(known, b.Rules[i].ID)
			}
			for _, r := range together.Rules() {
				if r.ID == args[0] {
					return a.explainTogether(r)
				}
				known = append(known, r.ID)
			}
			near := didYouMean(args[0], known)
			return usage("规则册 %[1]s 里没有规则 %[2]q%[3]s，全部规则见 landcheck rules", "rulebook %[1]s has no rule %[2]q%[4]s; landcheck rules lists them", b.ID, args[0], strings.TrimSuffix(near.ZH, "？"), strings.TrimSuffix(near.EN, "?"))
		},
	}
}

// writeHandbook writes the whole rulebook as a page that opens offline and prints,
// or as Markdown.
func (a *app) writeHandbook(path string, b *rulebook.Rulebook) error {
	text := []byte(b.Handbook(a.lang))
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm":
		page, err := manual.HandbookFile(a.lang, b.Title.In(a.lang), string(text))
		if err != nil {
			return err
		}
		text = page
	case ".md":
	default:
		return usage("手册的文件请用 .html 或 .md 结尾：%[1]s", "the handbook's file ends in .html or .md: %[1]s", path)
	}
	return replaceFile(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// explain prints a rule's handbook page.
func (a *app) explain(r *rulebook.Rule) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s\n%s\n\n", r.Title.In(a.lang), r.ID)
	if r.Off {
		fmt.Fprintf(w, "%s\n\n", geo.Text{ZH: "本规则在这个规则册中已关闭。", EN: "This rulebook has the rule switched off."}.In(a.lang))
	}
	how := geo.Text{ZH: "约束种类的参数见 landcheck help constraints", EN: "landcheck help constraints explains the keys of its kind"}
	if input := onCommandLine(r.Input()); !input.IsZero() {
		how = geo.Text{ZH: input.ZH + "\n" + how.ZH, EN: input.EN + "\n" + how.EN}
	}
	page := append(r.Page(), rulebook.Section{Title: geo.Text{ZH: "命令行", EN: "On the command line"}, Text: how})
	for _, part := range page {
		fmt.Fprintf(w, "%s\n", part.Title.In(a.lang))
		for _, line := range strings.Split(part.Text.In(a.lang), "\n") {
			fmt.Fprintf(w, "  %s\n", line)
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprint(a.stdout, w.String())
	return err
}

// explainTogether prints the page of a rule between plans, which no rulebook has.
func (a *app) explainTogether(r together.Rule) error {
	parts := []rulebook.Section{
		{Title: geo.Text{ZH: "比对什么", EN: "What is compared"}, Text: r.Help},
		{Title: geo.Text{ZH: "怎么改", EN: "How to fix"}, Text: r.Fix},
		{Title: geo.Text{ZH: "力度", EN: "Level"}, Text: r.Level.Title()},
		{Title: geo.Text{ZH: "命令行", EN: "On the command line"}, Text: geo.Text{ZH: "landcheck check A.zip B.zip --base 底图 --together（见 landcheck help together）", EN: "landcheck check A.zip B.zip --base BASE --together (see landcheck help together)"}},
	}
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s\n%s\n\n", r.Title.In(a.lang), r.ID)
	for _, part := range parts {
		fmt.Fprintf(w, "%s\n  %s\n\n", part.Title.In(a.lang), part.Text.In(a.lang))
	}
	_, err := fmt.Fprint(a.stdout, w.String())
	return err
}

func (a *app) rulebookCommand() *ffcli.Command {
	fs := a.flags("rulebook")
	book := fs.String("rulebook", "", "test: rulebook `id or file`; default the one that the cases name 规则册")
	return &ffcli.Command{
		Name: "rulebook", ShortUsage: "landcheck rulebook FILE | landcheck rulebook test DIR [--rulebook ID|FILE]",
		ShortHelp: "validate a rulebook, or try it out on cases 校验规则册，或用试例验证",
		FlagSet:   fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) > 0 && args[0] == "test" {
				return a.testRulebook(ctx, args[1:], *book)
			}
			if len(args) != 1 {
				return usage("rulebook 需要一个规则册文件", "rulebook takes one file")
			}
			b, err := rulebook.Load(args[0])
			if err != nil {
				return err
			}
			for _, w := range b.Warnings {
				fmt.Fprintln(a.stdout, geo.Textf("提示：%[1]s", "Note: %[2]s", w.Text().ZH, w.Text().EN).In(a.lang))
			}
			on := 0
			for i := range b.Rules {
				if !b.Rules[i].Off {
					on++
				}
			}
			fmt.Fprintln(a.stdout, geo.Textf("规则册 %[1]s 有效：%[2]d 条规则，摘要 %[3]s", "rulebook %[1]s is valid: %[2]d rules, digest %[3]s", b.ID, on, b.Digest).In(a.lang))
			return nil
		},
	}
}
