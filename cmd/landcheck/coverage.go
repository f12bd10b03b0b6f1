package main

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/rulebook"
)

// coverage prints the policy sentence by sentence: the rules that check each
// part of it, or why none can, and what nobody answers for.
func (a *app) coverage(b *rulebook.Rulebook) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s  %s\n", b.ID, b.Source.In(a.lang))
	sentences, open := 0, 0
	for _, s := range b.Coverage() {
		fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(s.Section+"  "+s.Title))
		for _, sentence := range s.Sentences {
			sentences++
			fmt.Fprintf(w, "\n  [%d] %s\n", sentence.Number, sentence.Text)
			a.passages(w, sentence.Passages, sentence.Text)
			for _, words := range sentence.Left {
				fmt.Fprintf(w, "    %s\n      ✗ %s\n", words, geo.Text{ZH: "未交代：没有规则核查，也没有说明原因", EN: "unaccounted for: no rule checks it and no reason is given"}.In(a.lang))
			}
			if !sentence.Accounted() {
				open++
			}
		}
		a.passages(w, s.Passages, "")
	}
	checked := 0
	for i := range b.Rules {
		if r := &b.Rules[i]; !r.Off && r.Group != "data" {
			checked++
		}
	}
	fmt.Fprintf(w, "\n%s\n", geo.Textf("%[1]d 条规则，%[2]d 处条款不可核查并已说明原因", "%[1]d rules, %[2]d passages that cannot be checked, each with its reason", checked, len(b.NotCheckable)).In(a.lang))
	switch {
	case sentences == 0:
		fmt.Fprintln(w, geo.Text{ZH: "规则册没有收录政策原文（policy），不能逐句核对", EN: "the rulebook does not hold the policy's text (policy), so sentences cannot be counted"}.In(a.lang))
	case open == 0:
		fmt.Fprintln(w, geo.Textf("原文 %[1]d 句，句句有交代", "%[1]d sentences of the policy, all accounted for", sentences).In(a.lang))
	default:
		fmt.Fprintln(w, geo.Textf("原文 %[1]d 句，其中 %[2]d 句未交代完全", "%[1]d sentences of the policy, %[2]d of them not wholly accounted for", sentences, open).In(a.lang))
	}
	_, err := fmt.Fprint(a.stdout, w.String())
	return err
}

// passages are listed with their words, but for one that is the whole sentence,
// whose words stand above it.
func (a *app) passages(w *strings.Builder, list []rulebook.Passage, sentence string) {
	for _, p := range list {
		if strings.TrimRight(p.Text, "。！？") != strings.TrimRight(sentence, "。！？") {
			fmt.Fprintf(w, "    %s\n", p.Text)
		}
		if len(p.Rules) > 0 {
			fmt.Fprintf(w, "      → %s\n", strings.Join(p.Rules, ", "))
		}
		if len(p.Off) > 0 {
			fmt.Fprintf(w, "      → %s\n", geo.Textf("已关闭：%s", "switched off: %s", strings.Join(p.Off, ", ")).In(a.lang))
		}
		if p.Why != nil {
			fmt.Fprintf(w, "      → %s\n", geo.Textf("不可核查：%[1]s", "not checkable: %[2]s", p.Why.ZH, p.Why.EN).In(a.lang))
		}
	}
}
