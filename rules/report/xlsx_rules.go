package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// rules is a row for each measure of each rule: value, limit and what is left as
// numbers, with their units.
func (b *book) rules(r *result.Report) {
	s := b.sheet(geo.Text{ZH: "逐条核查", EN: "Rules"}, true, 8, 12, 32, 20, 8, 15, 13, 14, 7, 14, 8, 14, 8, 34)
	s.add(b.style.head, b.words("结论", "Status", "主题", "Subject", "规则", "Rule", "编号", "ID", "力度", "Level", "条款", "Clause", "范围", "Scope",
		"实测", "Measured", "限值", "Limit is", "限值", "Limit", "单位", "Unit", "余（+）缺超（−）", "Left (+), missing or over (−)", "单位", "Unit", "说明", "Note")...)
	for _, group := range subjects(r) {
		for _, rule := range group.Rules {
			ms := worstMeasures(rule)
			if len(ms) == 0 {
				b.ruleRow(s, group.Group, rule, nil)
			}
			for i := range ms {
				b.ruleRow(s, group.Group, rule, &ms[i])
			}
		}
	}
	s.table(1)
}

func (b *book) ruleRow(s *sheet, group string, rule *result.RuleResult, m *result.Measure) {
	status, where, note := rule.Status, "", ""
	if m != nil {
		status, where = m.Status, scopeName(m.Scope).In(b.lang)
		if m.Label != nil {
			note = m.Label.In(b.lang) + " "
		}
	}
	if rule.Note != nil {
		note += rule.Note.In(b.lang)
	}
	if m != nil && m.Note != nil && m.Op == "" { // else value, limit and margin say it
		note += " " + m.Note.In(b.lang)
	}
	cells := []any{status.Title().In(b.lang), domain.RuleGroupTitle(group).In(b.lang), rule.Title.In(b.lang), rule.ID, rule.Level.Title().In(b.lang), rule.Clause.Section, where}
	cells = append(cells, b.measureCells(m)...)
	s.add(b.style.cell, append(cells, note)...)
	s.high(max(textLines(rule.Title.In(b.lang), 31), textLines(note, 33), textLines(rule.ID, 20)))
}

// measureCells are value, side of the limit, limit, unit, margin and its unit.
func (b *book) measureCells(m *result.Measure) []any {
	if m == nil {
		return []any{"", "", "", "", "", ""}
	}
	format, unit := cellUnit(m.Unit)
	if m.Op == "" {
		return []any{bookNumber{m.Value, format, ""}, "", "", unit.In(b.lang), "", ""}
	}
	marginFormat, marginUnit := format, unit
	if m.Unit == "ratio" && ofAreas(*m) {
		marginFormat, marginUnit = cellUnit("m2")
	}
	return []any{bookNumber{m.Value, format, ""}, wording.Bound(m.Op).In(b.lang), bookNumber{m.Limit, format, ""}, unit.In(b.lang),
		bookNumber{m.Margin, marginFormat, ""}, marginUnit.In(b.lang)}
}

// cellUnit is how a cell shows a measure of a unit, and the unit's word.
func cellUnit(unit string) (format string, word geo.Text) {
	switch unit {
	case "m2":
		return asM2, geo.Text{ZH: "平方米", EN: "m²"}
	case "ratio":
		return asPercent, same("%")
	case "grade":
		return asGrade, geo.Text{ZH: "等", EN: "grade"}
	case "slope_class":
		return asGrade, geo.Text{ZH: "级", EN: "slope class"}
	}
	return asCount, geo.Text{ZH: "个", EN: "number"}
}

// findings is a row for each finding, worst first.
func (b *book) findings(r *result.Report) {
	widths := []float64{6, 8, 20, 8, 14, 14, 44, 34, 28, 14}
	heads := b.words("序号", "No.", "结论", "Status", "规则", "Rule", "力度", "Level", "范围", "Scope", "面积（毛，m²）", "Area (gross, m²)", "问题", "Finding", "怎么改", "Fix", "图斑", "Features", "编号", "ID")
	if r.Baseline != nil {
		widths, heads = append(widths, 9), append(heads, b.words("基准", "Baseline")...)
	}
	s := b.sheet(geo.Text{ZH: "问题", EN: "Findings"}, true, widths...)
	s.add(b.style.head, heads...)
	for _, f := range WorstFirst(r) {
		d := f.Finding
		refs := refList(d.Features, b.lang, 200)
		cells := []any{bookNumber{float64(f.Number), asCount, ""}, d.Status.Title().In(b.lang), f.Rule.ID, f.Rule.Level.Title().In(b.lang), scopeName(d.Scope).In(b.lang),
			bookNumber{d.Area, asM2, ""}, d.Message.In(b.lang), d.Remedy.In(b.lang), refs, d.ID}
		if r.Baseline != nil {
			cells = append(cells, baselineWord(d).In(b.lang))
		}
		s.add(b.style.cell, cells...)
		s.high(min(12, max(textLines(d.Message.In(b.lang), 42), textLines(d.Remedy.In(b.lang), 32), min(4, textLines(refs, 27)))))
	}
	s.table(1)
}
