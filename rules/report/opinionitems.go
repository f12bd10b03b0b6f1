package report

import (
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report/docx"
	"landcheck/rules/result"
)

// items goes through the rules by subject: what was measured against what.
func (o *opinion) items() {
	o.section("逐项审查情况", "Item by item")
	numbers := map[*result.RuleResult][]string{}
	for _, f := range problems(o.report) {
		numbers[f.Rule] = append(numbers[f.Rule], strconv.Itoa(f.Number))
	}
	for _, s := range subjects(o.report) {
		o.part(domain.RuleGroupTitle(s.Group))
		t := docx.Table{Shares: []int{37, 50, 13}, Head: []docx.Row{docx.Texts(o.say("审查内容", "Item"), o.say("审查情况", "Figures"), o.say("结论", "Result"))}}
		var absent []string
		for _, r := range s.Rules {
			if r.Status == domain.NotApplicable {
				absent = append(absent, o.text(r.Title))
				continue
			}
			t.Rows = append(t.Rows, o.item(r, numbers[r]))
		}
		if len(t.Rows) > 0 {
			o.Table(t)
		}
		if len(absent) > 0 {
			o.Paragraph(docx.Note, geo.Textf("不涉及本方案或本阶段的 %d 条：%s。", "Not applicable to this plan or stage (%d): %s.", len(absent), strings.Join(absent, o.say("；", "; "))).In(o.Lang))
		}
	}
}

// item is the row of a rule.
func (o *opinion) item(r *result.RuleResult, findings []string) docx.Row {
	title := []string{o.text(r.Title)}
	if r.Clause.Section != "" {
		title = append(title, o.say("依据 ", "clause ")+clean(r.Clause.Section)+o.say("，", ", ")+o.text(r.Level.Title()))
	} else {
		title = append(title, o.text(r.Level.Title()))
	}
	var found []string
	all := worstMeasures(r)
	for i, m := range all {
		if i == opinionScopes && len(all) > opinionScopes+1 {
			found = append(found, geo.Textf("… 另 %d 项，见完整报告", "… %d more, see the full report", len(all)-i).In(o.Lang))
			break
		}
		found = append(found, clean(o.measured(m, len(all))))
	}
	switch {
	case r.Note != nil && (len(all) == 0 || r.Status == domain.NotChecked):
		found = append(found, o.text(*r.Note))
	case len(all) == 0 && r.Status == domain.Pass:
		found = append(found, o.say("未发现问题", "nothing found"))
	}
	if len(findings) > 0 {
		shown := findings[:min(len(findings), opinionRefs)]
		more := ""
		if len(findings) > len(shown) {
			more = o.say(" 等", " …")
		}
		found = append(found, geo.Textf("见问题 %s（共 %d 处）", "see finding %s (%d in all)", strings.Join(shown, o.say("、", ", "))+more, len(findings)).In(o.Lang))
	}
	return docx.Row{Cells: []docx.TableCell{{Lines: title}, {Lines: found}, docx.Text(o.text(r.Status.Title()))}}
}

// measured is a measure with its scope, where a rule has more than the whole
// plan to say something of.
func (o *opinion) measured(m result.Measure, of int) string {
	if forbidden(m) && m.Value == 0 {
		return o.say("未发现问题", "nothing found")
	}
	s := line(m, o.Lang)
	if of == 1 && (m.Scope.Kind == "plan" || m.Scope.Kind == "project") {
		return s
	}
	return scopeName(m.Scope).In(o.Lang) + o.say("：", ": ") + s
}
