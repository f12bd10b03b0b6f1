package repair

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/wording"
)

// WriteText writes a set for a person's screen.
func (s *Set) WriteText(w io.Writer, lang string) error {
	p := &textPage{lang: lang, said: map[string]geo.Text{}}
	name := wording.Same(cmp.Or(s.Plan.Name, s.Plan.Code))
	if name.IsZero() {
		name = geo.Text{ZH: "方案", EN: "The plan"}
	}
	p.line("", geo.Textf("%[1]v：%[2]v（规则册 %[3]s）", "%[1]v: %[2]v (rulebook %[3]s)", name, s.Verdict.Title(), s.Rulebook.ID))
	switch {
	case len(s.Rules) == 0 && len(s.NotShape) == 0:
		p.line("", geo.Text{ZH: "没有不符合的规则，不需要修改。", EN: "No rule fails: there is nothing to repair."})
	case len(s.Rules) > 1 && s.Together != nil:
		p.heading(geo.Text{ZH: "全部一并修改", EN: "All together"})
		p.suggestion(s.Together)
	}
	for i := range s.Rules {
		p.heading(ruleHeading(s.Rules[i].For[0]))
		p.suggestion(&s.Rules[i])
	}
	if len(s.NotShape) > 0 {
		p.heading(geo.Text{ZH: "不能靠修改图形解决的规则", EN: "Rules that no change of shapes repairs"})
		for _, n := range s.NotShape {
			p.line("  ", geo.Textf("%[1]v：%[2]v", "%[1]v: %[2]v", ruleHeading(n.Rule), n.Why))
		}
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

type textPage struct {
	out   bytes.Buffer
	lang  string
	title geo.Text            // of the section
	said  map[string]geo.Text // titles of suggestions that were listed, by their changes
}

func ruleHeading(r RuleInfo) geo.Text {
	return geo.Textf("%[1]s %[2]v", "%[1]s: %[2]v", r.ID, r.Title)
}

func (p *textPage) line(indent string, t geo.Text) {
	p.out.WriteString(indent + strings.TrimSpace(t.In(p.lang)) + "\n")
}

func (p *textPage) heading(t geo.Text) {
	p.out.WriteString("\n")
	p.title = t
	p.line("", t)
}

func (p *textPage) suggestion(s *Suggestion) {
	p.one(&s.Repair)
	if s.Or != nil {
		p.line("  ", geo.Text{ZH: "或者，增加补划：", EN: "Or, bringing more land in:"})
		p.one(s.Or)
	}
}

func (p *textPage) one(s *Repair) {
	if !s.Found {
		p.line("  ", geo.Textf("没有找到修改办法：%v。", "No repair was found: %v.", *s.Why))
		return
	}
	p.line("  ", s.Headline())
	if said, before := p.said[s.key()]; before {
		p.line("  - ", geo.Textf("改动与“%[1]v”相同", "the same changes as under “%[1]v”", said))
	} else {
		p.said[s.key()] = p.title
		for _, c := range s.Changes {
			p.line("  - ", c.Say)
		}
	}
	for _, m := range s.After {
		if m.Op != "" && (m.Status == domain.Pass || m.Status == domain.Warn) {
			p.line("  = ", geo.Textf("改后 %[1]v：%[2]s", "then %[1]v: %[3]s", report.ScopeTitle(m.Scope), report.MeasureLine(m.Measure, "zh"), report.MeasureLine(m.Measure, "en")))
		}
	}
	if !s.Whole {
		p.line("  * ", geo.Text{ZH: "按保留的面核查全部规则，未重新切分图形", EN: "all rules were checked on the faces that it keeps; shapes were not cut anew"})
	}
	if len(s.Fails) > 0 {
		p.line("  ! ", geo.Textf("改后仍不符合：%s", "still fails then: %s", strings.Join(s.Fails, ", ")))
	}
}

// key tells repairs apart by what they change.
func (s *Repair) key() string {
	var b strings.Builder
	for _, c := range s.Changes {
		fmt.Fprintln(&b, c.Action, c.Role, c.ID, c.File, c.Record, c.Area)
	}
	return b.String()
}

// Headline says in one sentence what a repair comes to.
func (s *Repair) Headline() geo.Text {
	how := geo.Text{ZH: "面积最小，其次图斑最少", EN: "the least land, then the fewest features"}
	if !s.Least {
		how = geo.Textf("不一定最小，至多多出 %v", "perhaps not the least, but no more than %v above it", wording.Area(s.Within))
	}
	return geo.Textf("修改 %[1]d 个图斑，涉及 %[2]v（%[3]v）。改后：%[4]v。", "%[1]d features change, %[2]v (%[3]v). Then: %[4]v.",
		s.Parcels, wording.Area(s.Area), how, s.Verdict.Title())
}
