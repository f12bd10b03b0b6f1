package main

import (
	"fmt"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules"
)

// clause is a passage of the policy and what became of it.
type clause struct {
	text, became string
}

// coverage prints the policy's clauses by section: the rules that check each,
// or why none can.
func (a *app) coverage(b *rules.Rulebook) error {
	var sections []string
	bySection := map[string][]clause{}
	add := func(section, text, became string) {
		if bySection[section] == nil {
			sections = append(sections, section)
		}
		list := bySection[section]
		for i := range list {
			if list[i].text == text {
				list[i].became += ", " + became
				return
			}
		}
		bySection[section] = append(list, clause{text, became})
	}
	checked := 0
	for i := range b.Rules {
		if r := &b.Rules[i]; !r.Off && r.Group != "data" {
			add(r.Clause.Section, r.Clause.Text, r.ID)
			checked++
		}
	}
	for _, n := range b.NotCheckable {
		add(n.Clause, n.Text, geo.Text{ZH: "不可核查：", EN: "not checkable: "}.In(a.lang)+n.Why.In(a.lang))
	}
	inOrder := strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6")
	slices.SortStableFunc(sections, func(x, y string) int { return strings.Compare(inOrder.Replace(x), inOrder.Replace(y)) })
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s  %s\n", b.ID, b.Source.In(a.lang))
	for _, s := range sections {
		fmt.Fprintf(w, "\n%s\n", s)
		for _, c := range bySection[s] {
			text := c.text
			if text == "" {
				text = geo.Text{ZH: "（只引文件名，不引原文）", EN: "(the document is cited by title only)"}.In(a.lang)
			}
			fmt.Fprintf(w, "  %s\n    → %s\n", text, c.became)
		}
	}
	fmt.Fprintf(w, "\n%s\n", geo.Textf("%[1]d 条规则，%[2]d 处条款不可核查并已说明原因", "%[1]d rules, %[2]d passages that cannot be checked, each with its reason", checked, len(b.NotCheckable)).In(a.lang))
	_, err := fmt.Fprint(a.stdout, w.String())
	return err
}
