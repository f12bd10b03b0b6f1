package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// summary is the first sheet: verdict, what it does not cover, what the plan is,
// and the key figures.
func (b *book) summary(in Input) {
	const letters = 100 // that a line holds
	r := in.Report
	s := b.sheet(geo.Text{ZH: "结论", EN: "Verdict"}, false, 30, 20, 20, 26)
	a := HeadlineOf(r)
	s.line(b.style.title, a.Head.In(b.lang), letters/2)
	s.high(2)
	s.line(b.style.plain, a.Means.In(b.lang), letters)
	s.line(b.style.plain, geo.Textf("下一步：%[1]s", "Next: %[2]s", a.Next.ZH, a.Next.EN).In(b.lang), letters)
	if r.Baseline != nil {
		s.line(b.style.plain, baselineLine(r.Baseline).In(b.lang), letters)
	}
	for i, m := range a.Remarks {
		if i == pageNotices {
			s.line(b.style.plain, geo.Textf("… 另 %d 项，见 JSON 报告", "… %d more, see the JSON report", len(a.Remarks)-i).In(b.lang), letters)
			break
		}
		s.line(b.style.plain, "· "+m.Text.In(b.lang), letters)
	}
	if left := ignored(r, pageRefs); !left.IsZero() {
		s.line(b.style.plain, left.In(b.lang), letters)
	}
	s.add(0)
	b.facts(s, in)
	s.add(0)
	b.counts(s, r)
	s.add(0)
	b.keyFigures(s, r)
}

// facts names plan, stage, rulebook and program.
func (b *book) facts(s *sheet, in Input) {
	r := in.Report
	fact := func(zh, en, value string) {
		if value != "" {
			s.add(b.style.label, geo.Text{ZH: zh, EN: en}.In(b.lang))
			for col := 2; col <= s.cols; col++ {
				s.set(col, b.style.wide, "")
			}
			s.set(2, b.style.wide, value)
			s.merge(2, s.cols, 1)
			s.high(textLines(value, 64))
		}
	}
	fact("名称", "Name", nameOf(r))
	fact("编号", "Code", r.Plan.Code)
	fact("旗县", "County", r.Plan.County)
	if r.Plan.Stage != "" {
		fact("阶段", "Stage", domain.Stage(r.Plan.Stage).Title().In(b.lang))
	}
	fact("坐标系", "Coordinate system", r.Plan.CRS)
	fact("方案摘要", "Plan's digest", r.Plan.Digest)
	fact("规则册", "Rulebook", r.Rulebook.Title.In(b.lang)+" ("+r.Rulebook.ID+")")
	fact("程序", "Program", "landcheck "+r.Engine.Version+", GEOS "+r.Engine.GEOS)
	if in.Dated != "" {
		fact("日期", "Date", in.Dated)
	}
}

// counts are the rules by status.
func (b *book) counts(s *sheet, r *result.Report) {
	s.add(b.style.head, b.words("规则", "Rules", "条数", "Number")...)
	n := r.Summary
	for _, c := range []count{{domain.Fail, n.Fail}, {domain.NotChecked, n.NotChecked}, {domain.Warn, n.Warn}, {domain.Justified, n.Justified}, {domain.Pass, n.Pass}, {domain.NotApplicable, n.NotApplicable}} {
		s.add(b.style.cell, c.Status.Title().In(b.lang), bookNumber{float64(c.N), asCount, ""})
	}
}

// keyFigures are the areas that a reviewer looks for first, in three units.
func (b *book) keyFigures(s *sheet, r *result.Report) {
	rows := keyAreas(r)
	if len(rows) == 0 {
		return
	}
	s.add(b.style.head, b.words("主要数据", "Key figures", "平方米", "m²", "公顷", "hm²", "亩", "mu")...)
	for _, a := range rows {
		s.add(b.style.cell, a.Title.In(b.lang), bookNumber{a.Area, asM2, ""}, bookNumber{a.Area / 10000, asHM2, ""}, bookNumber{a.Area * 15 / 10000, asM2, ""})
	}
}
