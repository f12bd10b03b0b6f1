package report

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/report/docx"
	"landcheck/rules/result"
)

// decided is what was decided, on what conditions, and which findings did not stand
// in its way.
func (o *opinion) decided(d *result.Decision) {
	if d == nil {
		return
	}
	o.section("审查决定", "Decision")
	o.Paragraph(docx.Lead, o.stopped(o.text(d.Kind.Title())))
	for _, line := range lines(d.Opinion) {
		o.Paragraph(docx.Body, line)
	}
	if len(d.Conditions) > 0 {
		o.Paragraph(docx.Body, o.say("应满足以下条件：", "On these conditions:"))
		for i, c := range d.Conditions {
			o.Paragraph(docx.Item, fmt.Sprintf("%d. %s", i+1, clean(c)))
		}
	}
	o.exceptions(d.Exceptions)
}

// exceptions is the table of findings that were accepted by a paper, or are none.
func (o *opinion) exceptions(all []result.Exception) {
	if len(all) == 0 {
		return
	}
	o.Paragraph(docx.Body, geo.Textf("以下 %d 个问题已作为例外接受，或经查不成立：", "%d findings were accepted as exceptions, or are none:", len(all)).In(o.Lang))
	t := docx.Table{Shares: []int{34, 14, 34, 18},
		Head: []docx.Row{docx.Texts(o.say("问题", "Finding"), o.say("处理", "Held to be"), o.say("理由、依据文件", "Reason and paper"), o.say("何人何时", "By, on"))}}
	for i, x := range all {
		if i == opinionFindings && len(all) > opinionFindings+1 {
			t.Rows = append(t.Rows, docx.Texts(geo.Textf("… 另 %d 个，见审查决定的通行证", "… %d more, see the passport of the decision", len(all)-i).In(o.Lang), "", "", ""))
			break
		}
		why := lines(x.Reason)
		if x.Paper != "" {
			why = append(why, geo.Textf("依据：%s", "Paper: %s", clean(x.Paper)).In(o.Lang))
		}
		t.Rows = append(t.Rows, docx.Row{Cells: []docx.TableCell{
			{Lines: []string{o.text(x.Title), strings.TrimSpace(clean(x.Scope.Name) + " " + x.Finding)}},
			docx.Text(o.held(x.State)), {Lines: why}, {Lines: []string{clean(x.By), x.Day}}}})
	}
	o.Table(t)
}

func (o *opinion) held(state string) string {
	if state == "accepted" {
		return o.say("例外接受", "exception")
	}
	return o.say("误报", "false alarm")
}

// lines are those of a text that somebody wrote.
func lines(text string) (all []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(clean(line)); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// written is a row of the signatures with what there is to stand in it.
func (o *opinion) written(row docx.Row, text []string) docx.Row {
	if len(text) > 0 {
		row.Cells[1] = docx.TableCell{Lines: text}
	}
	return row
}

// wordsOf is what a decision says, for the reviewing body's field.
func wordsOf(d *result.Decision) []string {
	if d == nil {
		return nil
	}
	return lines(d.Opinion)
}

// nameOn is who signs.
func nameOn(d *result.Decision) []string {
	if d == nil {
		return nil
	}
	return []string{clean(d.Name)}
}
