package report

import (
	"landcheck/geo"
	"landcheck/rules/result"
)

// form is the review form as the official sheet sets it, on one upright page:
// title, unit, sections with their names on the left, out beside in. Figures are
// numbers in hm²; a figure without input is a dash.
func (b *book) form(r *result.Report) {
	if r.Form == nil {
		return
	}
	s := b.sheet(geo.Text{ZH: "审查汇总表", EN: "Review form"}, false, 16, 36, 24, 24)
	s.add(b.style.title, formTitle().In(b.lang))
	s.merge(1, s.cols, 1)
	s.high(2)
	s.add(b.style.unit, geo.Text{ZH: "面积单位：公顷", EN: "areas in hm²"}.In(b.lang))
	s.merge(1, s.cols, 1)
	s.add(b.style.head, b.words("项目", "Item", "", "", "调出", "Out", "调入", "In")...)
	s.merge(1, 2, 1)
	for _, row := range formRows(r.Form) {
		b.formRow(s, row)
	}
	s.add(b.style.plain, geo.Text{ZH: "本表各数由图形重新计算（椭球面积），不取申报值。", EN: "Every figure is computed anew from geometry (ellipsoidal area), not taken from declared values."}.In(b.lang))
	s.merge(1, s.cols, 1)
	s.add(0)
	s.add(b.style.sign, b.words("填表人", "Filled in by", "", "", "审核人（盖章）", "Reviewed by (stamp)", "", "")...)
	b.try(func() error { return b.f.SetRowHeight(s.name, s.row, 36) })
	b.try(func() error { return b.printable(s.name, false, 1) })
}

func (b *book) formRow(s *sheet, row formRow) {
	s.row++
	if row.Rows > 0 { // else the section's name stands over this row already
		s.set(1, b.style.section, row.Section.In(b.lang))
		s.merge(1, 1, row.Rows)
	}
	s.set(2, b.style.label, row.Label.In(b.lang))
	if row.IsWide {
		s.set(3, b.style.wide, formValue(row.Cells[0], row.Wide.In(b.lang), b.lang))
		s.set(4, b.style.wide, formValue(row.Cells[1], "", b.lang))
		if row.Cells[1] == nil {
			s.merge(3, 4, 1)
		}
	} else {
		s.set(3, b.style.number[asHM2], formValue(row.Cells[0], row.Out, b.lang))
		s.set(4, b.style.number[asHM2], formValue(row.Cells[1], row.In, b.lang))
	}
	b.try(func() error { return b.f.SetRowHeight(s.name, s.row, 20) })
}

// formCell is a figure of the form and how a cell shows it, by language.
type formCell struct {
	value  float64
	format map[string]string
}

// formValue is a figure of the form as a number, else its text.
func formValue(c *formCell, text, lang string) any {
	if c == nil {
		return text
	}
	if lang != "en" {
		lang = "zh"
	}
	return bookNumber{c.value, c.format[lang], ""}
}

// alike is a format of both languages.
func alike(format string) map[string]string { return map[string]string{"zh": format, "en": format} }

func hm2Cell(x float64) *formCell { return &formCell{x, alike(asHM2)} }

// cellOf is a cell of a figure that may have no input: nil then.
func cellOf(x *float64, format map[string]string) *formCell {
	if x == nil {
		return nil
	}
	return &formCell{*x, format}
}
