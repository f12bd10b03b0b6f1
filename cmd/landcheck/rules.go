package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/rulebook"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) rulesCommand() *ffcli.Command {
	fs := a.flags("rules")
	book := fs.String("rulebook", check.DefaultBook, "rulebook `id or file` 规则册")
	coverage := fs.Bool("coverage", false, "show every clause of the policy and what became of it 条款覆盖")
	return &ffcli.Command{
		Name: "rules", ShortUsage: "landcheck rules [--rulebook ID|FILE] [--coverage]",
		ShortHelp: "list the rules of a rulebook 列出规则",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) > 0 {
				return usage("rules 不接受参数，规则册用 --rulebook 指定", "rules takes no arguments; name a rulebook with --rulebook")
			}
			b, err := rulebook.Load(*book)
			if err != nil {
				return err
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
	return &ffcli.Command{
		Name: "explain", ShortUsage: "landcheck explain RULE [--rulebook ID|FILE]",
		ShortHelp: "clause, meaning, measure and remedy of a rule 解释一条规则",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) != 1 {
				return usage("explain 需要一个规则名，例如 landcheck explain pbf-township-cap", "explain takes one rule, for example landcheck explain pbf-township-cap")
			}
			b, err := rulebook.Load(*book)
			if err != nil {
				return err
			}
			for i := range b.Rules {
				if b.Rules[i].ID == args[0] {
					return a.explain(&b.Rules[i])
				}
			}
			return usage("规则册 %[1]s 里没有规则 %[2]q，全部规则见 landcheck rules", "rulebook %[1]s has no rule %[2]q; landcheck rules lists them", b.ID, args[0])
		},
	}
}

// explain prints a rule's handbook page.
func (a *app) explain(r *rulebook.Rule) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s\n%s\n\n", r.Title.In(a.lang), r.ID)
	if r.Off {
		fmt.Fprintf(w, "%s\n\n", geo.Text{ZH: "本规则在这个规则册中已关闭。", EN: "This rulebook has the rule switched off."}.In(a.lang))
	}
	part := func(title, text geo.Text) {
		if !text.IsZero() {
			fmt.Fprintf(w, "%s\n", title.In(a.lang))
			for _, line := range strings.Split(strings.TrimSpace(text.In(a.lang)), "\n") {
				fmt.Fprintf(w, "  %s\n", line)
			}
			fmt.Fprintln(w)
		}
	}
	level := r.Level.Title()
	part(geo.Text{ZH: "条款", EN: "Clause"}, geo.Textf("%[1]s　%[3]s\n“%[2]s”", "%[1]s, %[4]s\n“%[2]s”", r.Clause.Section, r.Clause.Text, level.ZH, level.EN))
	part(geo.Text{ZH: "计算什么", EN: "What is measured"}, r.Explain.Measures)
	part(geo.Text{ZH: "约束种类", EN: "Kind of constraint"}, kindOf(r))
	var zh, en []string
	for _, line := range r.Formula() {
		zh, en = append(zh, line.ZH), append(en, line.EN)
	}
	part(geo.Text{ZH: "算式（规则册所写）", EN: "Formula, as the rulebook has it"}, geo.Text{ZH: strings.Join(zh, "\n"), EN: strings.Join(en, "\n")})
	part(geo.Text{ZH: "为什么", EN: "Why"}, r.Explain.Why)
	part(geo.Text{ZH: "算例", EN: "Example"}, r.Explain.Example)
	part(geo.Text{ZH: "怎么改", EN: "How to fix"}, r.Explain.Fix)
	part(geo.Text{ZH: "常见问题", EN: "What commonly goes wrong"}, r.Explain.Pitfalls)
	part(geo.Text{ZH: "命令行", EN: "On the command line"}, onCommandLine(r.Input()))
	_, err := fmt.Fprint(a.stdout, w.String())
	return err
}

// kindOf names the rule's constraint, with where its parameters are explained.
func kindOf(r *rulebook.Rule) geo.Text {
	title := r.Kind().Title()
	return geo.Textf("%[1]s %[2]s（landcheck help constraints）", "%[1]s (landcheck help constraints)", r.Kind(), title.ZH)
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
