package report

import (
	"bytes"
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// togetherTitle heads what plans do to each other, in every format.
func togetherTitle() geo.Text { return geo.Text{ZH: "方案之间", EN: "Between the plans"} }

// togetherLine is what the plans do to each other in one sentence.
func togetherLine(t *result.Together) geo.Text {
	fails, warns, open := 0, 0, 0
	for i := range t.Rules {
		for _, f := range t.Rules[i].Findings {
			fails += b2i(f.Status == domain.Fail)
			warns += b2i(f.Status == domain.Warn)
		}
		open += b2i(t.Rules[i].Incomplete)
	}
	line := geo.Textf("%[1]d 个方案之间没有发现冲突", "no conflict between %[1]d plans", len(t.Packages))
	if fails+warns > 0 {
		line = geo.Textf("%[1]d 个方案之间：冲突 %[2]d 处，提示 %[3]d 处", "between %[1]d plans: %[2]d conflict(s), %[3]d warning(s)", len(t.Packages), fails, warns)
	}
	if open > 0 {
		line = geo.Textf("%[1]s；%[2]d 条规则未能核查", "%[1]s; %[2]d rule(s) could not be checked", line, open)
	}
	if n := len(t.LeftOut); n > 0 {
		line = geo.Textf("%[1]s；%[2]d 个方案包没有报告，没有参加比对：%[3]s", "%[1]s; %[2]d package(s) without a report took no part: %[3]s", line, n, clean(strings.Join(t.LeftOut, ", ")))
	}
	return line
}

// togetherSlivers says what was left out as noise of boundaries; zero when nothing.
func togetherSlivers(t *result.Together) geo.Text {
	if t.Slivers.Count == 0 {
		return geo.Text{}
	}
	return geo.Textf("方案之间 %[1]d 处细碎重叠（共 %[2]s 平方米）按边界误差处理，不列为问题。",
		"%[1]d overlaps between plans (%[2]s m² in all) are slivers along boundaries: not findings.", t.Slivers.Count, SquareMetres(t.Slivers.Area))
}

// togetherInput is the rules between plans as what a writer of reports shows.
func (b Batch) togetherInput() Input {
	return Input{Report: b.Together.AsReport(), Lang: b.Lang, Colour: b.Colour, Docs: b.Docs}
}

// together shows the rules between plans and all that they found: no report of one
// plan has it.
func (p *page) together(b Batch) {
	t := b.Together
	r := t.AsReport()
	p.heading(clean(capital(togetherLine(t).In(p.lang))))
	for i := range r.Rules {
		p.ruleLine(&r.Rules[i])
	}
	if sl := togetherSlivers(t); !sl.IsZero() {
		p.wrap("   ", p.dim(sl.In(p.lang)))
	}
	p.findings(r)
	p.out.WriteByte('\n')
}

// markdownTogether is what stands between the table of packages and their comments.
func (b Batch) markdownTogether(out *bytes.Buffer) {
	t := b.Together
	r := t.AsReport()
	fmt.Fprintf(out, "\n## %s\n\n%s\n\n", togetherTitle().In(b.Lang), inline(togetherLine(t).In(b.Lang)))
	if t.Baseline != nil {
		fmt.Fprintf(out, "%s\n\n", inline(baselineLine(t.Baseline).In(b.Lang)))
	}
	markdownFindings(out, r, b.Lang)
	markdownRules(out, r, b.Lang)
	if sl := togetherSlivers(t); !sl.IsZero() {
		fmt.Fprintf(out, "%s\n", sl.In(b.Lang))
	}
}

// junitTogether is the rules between plans as a suite.
func (b Batch) junitTogether() junitSuite {
	in := b.togetherInput()
	suite := junitSuite{Name: togetherTitle().In(b.Lang), About: &junitProperties{List: []junitProperty{{"headline", clean(togetherLine(b.Together).In(b.Lang))}}}}
	if b.Together.Baseline != nil {
		suite.About.List = append(suite.About.List, junitProperty{"baseline", baselineLine(b.Together.Baseline).In(b.Lang)})
	}
	for i := range in.Report.Rules {
		c := junitCaseOf(&in.Report.Rules[i], in)
		suite.Tests++
		suite.Failures += b2i(c.Failure != nil)
		suite.Errors += b2i(c.Error != nil)
		suite.Skipped += b2i(c.Skipped != nil)
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}
