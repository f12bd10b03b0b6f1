package report

import (
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report/docx"
	"landcheck/rules/result"
)

// problems lists what has to be put right, then what is to be looked at. The
// numbers are those of all other formats.
func (o *opinion) problems() {
	o.section("存在问题及整改要求", "Findings and what to do")
	all := problems(o.report)
	if len(all) == 0 {
		o.Paragraph(docx.Body, o.say("未发现需要整改的问题。", "Nothing was found that has to be put right."))
		return
	}
	shown, full, status := 0, 0, domain.Status("")
	for _, kind := range groupSimilar(all, opinionSimilar) {
		for _, f := range kind.Full {
			if full == opinionFindings {
				o.Paragraph(docx.Item, geo.Textf("… 共 %[2]d 处，另 %[1]d 处见完整报告。", "… %[1]d more of %[2]d: see the full report.", len(all)-shown, len(all)).In(o.Lang))
				return
			}
			if f.Finding.Status != status {
				status = f.Finding.Status
				o.part(status.Title())
			}
			o.finding(f)
			shown, full = shown+1, full+1
		}
		if len(kind.Rest) > 0 {
			o.Paragraph(docx.Item, "… "+o.stopped(clean(restLine(kind.Rest, o.Lang, opinionRefs))))
			shown += len(kind.Rest)
		}
	}
}

func (o *opinion) finding(f NumberedFinding) {
	d := f.Finding
	o.Paragraph(docx.Item, fmt.Sprintf("%d. ", f.Number)+o.ruleTitle(f.Rule)+o.say("：", ": ")+o.stopped(o.text(d.Message))+baselineMark(d).In(o.Lang))
	if !d.Remedy.IsZero() {
		o.Paragraph(docx.Item, "　　"+o.say("整改要求：", "To do: ")+o.stopped(o.text(d.Remedy)))
	}
	if refs := refList(d.Features, o.Lang, opinionRefs); refs != "" {
		o.Paragraph(docx.Item, "　　"+o.say("图斑：", "Features: ")+o.stopped(clean(refs)))
	}
}

// beyond says what the check did not look at: rules that lacked something, and
// what no program can see.
func (o *opinion) beyond() {
	r := o.report
	o.section("未审查的事项", "What was not reviewed")
	n := 0
	item := func(s string) {
		n++
		o.Paragraph(docx.Item, fmt.Sprintf("%d. %s", n, o.stopped(s)))
	}
	for _, u := range o.uncheckedByReason() {
		item(o.say("未核查", "Not checked: ") + u.titles + u.why)
	}
	if sl := slivers(r); !sl.IsZero() {
		item(o.text(sl))
	}
	if left := ignored(r, opinionRefs); !left.IsZero() {
		item(o.text(left))
	}
	list := gather(r.Inputs)
	for i, notice := range list {
		if i == opinionNotices && len(list) > opinionNotices+1 {
			item(geo.Textf("… 另 %d 项数据说明，见完整报告", "… %d more notes on the data, see the full report", len(list)-i).In(o.Lang))
			break
		}
		item(o.text(domain.SeverityTitle(notice.Severity)) + o.say("：", ": ") + o.text(notice.Text))
	}
	for _, t := range beyondAnyCheck(r) {
		item(t.In(o.Lang))
	}
}

// uncheckedRules are rules that were not checked for one reason.
type uncheckedRules struct{ titles, why string }

func (o *opinion) uncheckedByReason() []uncheckedRules {
	var out []uncheckedRules
	for _, rule := range unchecked(o.report) {
		title, why := o.say("“", "“")+o.text(rule.Title)+o.say("”", "”"), ""
		if rule.Note != nil {
			why = o.say("：", ": ") + o.text(*rule.Note)
		}
		at := slices.IndexFunc(out, func(u uncheckedRules) bool { return u.why == why })
		if at < 0 {
			out = append(out, uncheckedRules{title, why})
			continue
		}
		out[at].titles += o.say("", ", ") + title
	}
	return out
}

// beyondAnyCheck is what a reviewer has to see to, whatever was checked.
func beyondAnyCheck(r *result.Report) []geo.Text {
	if r.Layer != nil {
		return []geo.Text{{ZH: "只核查了这一个图层的数据，没有核查方案，不对方案作结论", EN: "Only the data of this one layer was looked at: no plan was checked, and nothing is said of one"}}
	}
	return []geo.Text{
		{ZH: "材料只核对是否随方案提交，内容、签章和真伪须人工审核", EN: "Papers were looked for, not read: what they say and who signed them is for a person to see"},
		{ZH: "面积和结论依据方案包与底图所载数据计算，实地状况、权属争议、补偿和资金安排不在核查之内", EN: "Areas and the verdict follow from the data of the package and the base; the land itself, disputes of ownership, compensation and funds were not looked at"},
		{ZH: "实测面积只核对方案所附的测量资料，不代替外业复核", EN: "Surveyed areas were held against the survey's data in the plan, which stands for no check in the field"},
	}
}
