package report

import "github.com/xuri/excelize/v2"

// How numbers are shown; what a cell holds is the whole number.
const (
	asM2      = "#,##0.00"
	asHM2     = "#,##0.0000"
	asPercent = "0.00%"
	asGrade   = "0.00"
	asCount   = "#,##0"
)

// bookStyles are the styles of a workbook's cells. Those of table cells have
// borders, bare is an area without; number holds one for each way to show a number.
type bookStyles struct {
	title, unit, label, plain, head, cell, wide, section, sign, bare int

	number map[string]int
}

func (s *bookStyles) make(f *excelize.File) error {
	thin := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Color: "7D8792", Style: 1})
	}
	plate := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3E9F0"}}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	middle := &excelize.Alignment{Vertical: "center", WrapText: true}
	centre := &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}
	var err error
	add := func(to *int, style excelize.Style) {
		if err == nil {
			*to, err = f.NewStyle(&style)
		}
	}
	text := 49 // "@": a code stays text when somebody edits it
	add(&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: centre})
	add(&s.unit, excelize.Style{Alignment: &excelize.Alignment{Horizontal: "right"}})
	add(&s.label, excelize.Style{Border: thin, Alignment: middle, Fill: plate})
	add(&s.plain, excelize.Style{Alignment: top})
	add(&s.head, excelize.Style{Border: thin, Font: &excelize.Font{Bold: true}, Fill: plate, Alignment: centre})
	add(&s.cell, excelize.Style{Border: thin, Alignment: middle, NumFmt: text})
	add(&s.wide, excelize.Style{Border: thin, Alignment: middle, NumFmt: text})
	add(&s.section, excelize.Style{Border: thin, Alignment: centre, Fill: plate, Font: &excelize.Font{Bold: true}})
	add(&s.sign, excelize.Style{Border: thin, Alignment: middle})
	m2 := asM2
	add(&s.bare, excelize.Style{CustomNumFmt: &m2})
	s.number = map[string]int{}
	for _, format := range []string{asM2, asHM2, asPercent, asGrade, asCount, moreFormat["zh"], moreFormat["en"], byFormat["zh"], byFormat["en"],
		gradeFormat["zh"], gradeFormat["en"], layoutFormat["zh"], layoutFormat["en"]} {
		var id int
		add(&id, excelize.Style{Border: thin, CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "right"}})
		s.number[format] = id
	}
	return err
}

// The result lines of the review form: the words stand in the format, so that
// the cell holds the number.
var (
	moreFormat   = map[string]string{"zh": `#,##0.00" 亩"`, "en": `#,##0.00" mu"`}
	byFormat     = map[string]string{"zh": `"增加比例 "0.00%`, "en": `"by "0.00%`}
	gradeFormat  = map[string]string{"zh": `"平均质量等别提升 "0.00" 等"`, "en": `"mean grade up by "0.00`}
	layoutFormat = map[string]string{"zh": `"集中连片度提升 "0.00%`, "en": `"mean parcel larger by "0.00%`}
)
