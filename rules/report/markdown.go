package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// How much of a long list a comment shows.
const (
	commentFindings = 30
	commentRefs     = 8
	commentRemarks  = 12
	commentNotices  = 30
)

// writeMarkdown writes a comment for a pull request: verdict, findings, what
// was not checked, and the rules folded away.
func writeMarkdown(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	var b bytes.Buffer
	r, lang := in.Report, in.Lang
	a := HeadlineOf(r)
	fmt.Fprintf(&b, "## %s %s\n\n", emoji(toneStatus(a.Tone)), inline(a.Head.In(lang)))
	if r.Layer != nil {
		fmt.Fprintf(&b, "**%s**\n\n", inline(nameOf(r)))
	} else if r.Plan.Name != "" || r.Plan.Code != "" {
		fmt.Fprintf(&b, "**%s** %s\n\n", inline(r.Plan.Name), inline(r.Plan.Code))
	}
	fmt.Fprintf(&b, "%s %s\n\n", inline(a.Means.In(lang)), inline(a.Next.In(lang)))
	for i, m := range a.Remarks {
		if i == commentRemarks && len(a.Remarks) > commentRemarks+1 {
			fmt.Fprintf(&b, "- %s\n", geo.Textf("… 另 %d 项", "… %d more", len(a.Remarks)-i).In(lang))
			break
		}
		fmt.Fprintf(&b, "- %s\n", inline(m.Text.In(lang)))
	}
	if len(a.Remarks) > 0 {
		b.WriteByte('\n')
	}
	if r.Baseline != nil {
		fmt.Fprintf(&b, "%s\n\n", inline(baselineLine(r.Baseline).In(lang)))
	}
	markdownFindings(&b, r, lang)
	markdownUnchecked(&b, r, lang)
	markdownRules(&b, r, lang)
	if sl := slivers(r); !sl.IsZero() {
		fmt.Fprintf(&b, "%s\n\n", sl.In(lang))
	}
	if left := ignored(r, commentRefs); !left.IsZero() {
		fmt.Fprintf(&b, "- %s\n", inline(left.In(lang)))
	}
	list := gather(r.Inputs)
	for i, n := range list {
		if i == commentNotices && len(list) > commentNotices+1 {
			fmt.Fprintf(&b, "- %s\n", geo.Textf("… 另 %d 项，见完整报告", "… %d more, see the full report", len(list)-i).In(lang))
			break
		}
		fmt.Fprintf(&b, "- %s %s\n", domain.SeverityTitle(n.Severity).In(lang), inline(n.Text.In(lang)))
	}
	fmt.Fprintf(&b, "\n<sub>%s · %s · %s · landcheck %s · GEOS %s", inline(r.Rulebook.ID), short(r.Rulebook.Digest),
		short(r.Plan.Digest), inline(r.Engine.Version), inline(r.Engine.GEOS))
	if day := in.dated(); !day.IsZero() {
		fmt.Fprintf(&b, " · %s", day.In(lang))
	}
	b.WriteString("</sub>\n")
	_, err := w.Write(b.Bytes())
	return err
}

func markdownFindings(b *bytes.Buffer, r *result.Report, lang string) {
	all := problems(r)
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(b, "### %s\n\n", geo.Textf("问题 %d 处", "%d finding(s)", len(all)).In(lang))
	shown, full := 0, 0
	for _, kind := range groupSimilar(all, screenSimilar) {
		for _, f := range kind.Full {
			if full == commentFindings {
				fmt.Fprintf(b, "\n%s\n\n", geo.Textf("… 另 %d 处，见完整报告", "… %d more, see the full report", len(all)-shown).In(lang))
				return
			}
			markdownFinding(b, f, lang)
			shown, full = shown+1, full+1
		}
		if len(kind.Rest) > 0 {
			fmt.Fprintf(b, "   … %s\n", inline(restLine(kind.Rest, lang, commentRefs)))
			shown += len(kind.Rest)
		}
	}
	b.WriteByte('\n')
}

func markdownFinding(b *bytes.Buffer, f NumberedFinding, lang string) {
	d := f.Finding
	fmt.Fprintf(b, "%d. %s **%s** `%s`%s\n   %s", f.Number, emoji(d.Status), inline(f.Rule.Title.In(lang)), f.Rule.ID, baselineMark(d).In(lang), inline(d.Message.In(lang)))
	if refs := refList(d.Features, lang, commentRefs); refs != "" {
		fmt.Fprintf(b, " (%s)", inline(refs))
	}
	b.WriteByte('\n')
	if !d.Remedy.IsZero() {
		fmt.Fprintf(b, "   → %s\n", inline(d.Remedy.In(lang)))
	}
}

func markdownUnchecked(b *bytes.Buffer, r *result.Report, lang string) {
	list := unchecked(r)
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "### %s\n\n", geo.Text{ZH: "未核查", EN: "Not checked"}.In(lang))
	for _, u := range list {
		fmt.Fprintf(b, "- %s `%s`", inline(u.Title.In(lang)), u.ID)
		if u.Note != nil {
			fmt.Fprintf(b, ": %s", inline(u.Note.In(lang)))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
}

func markdownRules(b *bytes.Buffer, r *result.Report, lang string) {
	s := r.Summary
	fmt.Fprintf(b, "<details><summary>%s</summary>\n\n", geo.Textf("全部规则：符合 %d · 不符合 %d · 已论证 %d · 提示 %d · 不涉及 %d · 未核查 %d",
		"All rules: %d pass · %d fail · %d justified · %d warn · %d not applicable · %d not checked",
		s.Pass, s.Fail, s.Justified, s.Warn, s.NotApplicable, s.NotChecked).In(lang))
	b.WriteString(geo.Text{ZH: "| | 规则 | 力度 | 数值 |\n", EN: "| | Rule | Level | Figures |\n"}.In(lang) + "|---|---|---|---|\n")
	for _, sub := range subjects(r) {
		for _, rule := range sub.Rules {
			var figures []string
			ms := worstMeasures(rule)
			for i, m := range ms {
				if i == screenScopes && len(ms) > screenScopes+1 {
					figures = append(figures, fmt.Sprintf("… %d", len(ms)-i))
					break
				}
				figures = append(figures, inline(scopeName(m.Scope).In(lang)+": "+line(m, lang)))
			}
			fmt.Fprintf(b, "| %s %s | %s `%s` | %s | %s |\n", emoji(rule.Status), rule.Status.Title().In(lang),
				inline(rule.Title.In(lang)), rule.ID, rule.Level.Title().In(lang), strings.Join(figures, "<br>"))
		}
	}
	b.WriteString("\n</details>\n\n")
}

func emoji(s domain.Status) string {
	switch s {
	case domain.Pass:
		return "✅"
	case domain.Fail:
		return "❌"
	case domain.Justified:
		return "📄"
	case domain.Warn:
		return "⚠️"
	case domain.NotChecked:
		return "❓"
	}
	return "➖"
}

// inline makes text from input plain Markdown: no markup, no HTML, no mention
// of a user, no table cell, no line end.
func inline(s string) string {
	var b strings.Builder
	if strings.HasPrefix(s, "::") { // a line that a pipeline would take for its own command
		b.WriteByte('\\')
	}
	text := []rune(clean(s))
	word := func(i int) bool { // of a name such as DLBG_final, whose underscore emphasises nothing
		return i >= 0 && i < len(text) && (unicode.IsLetter(text[i]) || unicode.IsDigit(text[i]))
	}
	for i, r := range text {
		if r == '_' && word(i-1) && word(i+1) {
			b.WriteRune(r)
			continue
		}
		switch r {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '@':
			b.WriteString("&#64;")
		case '|':
			b.WriteString("&#124;")
		case '\\', '`', '*', '_', '[', ']', '#', '~', '!':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
