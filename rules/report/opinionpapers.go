package report

import (
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/report/docx"
	"landcheck/rules/result"
)

// paperState names what became of a paper.
func paperState(s result.PaperState) geo.Text {
	switch s {
	case result.HandedIn:
		return geo.Text{ZH: "已提交", EN: "handed in"}
	case result.WithConditions:
		return geo.Text{ZH: "已提交，附条件", EN: "handed in, with conditions"}
	case result.Against:
		return geo.Text{ZH: "不同意", EN: "against"}
	case result.NotCounted:
		return geo.Text{ZH: "不计", EN: "does not count"}
	}
	return geo.Text{ZH: "缺少", EN: "missing"}
}

// paperStates are the states in the order of the list: what is lacking first.
func paperStates() []result.PaperState {
	return []result.PaperState{result.Missing, result.Against, result.NotCounted, result.WithConditions, result.HandedIn}
}

// paperGroup is papers of one kind that fared alike.
type paperGroup struct {
	title geo.Text
	state result.PaperState
	asked bool
	all   []result.Paper
}

// groupPapers joins papers of one kind and state. What is lacking comes first,
// what nobody asks for last; else the order stays.
func groupPapers(all []result.Paper) []*paperGroup {
	var out []*paperGroup
	for _, p := range all {
		at := slices.IndexFunc(out, func(g *paperGroup) bool { return g.title == p.Title && g.state == p.State && g.asked == (p.Rule != "") })
		if at < 0 {
			at = len(out)
			out = append(out, &paperGroup{title: p.Title, state: p.State, asked: p.Rule != ""})
		}
		out[at].all = append(out[at].all, p)
	}
	slices.SortStableFunc(out, func(a, b *paperGroup) int {
		if a.asked != b.asked {
			return b2i(b.asked) - b2i(a.asked)
		}
		return placeOf(a.state, paperStates()) - placeOf(b.state, paperStates())
	})
	return out
}

// papers is what was handed in and what is missing.
func (o *opinion) papers() {
	o.section("申报材料", "Papers")
	all := o.report.Papers
	if all == nil {
		o.Paragraph(docx.Body, o.say("本报告由较早版本的程序写出，没有材料清单。", "The report is of an older program and has no list of papers."))
		return
	}
	if len(all) == 0 {
		o.Paragraph(docx.Body, o.say("规则册在本阶段不要求材料，方案包也没有登记材料。", "The rulebook asks for no papers at this stage, and the package names none."))
		return
	}
	counts := map[result.PaperState]int{}
	t := docx.Table{Shares: []int{33, 38, 11, 18}, Right: []bool{false, false, true, false},
		Head: []docx.Row{docx.Texts(o.say("材料", "Paper"), o.say("村、部门、子项目", "Of"), o.say("份数", "Number"), o.say("情况", "State"))}}
	for _, g := range groupPapers(all) {
		state := []string{o.text(paperState(g.state))}
		if g.asked {
			counts[g.state] += len(g.all)
		} else if g.state != result.NotCounted {
			state = append(state, o.say("本阶段不要求", "not asked for now"))
		}
		t.Rows = append(t.Rows, docx.Row{Cells: []docx.TableCell{docx.Text(o.text(g.title)), {Lines: o.paperOf(g.all)}, docx.Text(strconv.Itoa(len(g.all))), {Lines: state}}})
	}
	handed := counts[result.HandedIn] + counts[result.WithConditions]
	o.Paragraph(docx.Body, geo.Textf("本阶段应提交材料 %d 份，已提交 %d 份，缺少 %d 份，不同意 %d 份。", "%d papers are asked for at this stage: %d were handed in, %d are missing, %d are against the plan.",
		handed+counts[result.Missing]+counts[result.Against], handed, counts[result.Missing], counts[result.Against]).In(o.Lang))
	o.Table(t)
}

// paperOf says whose the papers of a group are, and of those that do not count
// which file it is and why.
func (o *opinion) paperOf(all []result.Paper) []string {
	var names, out []string
	for i, p := range all {
		if i == opinionOf && len(all) > opinionOf+1 {
			out = append(out, geo.Textf("… 另 %d 份", "… %d more", len(all)-i).In(o.Lang))
			break
		}
		if !p.Of.IsZero() {
			names = append(names, o.text(p.Of))
		}
		if p.State == result.NotCounted {
			why := clean(p.File)
			if p.Note != nil {
				why += o.say("：", ": ") + o.text(*p.Note)
			}
			out = append(out, why)
		}
	}
	if len(names) > 0 {
		out = append([]string{strings.Join(names, o.say("、", ", "))}, out...)
	}
	return out
}
