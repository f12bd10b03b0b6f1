package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report/docx"
	"landcheck/rules/result"
)

// How much of a long list a review opinion holds; the JSON report has all.
const (
	opinionFindings = 60 // in full
	opinionSimilar  = 5  // of one kind
	opinionScopes   = 8  // of one rule
	opinionRefs     = 12 // features of one finding
	opinionRemarks  = 12 // under the verdict
	opinionNotices  = 20 // about inputs
	opinionOf       = 40 // villages, departments, sub-projects of one kind of paper
)

// opinion is a review opinion (审查意见) being written: what a reviewer edits
// and signs, with the tables of a scheme as its annexes. One document holds
// both, as they are filed together.
type opinion struct {
	*docx.Document
	report          *result.Report
	dated           string // as Input.Dated
	sections, parts int    // numbered so far
}

// writeDOCX writes the review opinion of a report.
func writeDOCX(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	o := newOpinion(in)
	o.basics()
	o.verdict()
	o.decided(in.Decision)
	o.items()
	o.problems()
	o.beyond()
	if in.Report.Layer == nil {
		o.papers()
	}
	if err := o.sign(in); err != nil {
		return err
	}
	if in.Report.Layer == nil {
		o.annexes()
	}
	if err := o.Write(w); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func newOpinion(in Input) *opinion {
	r := in.Report
	o := &opinion{report: r, dated: in.Dated, Document: &docx.Document{Lang: in.Lang}}
	name := clean(nameOf(r))
	title := geo.Textf("关于《%[1]s》的审查意见", "Review opinion on “%[1]s”", name)
	if r.Layer != nil {
		title = geo.Textf("关于图层“%[1]s”的数据核查意见", "Opinion on the data of layer “%[1]s”", name)
	}
	o.Title = title.In(in.Lang)
	o.Header = strings.TrimSpace(clean(r.Plan.Code) + "　" + name)
	foot := []string{short(r.Plan.Digest)}
	if r.Plan.Code != "" {
		foot = []string{clean(r.Plan.Code), short(r.Plan.Digest)}
	}
	if day := in.dated(); !day.IsZero() {
		foot = append(foot, day.In(in.Lang))
	}
	o.Footer = strings.Join(foot, " · ")
	o.Paragraph(docx.Title, o.Title)
	if in.Decision != nil {
		o.Paragraph(docx.Subtitle, o.text(in.Decision.Kind.Title()))
		return o
	}
	o.Paragraph(docx.Subtitle, o.say("（稿，由程序依核查结果生成，供修改、签署）", "(draft, made by the program from what it checked, for a reviewer to edit and sign)"))
	return o
}

func (o *opinion) say(zh, en string) string { return geo.Text{ZH: zh, EN: en}.In(o.Lang) }

func (o *opinion) text(t geo.Text) string { return clean(t.In(o.Lang)) }

// section begins a numbered part: 一、二、三.
func (o *opinion) section(zh, en string) {
	o.sections, o.parts = o.sections+1, 0
	o.Heading(1, o.say(numeral(o.sections)+"、"+zh, fmt.Sprintf("%d. %s", o.sections, en)))
}

// part begins a numbered part of a section: （一）（二）.
func (o *opinion) part(t geo.Text) {
	o.parts++
	o.Heading(2, o.say("（"+numeral(o.parts)+"）"+t.ZH, fmt.Sprintf("%d.%d %s", o.sections, o.parts, t.EN)))
}

// numeral is a number up to 99 in Chinese.
func numeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	tens, ones := n/10, n%10
	out := ""
	if tens > 1 {
		out = string(digits[tens])
	}
	if tens > 0 {
		out += "十"
	}
	if ones > 0 || n == 0 {
		out += string(digits[ones])
	}
	return out
}

// basics is the table that says what was reviewed.
func (o *opinion) basics() {
	r := o.report
	if r.Layer != nil {
		o.section("图层基本情况", "The layer")
	} else {
		o.section("方案基本情况", "The plan")
	}
	t := docx.Table{Shares: []int{24, 76}}
	add := func(zh, en, value string) {
		if value != "" {
			t.Rows = append(t.Rows, docx.Texts(o.say(zh, en), value))
		}
	}
	if r.Layer != nil {
		add("图层文件", "File", clean(r.Layer.File))
		add("用途", "Role", o.text(domain.Role(r.Layer.Role).TitleWithName()))
		add("图斑数", "Features", number(float64(r.Layer.Features), 0))
	} else {
		add("方案名称", "Name", clean(r.Plan.Name))
		add("方案编号", "Code", clean(r.Plan.Code))
		add("旗县代码", "County", clean(r.Plan.County))
		add("所涉乡镇", "Townships", o.townships())
		add("阶段", "Stage", o.text(domain.Stage(r.Plan.Stage).Title()))
	}
	add("坐标系", "Coordinate system", clean(r.Plan.CRS))
	add("数据摘要", "Digest", clean(r.Plan.Digest))
	add("底图", "Base data", o.baseLayers())
	add("规则册", "Rulebook", clean(r.Rulebook.ID)+"　"+o.text(r.Rulebook.Title)+"　"+short(r.Rulebook.Digest))
	add("程序", "Program", "landcheck "+clean(r.Engine.Version)+"，GEOS "+clean(r.Engine.GEOS))
	o.Table(t)
}

func (o *opinion) townships() string {
	var names []string
	for _, t := range o.report.Plan.Townships {
		names = append(names, clean(t.Name)+o.say("（", " (")+clean(t.Code)+o.say("）", ")"))
	}
	if names == nil && o.report.Form != nil { // of a program that did not say them yet
		for _, name := range o.report.Form.Townships {
			names = append(names, clean(name))
		}
	}
	return strings.Join(names, o.say("、", ", "))
}

// baseLayers names the base layers that the plan was held against.
func (o *opinion) baseLayers() string {
	var out []string
	for _, l := range o.report.Base.Layers {
		out = append(out, o.text(domain.Role(l.Role).Title())+o.say("（", " (")+geo.Textf("%s，%d 个图斑", "%s, %d features", clean(l.Name), l.Features).In(o.Lang)+o.say("）", ")"))
	}
	return strings.Join(out, o.say("；", "; "))
}

// verdict is what the check came to, and what that does not cover.
func (o *opinion) verdict() {
	r, a := o.report, HeadlineOf(o.report)
	o.section("审查结论", "Verdict")
	o.Paragraph(docx.Lead, o.stopped(o.text(a.Head)))
	s := r.Summary
	o.Paragraph(docx.Body, o.text(a.Means)+o.say("", " ")+geo.Textf("共 %d 条规则：符合 %d 条，不符合 %d 条，已论证 %d 条，提示 %d 条，不涉及 %d 条，未核查 %d 条。",
		"Of %d rules %d pass, %d fail, %d are justified, %d warn, %d are not applicable, %d were not checked.",
		len(r.Rules), s.Pass, s.Fail, s.Justified, s.Warn, s.NotApplicable, s.NotChecked).In(o.Lang))
	if r.Baseline != nil {
		o.Paragraph(docx.Body, o.stopped(baselineLine(r.Baseline).In(o.Lang)))
	}
	if len(a.Remarks) > 0 {
		o.Paragraph(docx.Body, o.say("以下事项不在结论之内：", "The verdict does not cover:"))
	}
	for i, m := range a.Remarks {
		if i == opinionRemarks && len(a.Remarks) > opinionRemarks+1 {
			o.Paragraph(docx.Item, geo.Textf("… 另 %d 项，见完整报告。", "… %d more, see the full report.", len(a.Remarks)-i).In(o.Lang))
			break
		}
		o.Paragraph(docx.Item, fmt.Sprintf("%d. %s", i+1, o.stopped(o.text(m.Text))))
	}
	o.Paragraph(docx.Body, o.text(a.Next))
}

// stopped is a sentence with its stop.
func (o *opinion) stopped(s string) string {
	stop := o.say("。", ".")
	return strings.TrimRight(s, "。.") + stop
}

// sign is where the reviewers write and sign. Their own words stand first, what
// ties the opinion to its report last.
func (o *opinion) sign(in Input) error {
	o.section("审查签署", "Signatures")
	blank := func(zh, en string, height int) docx.Row {
		row := docx.Texts(o.say(zh, en), "")
		row.Height = height
		return row
	}
	t := docx.Table{Shares: []int{24, 76}, Together: true, Rows: []docx.Row{
		o.written(blank("审查单位意见", "Opinion of the reviewing body", 1900), wordsOf(in.Decision)),
		o.written(blank("审查人（签字）", "Reviewed by", 680), nameOn(in.Decision)),
		blank("复核人（签字）", "Countersigned by", 680),
		blank("审查单位（盖章）", "Reviewing body (stamp)", 1400),
		docx.Texts(o.say("日期", "Date"), o.day()),
	}}
	seal, err := o.seal(in)
	t.Rows = append(t.Rows, seal...)
	o.Table(t)
	return err
}

// day is the day that the opinion bears, or the room to write it.
func (o *opinion) day() string {
	day, err := time.Parse(time.DateOnly, o.dated)
	if err != nil {
		return o.say("　　　　年　　月　　日", "")
	}
	return geo.Textf("%d 年 %d 月 %d 日", "%[1]d-%02[2]d-%02[3]d", day.Year(), int(day.Month()), day.Day()).In(o.Lang)
}

// ruleTitle is a rule with its clause.
func (o *opinion) ruleTitle(r *result.RuleResult) string {
	s := o.text(r.Title)
	if r.Clause.Section != "" {
		s += o.say("（", " (") + clean(r.Clause.Section) + o.say("）", ")")
	}
	return s
}
