package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// How much of a long list is printed; the page on a screen shows more.
const (
	paperFindings = 40
	paperRefs     = 8
	paperScopes   = 30
	paperNotices  = 12
)

// paperView is what the page shows on paper alone: the key figures, a line for
// each rule, and in full only the rules that fail.
type paperView struct {
	Figures   []keyFigure
	Rules     []briefGroup
	NotOf     []ruleView // rules that do not concern the plan
	Explained []ruleView
	Left      int      // findings that are listed and not printed
	Dated     geo.Text // on the line for the date
}

// keyFigure is one figure of the first page, with its share or balance.
type keyFigure struct {
	Title, Value, More geo.Text
}

// briefGroup is the rules of a subject, a line each.
type briefGroup struct {
	Group string
	Rules []briefRule
}

// briefRule is a rule on one line: of its measures the worst.
type briefRule struct {
	*result.RuleResult
	Figure geo.Text
	Others int // further measures, which are not on the line
}

func newPaperView(v *pageView, in Input) paperView {
	p := paperView{Figures: keyFigures(in.Report), Left: max(0, len(v.Findings)-paperFindings)}
	if in.Dated != "" {
		p.Dated = same(in.Dated)
	}
	for _, s := range v.Subjects {
		g := briefGroup{Group: s.Group}
		for _, rule := range s.Rules {
			switch rule.Status {
			case domain.NotApplicable:
				p.NotOf = append(p.NotOf, rule)
				continue
			case domain.Fail:
				p.Explained = append(p.Explained, rule)
			}
			g.Rules = append(g.Rules, newBriefRule(rule.RuleResult))
		}
		if len(g.Rules) > 0 {
			p.Rules = append(p.Rules, g)
		}
	}
	return p
}

func newBriefRule(r *result.RuleResult) briefRule {
	b := briefRule{RuleResult: r}
	ms := worstMeasures(r)
	switch {
	case len(ms) > 0 && (ms[0].Op != "" || len(ms) == 1):
		m := ms[0]
		if forbidden(m) && m.Value == 0 {
			break // the mark says it
		}
		b.Figure, b.Others = geo.Text{ZH: shortLine(m, "zh"), EN: shortLine(m, "en")}, len(ms)-1
		if m.Scope.Kind != "plan" && m.Scope.Kind != "project" && m.Scope.Kind != "layer" {
			where := scopeName(m.Scope)
			b.Figure = geo.Text{ZH: where.ZH + "：" + b.Figure.ZH, EN: where.EN + ": " + b.Figure.EN}
		}
	case r.Note != nil:
		b.Figure = *r.Note
	}
	return b
}
