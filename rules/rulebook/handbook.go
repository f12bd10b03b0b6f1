package rulebook

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

// Section is a part of a rule's page in the handbook.
type Section struct{ Title, Text geo.Text }

// Page is what the handbook says of a rule, in order; parts of which the rulebook
// says nothing are left out.
func (r *Rule) Page() []Section {
	var page []Section
	add := func(title, text geo.Text) {
		if !text.IsZero() {
			page = append(page, Section{title, geo.Text{ZH: strings.TrimSpace(text.ZH), EN: strings.TrimSpace(text.EN)}})
		}
	}
	level := r.Level.Title()
	add(geo.Text{ZH: "条款", EN: "Clause"}, geo.Textf("%[1]s　%[3]s\n“%[2]s”", "%[1]s, %[4]s\n“%[2]s”", r.Clause.Section, r.Clause.Text, level.ZH, level.EN))
	add(geo.Text{ZH: "计算什么", EN: "What is measured"}, r.Explain.Measures)
	add(geo.Text{ZH: "约束种类", EN: "Kind of constraint"}, kindOf(r))
	var zh, en []string
	for _, line := range r.Formula() {
		zh, en = append(zh, line.ZH), append(en, line.EN)
	}
	add(geo.Text{ZH: "算式（规则册所写）", EN: "Formula, as the rulebook has it"}, geo.Text{ZH: strings.Join(zh, "\n"), EN: strings.Join(en, "\n")})
	add(geo.Text{ZH: "为什么", EN: "Why"}, r.Explain.Why)
	add(geo.Text{ZH: "算例", EN: "Example"}, r.Explain.Example)
	add(geo.Text{ZH: "怎么改", EN: "How to fix"}, r.Explain.Fix)
	add(geo.Text{ZH: "常见问题", EN: "What commonly goes wrong"}, r.Explain.Pitfalls)
	return page
}

// Handbook is the whole rulebook to read and to print, as Markdown: its title,
// the rules by subject, then a page for each, whose heading is the rule's id.
func (b *Rulebook) Handbook(lang string) string {
	var w strings.Builder
	fmt.Fprintf(&w, "# %s\n\n`%s` · %s\n\n%s\n\n", plain(b.Title.In(lang)), b.ID, wording.ShortDigest(b.Digest), plain(b.Source.In(lang)))
	group := ""
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Off {
			continue
		}
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(&w, "\n**%s**\n\n", domain.RuleGroupTitle(group).In(lang))
		}
		fmt.Fprintf(&w, "- [%s](#%s) · %s · %s\n", plain(r.Title.In(lang)), r.ID, plain(r.Clause.Section), r.Level.Title().In(lang))
	}
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Off {
			continue
		}
		fmt.Fprintf(&w, "\n## %s\n\n**%s**\n", r.ID, plain(r.Title.In(lang)))
		for _, s := range r.Page() {
			fmt.Fprintf(&w, "\n### %s\n\n", s.Title.In(lang))
			for _, line := range strings.Split(s.Text.In(lang), "\n") {
				fmt.Fprintf(&w, "> %s\n>\n", plain(strings.TrimSpace(line)))
			}
		}
	}
	return w.String()
}

// plain is text that Markdown takes as it stands.
func plain(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`).Replace(s)
}

// kindOf names the rule's constraint.
func kindOf(r *Rule) geo.Text {
	title := r.Kind().Title()
	return geo.Textf("%[1]s %[2]s", "%[1]s", string(r.Kind()), title.ZH)
}
