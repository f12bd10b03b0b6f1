package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report/docx"
	"landcheck/rules/result"
)

// annexes are the tables that a scheme (实施方案) needs, each on a page of its
// own, so that it can be taken out by itself.
func (o *opinion) annexes() {
	o.annex(1, false, formTitle())
	o.form()
	o.annex(2, true, geo.Text{ZH: "土地利用结构调整表", EN: "Land-use structure before and after"})
	o.landUse()
	o.annex(3, true, geo.Text{ZH: "分年度核算表", EN: "Accounts by year"})
	o.years()
	o.annex(4, true, geo.Text{ZH: "子项目表", EN: "Sub-projects"})
	o.subProjects()
}

func (o *opinion) annex(n int, wide bool, title geo.Text) {
	o.Page(wide)
	o.Heading(1, geo.Textf("附件 %[1]d　%[2]s", "Annex %[1]d. %[3]s", n, title.ZH, title.EN).In(o.Lang))
	if o.report.Plan.Code != "" || o.report.Plan.Name != "" {
		o.Paragraph(docx.Note, geo.Textf("项目：%[1]s　%[2]s", "Project: %[1]s %[2]s", clean(o.report.Plan.Name), clean(o.report.Plan.Code)).In(o.Lang))
	}
}

// form is the review form as the official sheet sets it.
func (o *opinion) form() {
	o.withoutPBF()
	if o.report.Form == nil {
		if o.hasPBF() {
			o.Paragraph(docx.Body, o.say("方案不调整永久基本农田，此表不填。", "The plan moves no permanent basic farmland: this form stays empty."))
		}
		return
	}
	o.Paragraph(docx.Note, o.say("面积单位：公顷", "Areas in hm²"))
	t := docx.Table{Shares: []int{14, 40, 23, 23}, Right: []bool{false, false, true, true}}
	t.Head = []docx.Row{{Cells: []docx.TableCell{{Lines: []string{o.say("项目", "Item")}, Span: 2}, docx.Text(o.say("调出", "Out")), docx.Text(o.say("调入", "In"))}}}
	for _, r := range formRows(o.report.Form) {
		section := docx.TableCell{Lines: []string{o.text(r.Section)}, Down: docx.GoesOn}
		if r.Rows > 0 {
			section.Down = docx.Begins
		}
		row := docx.Row{Cells: []docx.TableCell{section, docx.Text(o.text(r.Label))}}
		if r.IsWide {
			row.Cells = append(row.Cells, docx.TableCell{Lines: []string{strings.TrimSpace(o.text(r.Wide))}, Span: 2, Left: true})
		} else {
			row.Cells = append(row.Cells, docx.Text(r.Out), docx.Text(r.In))
		}
		t.Rows = append(t.Rows, row)
	}
	o.Table(t)
}

// landUse is the structure table by 三大类 with their sums.
func (o *opinion) landUse() {
	rows := o.report.LandUse
	if len(rows) == 0 {
		o.Paragraph(docx.Body, o.say("没有整治区域的地类数据。", "There is no land-use data of the project area."))
		return
	}
	o.Paragraph(docx.Note, o.say("面积单位：平方米；整治区域内，按椭球面积计算", "Areas in m², ellipsoidal, of the project area"))
	t := docx.Table{Shares: []int{9, 25, 17, 10, 17, 10, 14}, Right: []bool{false, false, true, true, true, true, true}}
	t.Head = []docx.Row{docx.Texts(o.say("编码", "Code"), o.say("地类", "Class"), o.say("整治前", "Before"), o.say("占比", "Share"), o.say("整治后", "After"), o.say("占比", "Share"), o.say("增减", "Change"))}
	before, after := sumOf(rows, beforeOf), sumOf(rows, afterOf)
	figures := func(b, a float64) []string {
		return []string{SquareMetres(b), shareOf(b, before), SquareMetres(a), shareOf(a, after), signed(geo.RoundArea(a - b))}
	}
	for _, g := range threeGroups() {
		var of []result.ClassRow
		for _, r := range rows {
			if threeGroupOf(r.Code) == g.Code {
				of = append(of, r)
			}
		}
		if len(of) == 0 {
			continue
		}
		sum := docx.Texts(append([]string{"", o.text(g.Title)}, figures(sumOf(of, beforeOf), sumOf(of, afterOf))...)...)
		sum.Strong = true
		t.Rows = append(t.Rows, sum)
		for _, r := range of {
			title := r.Title
			if title.IsZero() {
				title = same(r.Name)
			}
			t.Rows = append(t.Rows, docx.Texts(append([]string{clean(r.Code), o.text(title)}, figures(r.Before, r.After)...)...))
		}
	}
	whole := docx.Texts(append([]string{"", o.say("合计", "Total")}, figures(before, after)...)...)
	whole.Strong = true
	t.Rows = append(t.Rows, whole)
	o.Table(t)
}

// threeGroups are 三大类 and what the classification lacks.
func threeGroups() []domain.Term[string] {
	return []domain.Term[string]{
		{Code: "agricultural", Title: geo.Text{ZH: "农用地", EN: "Agricultural land"}},
		{Code: "construction", Title: domain.ClassGroupTitle("construction")},
		{Code: "unused", Title: domain.ClassGroupTitle("unused")},
		{Code: "other", Title: domain.ClassGroupTitle("other")},
	}
}

func threeGroupOf(code string) string {
	c, known := domain.Lookup(code)
	switch {
	case !known:
		return "other"
	case c.Agricultural:
		return "agricultural"
	case c.Construction:
		return "construction"
	}
	return "unused"
}

func beforeOf(r result.ClassRow) float64 { return r.Before }
func afterOf(r result.ClassRow) float64  { return r.After }

// sumOf sums figures of 0.01 m², exactly to 0.01.
func sumOf[T any](rows []T, of func(T) float64) float64 {
	sum := 0.0
	for _, r := range rows {
		sum = geo.RoundArea(sum + of(r))
	}
	return sum
}

func shareOf(part, whole float64) string {
	if whole == 0 {
		return noValue
	}
	return Percent(part / whole)
}

// signed shows a difference of m² with its sign.
func signed(m2 float64) string {
	if m2 > 0 {
		return "+" + SquareMetres(m2)
	}
	return SquareMetres(m2)
}

// flowHeads are the columns that years and sub-projects share.
func (o *opinion) flowHeads() []string {
	return []string{o.say("永久基本农田调出", "PBF out"), o.say("永久基本农田补划", "PBF in"), o.say("新增耕地", "Cropland gained"), o.say("减少耕地", "Cropland lost"),
		o.say("新增建设用地", "Construction gained"), o.say("减少建设用地", "Construction lost")}
}

func flowOf(f result.Flow) []float64 {
	return []float64{f.PBFOut, f.PBFIn, f.CroplandGained, f.CroplandLost, f.ConstructionGained, f.ConstructionLost}
}

func shownAreas(list []float64) []string {
	var out []string
	for _, x := range list {
		out = append(out, SquareMetres(x))
	}
	return out
}

func (o *opinion) hasPBF() bool {
	return slices.ContainsFunc(o.report.Base.Layers, func(l result.LayerInfo) bool { return l.Role == string(domain.PBF) })
}

// withoutPBF says of a table that its figures of PBF say nothing, where there is
// none in the base data.
func (o *opinion) withoutPBF() {
	if !o.hasPBF() {
		o.Paragraph(docx.Lead, o.say("底图没有永久基本农田图层，调出面积和原有面积无从计算：本表中有关永久基本农田的 0 不是核查结果。", "The base data has no layer of permanent basic farmland: what leaves it, and what there was, cannot be computed, and 0 in this table is no figure of it."))
	}
}

func (o *opinion) flowNote() {
	o.withoutPBF()
	o.Paragraph(docx.Note, o.say("面积单位：平方米；永久基本农田和耕地为净面积（扣除田坎），建设用地为毛面积", "Areas in m²: net of ridges for PBF and cropland, gross for construction land"))
}

// years is the ledger by year; the balance reaches to the end of each.
func (o *opinion) years() {
	if len(o.report.Years) == 0 {
		o.Paragraph(docx.Body, o.say("方案没有永久基本农田、耕地和建设用地的变更，无分年度数据。", "The plan changes no PBF, cropland or construction land: there is nothing by year."))
		return
	}
	o.flowNote()
	t := docx.Table{Shares: []int{10, 14, 14, 14, 14, 14, 14, 15, 15}, Right: []bool{false, true, true, true, true, true, true, true, true}}
	t.Head = []docx.Row{docx.Texts(append(append([]string{o.say("年份", "Year")}, o.flowHeads()...), o.say("累计补划减调出", "PBF in less out so far"), o.say("累计新增减减少耕地", "Cropland gained less lost so far"))...)}
	var sums [6]float64
	for _, y := range o.report.Years {
		name := o.say("未注明", "not given")
		if y.Year != nil {
			name = strconv.Itoa(*y.Year)
		}
		t.Rows = append(t.Rows, docx.Texts(append(append([]string{name}, o.flow(y.Flow, &sums)...), signed(geo.RoundArea(y.PBFInCumulative-y.PBFOutCumulative)), signed(geo.RoundArea(y.CroplandGainedCumulative-y.CroplandLostCumulative)))...))
	}
	total := docx.Texts(append(append([]string{o.say("合计", "Total")}, shownAreas(sums[:])...), signed(geo.RoundArea(sums[1]-sums[0])), signed(geo.RoundArea(sums[2]-sums[3])))...)
	total.Strong = true
	t.Rows = append(t.Rows, total)
	o.Table(t)
}

// flow shows a row's figures and adds them to the sums.
func (o *opinion) flow(f result.Flow, sums *[6]float64) []string {
	list := flowOf(f)
	for i, x := range list {
		sums[i] = geo.RoundArea(sums[i] + x)
	}
	return shownAreas(list)
}

func (o *opinion) subProjects() {
	rows := o.report.SubProjects
	if rows == nil {
		o.Paragraph(docx.Body, o.say("本报告由较早版本的程序写出，没有子项目数据。", "The report is of an older program and does not have sub-projects."))
		return
	}
	if len(rows) == 0 {
		o.Paragraph(docx.Body, o.say("方案没有变更图斑。", "The plan has no changes."))
		return
	}
	o.flowNote()
	t := docx.Table{Shares: []int{14, 11, 15, 14, 14, 14, 14, 14, 14}, Right: []bool{false, true, false, true, true, true, true, true, true}}
	t.Head = []docx.Row{docx.Texts(append([]string{o.say("子项目编号", "Sub-project"), o.say("变更图斑", "Changes"), o.say("实施年度", "Years")}, o.flowHeads()...)...)}
	var sums [6]float64
	changes := 0
	for _, s := range rows {
		name := clean(s.Code)
		if name == "" {
			name = o.say("未注明", "not given")
		}
		var years []string
		for _, y := range s.Years {
			years = append(years, strconv.Itoa(y))
		}
		changes += s.Changes
		t.Rows = append(t.Rows, docx.Texts(append([]string{name, fmt.Sprint(s.Changes), strings.Join(years, o.say("、", ", "))}, o.flow(s.Flow, &sums)...)...))
	}
	total := docx.Texts(append([]string{o.say("合计", "Total"), fmt.Sprint(changes), ""}, shownAreas(sums[:])...)...)
	total.Strong = true
	t.Rows = append(t.Rows, total)
	o.Table(t)
}
