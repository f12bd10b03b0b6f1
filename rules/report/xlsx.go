package report

import (
	"fmt"
	"io"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"

	"github.com/xuri/excelize/v2"
)

// sheetRows is how many rows a sheet of Excel holds.
const sheetRows = 1 << 20

// book is a workbook being filled. Only the ledger is streamed: streamed
// sheets are zipped in map order, so a second one would change the bytes from
// run to run.
type book struct {
	f          *excelize.File
	lang       string
	dated      geo.Text
	head, bold int // styles
	err        error
}

// writeXLSX writes a workbook: verdict and rules, findings, years, land use,
// review form and, when there is one, the ledger.
func writeXLSX(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	b := &book{f: excelize.NewFile(), lang: in.Lang, dated: in.dated()}
	defer b.f.Close()
	if err := b.prepare(); err != nil {
		return fmt.Errorf("report: workbook: %w", err)
	}
	b.rules(in.Report)
	b.findings(in.Report)
	b.years(in.Report)
	b.landUse(in.Report)
	b.form(in.Report)
	b.ledger(in)
	return b.write(w)
}

// write ends a workbook: the library's own first sheet goes.
func (b *book) write(w io.Writer) error {
	if b.err == nil {
		b.err = b.f.DeleteSheet("Sheet1")
	}
	if b.err == nil {
		_, b.err = b.f.WriteTo(w)
	}
	if b.err != nil {
		return fmt.Errorf("report: workbook: %w", b.err)
	}
	return nil
}

func (b *book) prepare() error {
	// The library writes these fixed properties in place of today's.
	props := &excelize.DocProperties{Creator: "landcheck", LastModifiedBy: "landcheck", Title: "landcheck",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}
	if err := b.f.SetDocProps(props); err != nil {
		return err
	}
	var err error
	b.head, err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3E9F0"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	b.bold, err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	return err
}

// sheet starts a sheet whose rows the returned function adds; text that Excel
// would run as a formula is stored as text anyway, cells being typed.
func (b *book) sheet(title geo.Text, widths ...float64) (name string, add func(style int, cells ...any)) {
	name = title.In(b.lang)
	if b.err != nil {
		return name, func(int, ...any) {}
	}
	if _, b.err = b.f.NewSheet(name); b.err != nil {
		return name, func(int, ...any) {}
	}
	for i, w := range widths {
		col, _ := excelize.ColumnNumberToName(i + 1)
		if b.err = b.f.SetColWidth(name, col, col, w); b.err != nil {
			break
		}
	}
	row := 0
	return name, func(style int, cells ...any) {
		row++
		for i, c := range cells {
			if b.err != nil || row > sheetRows {
				return
			}
			at, _ := excelize.CoordinatesToCellName(i+1, row)
			if s, ok := c.(string); ok {
				c = cellText(s)
			}
			if b.err = b.f.SetCellValue(name, at, c); b.err == nil && style != 0 {
				b.err = b.f.SetCellStyle(name, at, at, style)
			}
		}
	}
}

// cellText keeps text within what a cell holds.
func cellText(s string) string {
	s = clean(s)
	if r := []rune(s); len(r) > excelize.TotalCellChars/2 {
		return string(r[:excelize.TotalCellChars/2]) + "…"
	}
	return s
}

func (b *book) rules(r *result.Report) {
	_, add := b.sheet(geo.Text{ZH: "结论与规则", EN: "Verdict and rules"}, 12, 14, 44, 12, 24, 18, 6, 18, 18, 60)
	a := HeadlineOf(r)
	add(b.bold, a.Head.In(b.lang))
	add(0, a.Means.In(b.lang))
	add(0, a.Next.In(b.lang))
	for i, m := range a.Remarks {
		if i == pageNotices {
			add(0, geo.Textf("… 另 %d 项，见 JSON 报告", "… %d more, see the JSON report", len(a.Remarks)-i).In(b.lang))
			break
		}
		add(0, m.Text.In(b.lang))
	}
	if left := ignored(r, pageRefs); !left.IsZero() {
		add(0, left.In(b.lang))
	}
	add(0, nameOf(r), r.Plan.Code, r.Plan.Digest)
	add(0, r.Rulebook.ID, r.Rulebook.Digest, "landcheck "+r.Engine.Version+", GEOS "+r.Engine.GEOS)
	if !b.dated.IsZero() {
		add(0, b.dated.In(b.lang))
	}
	add(0)
	add(b.head, b.words("结论", "Status", "主题", "Subject", "规则", "Rule", "力度", "Level", "范围", "Scope", "数值", "Value", "", "", "限值", "Limit", "余量", "Margin", "说明", "Note")...)
	for _, s := range subjects(r) {
		for _, rule := range s.Rules {
			note := ""
			if rule.Note != nil {
				note = rule.Note.In(b.lang)
			}
			lead := []any{rule.Status.Title().In(b.lang), domain.RuleGroupTitle(s.Group).In(b.lang), rule.Title.In(b.lang) + " (" + rule.ID + ")", rule.Level.Title().In(b.lang)}
			if len(rule.Measures) == 0 {
				add(0, append(lead, "", "", "", "", "", note)...)
			}
			for _, m := range worstMeasures(rule) {
				f := textOfMeasure(m, b.lang)
				lead[0] = m.Status.Title().In(b.lang)
				what := note
				if m.Label != nil {
					what = m.Label.In(b.lang) + " " + what
				}
				if m.Note != nil {
					what += " " + m.Note.In(b.lang)
				}
				op := ""
				if f.Limit != "" {
					op = wording.Bound(m.Op).In(b.lang)
				}
				add(0, append(lead[:4:4], scopeName(m.Scope).In(b.lang), f.Value, op, f.Limit, f.Margin.In(b.lang), what)...)
			}
		}
	}
}

func (b *book) findings(r *result.Report) {
	_, add := b.sheet(geo.Text{ZH: "问题", EN: "Findings"}, 6, 10, 26, 10, 20, 14, 60, 50, 40, 16)
	heads := b.words("序号", "No.", "结论", "Status", "规则", "Rule", "力度", "Level", "范围", "Scope", "面积（m²）", "Area (m²)", "问题", "Finding", "怎么改", "Fix", "图斑", "Features", "编号", "ID")
	if r.Baseline != nil {
		heads = append(heads, b.words("基准", "Baseline")...)
	}
	add(b.head, heads...)
	for _, f := range WorstFirst(r) {
		d := f.Finding
		cells := []any{f.Number, d.Status.Title().In(b.lang), f.Rule.ID, f.Rule.Level.Title().In(b.lang), scopeName(d.Scope).In(b.lang),
			d.Area, d.Message.In(b.lang), d.Remedy.In(b.lang), refList(d.Features, b.lang, 200), d.ID}
		if r.Baseline != nil {
			cells = append(cells, baselineWord(d).In(b.lang))
		}
		add(0, cells...)
	}
}

func (b *book) years(r *result.Report) {
	_, add := b.sheet(geo.Text{ZH: "年度台账", EN: "Years"}, 12, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18)
	add(b.head, b.words("年份", "Year", "永久基本农田调出（m²）", "PBF out (m²)", "永久基本农田补划（m²）", "PBF in (m²)", "新增耕地（m²）", "Cropland gained (m²)",
		"减少耕地（m²）", "Cropland lost (m²)", "新增建设用地（m²）", "Construction gained (m²)", "减少建设用地（m²）", "Construction lost (m²)",
		"累计永久基本农田调出（m²）", "PBF out so far (m²)", "累计永久基本农田补划（m²）", "PBF in so far (m²)", "累计新增耕地（m²）", "Cropland gained so far (m²)", "累计减少耕地（m²）", "Cropland lost so far (m²)")...)
	for _, y := range r.Years {
		var year any = geo.Text{ZH: "未注明", EN: "not given"}.In(b.lang)
		if y.Year != nil {
			year = *y.Year
		}
		add(0, year, y.PBFOut, y.PBFIn, y.CroplandGained, y.CroplandLost, y.ConstructionGained, y.ConstructionLost,
			y.PBFOutCumulative, y.PBFInCumulative, y.CroplandGainedCumulative, y.CroplandLostCumulative)
	}
}

func (b *book) landUse(r *result.Report) {
	_, add := b.sheet(geo.Text{ZH: "土地利用结构", EN: "Land use"}, 10, 24, 18, 18, 18, 18)
	add(b.head, b.words("编码", "Code", "地类", "Class", "归类", "Group", "整治前（m²）", "Before (m²)", "整治后（m²）", "After (m²)", "增减（m²）", "Change (m²)")...)
	for i, c := range r.LandUse {
		title := c.Title
		if title.IsZero() {
			title = same(c.Name)
		}
		add(0, c.Code, title.In(b.lang), domain.ClassGroupTitle(c.Group).In(b.lang), c.Before, c.After)
		if b.err == nil {
			b.err = b.f.SetCellFormula(geo.Text{ZH: "土地利用结构", EN: "Land use"}.In(b.lang), fmt.Sprintf("F%d", i+2), fmt.Sprintf("E%d-D%d", i+2, i+2))
		}
	}
}

// words picks one language of pairs zh, en.
func (b *book) words(pairs ...string) []any {
	var out []any
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, geo.Text{ZH: pairs[i], EN: pairs[i+1]}.In(b.lang))
	}
	return out
}
