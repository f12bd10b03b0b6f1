package report

import (
	"fmt"
	"io"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// How much of a long list a screen shows.
const (
	screenScopes   = 4
	screenFindings = 20
	screenRefs     = 6
	screenSimilar  = 3
	screenNotices  = 12
	screenRemarks  = 6
	screenFiles    = 8
)

// writeText fills a person's screen: verdict, rules, findings, what was not
// checked, notices, provenance.
func writeText(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	p := newPage(in)
	r := in.Report
	p.verdict(r)
	left := 0
	for _, s := range subjects(r) {
		if in.OnlyProblems {
			all := len(s.Rules)
			s.Rules = slices.DeleteFunc(s.Rules, func(r *result.RuleResult) bool { return r.Status == domain.Pass || r.Status == domain.NotApplicable })
			left += all - len(s.Rules)
		}
		if len(s.Rules) > 0 {
			p.subject(s)
		}
	}
	if left > 0 {
		p.out.WriteByte('\n')
		p.wrap("  ", p.dim(geo.Textf("另有 %d 条规则符合或不涉及，未列出", "%d rules hold or do not apply and are not listed", left).In(p.lang)))
	}
	p.years(r)
	p.findings(r)
	p.unchecked(r)
	p.notices(r)
	p.provenance(r)
	if day := in.dated(); !day.IsZero() {
		p.wrap(" ", p.dim(day.In(p.lang)))
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

func (p *page) verdict(r *result.Report) {
	a := HeadlineOf(r)
	if name := nameOf(r); name != "" {
		p.wrap("", p.bold(clean(name)))
	}
	p.rule("═")
	status := toneStatus(a.Tone)
	p.wrap("  ", p.paint(statusColour(status), mark(status)+" "+clean(a.Head.In(p.lang))))
	p.rule("═")
	p.wrap("  ", a.Means.In(p.lang))
	for i, m := range a.Remarks {
		if i == screenRemarks && len(a.Remarks) > screenRemarks+1 {
			p.more(2, len(a.Remarks)-i)
			break
		}
		p.hang("  · ", 4, clean(m.Text.In(p.lang)))
	}
	if !a.Next.IsZero() {
		p.wrap("  ", geo.Text{ZH: "下一步：", EN: "Next: "}.In(p.lang)+a.Next.In(p.lang))
	}
	s := r.Summary
	p.wrap("  ", geo.Textf("符合 %d · 不符合 %d · 已论证 %d · 提示 %d · 不涉及 %d · 未核查 %d",
		"%d pass · %d fail · %d justified · %d warn · %d not applicable · %d not checked",
		s.Pass, s.Fail, s.Justified, s.Warn, s.NotApplicable, s.NotChecked).In(p.lang))
}

func (p *page) subject(s subject) {
	p.heading(domain.RuleGroupTitle(s.Group).In(p.lang))
	for _, r := range s.Rules {
		p.ruleLine(r)
	}
}

// ruleLine is a rule with its figures: the worst scopes, the rest counted.
func (p *page) ruleLine(r *result.RuleResult) {
	left := " " + mark(r.Status) + " " + clean(r.Title.In(p.lang))
	word := r.Status.Title().In(p.lang)
	if r.Status == domain.Fail {
		word += geo.Text{ZH: "·", EN: ", "}.In(p.lang) + r.Level.Title().In(p.lang)
	}
	p.columns(p.paint(statusColour(r.Status), left), p.paint(statusColour(r.Status), word), p.dim(r.ID))
	ms := worstMeasures(r)
	for i, m := range ms {
		if r.Status == domain.Pass && len(ms) == 1 && forbidden(m) && m.Value == 0 && m.Note == nil {
			break // nothing is there that must not be: the rule's mark says it
		}
		if i == screenScopes && len(ms) > screenScopes+1 {
			p.more(5, len(ms)-i)
			break
		}
		prefix := ""
		if len(ms) > 1 || !slices.Contains([]string{"plan", "project", "layer"}, m.Scope.Kind) {
			prefix = clean(scopeName(m.Scope).In(p.lang)) + geo.Text{ZH: "：", EN: ": "}.In(p.lang)
		}
		if m.Status == domain.Fail || m.Status == domain.Warn {
			prefix = mark(m.Status) + " " + prefix
		}
		p.wrap("     ", prefix+line(m, p.lang))
		if m.Note != nil && m.Op == "" { // else the line above has said it
			p.wrap("       ", p.dim(clean(m.Note.In(p.lang))))
		}
	}
	if r.Note != nil && r.Status != domain.NotChecked {
		p.wrap("     ", p.dim(clean(r.Note.In(p.lang))))
	}
}

// baseline says what of the findings is old.
func (p *page) baseline(r *result.Report) {
	if r.Baseline != nil {
		p.wrap(" ", baselineLine(r.Baseline).In(p.lang))
	}
}

func (p *page) findings(r *result.Report) {
	all := problems(r)
	if len(all) == 0 {
		p.baseline(r)
		return
	}
	defer p.baseline(r)
	p.heading(geo.Textf("问题（%d 处，重的在前）", "Findings (%d, worst first)", len(all)).In(p.lang))
	shown, full := 0, 0
	for _, kind := range groupSimilar(all, screenSimilar) {
		for _, f := range kind.Full {
			if full == screenFindings {
				p.more(1, len(all)-shown)
				return
			}
			p.finding(f)
			shown, full = shown+1, full+1
		}
		if len(kind.Rest) > 0 {
			p.wrap("     ", p.dim(restLine(kind.Rest, p.lang, screenRefs)))
			shown += len(kind.Rest)
		}
	}
}

func (p *page) finding(f NumberedFinding) {
	d := f.Finding
	head := fmt.Sprintf("%3d. %s ", f.Number, mark(d.Status)) + d.Status.Title().In(p.lang) + baselineMark(d).In(p.lang)
	p.hang(p.paint(statusColour(d.Status), head)+"  ", 5, clean(d.Message.In(p.lang)))
	if !d.Remedy.IsZero() {
		p.wrap("     ", geo.Text{ZH: "→ 怎么改：", EN: "→ fix: "}.In(p.lang)+clean(d.Remedy.In(p.lang)))
	}
	where := f.Rule.ID
	if d.Area > 0 {
		where += " · " + area(d.Area).In(p.lang)
	}
	if !slices.Contains([]string{"feature", "plan", "layer"}, d.Scope.Kind) {
		where += " · " + clean(scopeName(d.Scope).In(p.lang))
	}
	if refs := refList(d.Features, p.lang, screenRefs); refs != "" {
		where += " · " + refs
	}
	p.wrap("     ", p.dim(where))
}

func (p *page) unchecked(r *result.Report) {
	list := unchecked(r)
	if len(list) == 0 {
		return
	}
	p.heading(geo.Text{ZH: "未核查：需要补充的资料", EN: "Not checked: what to provide"}.In(p.lang))
	for _, u := range list {
		p.wrap(" ", mark(u.Status)+" "+clean(u.Title.In(p.lang))+"  "+p.dim(u.ID))
		if u.Note != nil {
			p.wrap("     ", clean(u.Note.In(p.lang)))
		}
	}
}

func (p *page) notices(r *result.Report) {
	sl, left := slivers(r), ignored(r, screenFiles)
	if len(r.Inputs) == 0 && sl.IsZero() && left.IsZero() {
		return
	}
	p.heading(geo.Text{ZH: "输入资料的说明", EN: "About the inputs"}.In(p.lang))
	if !sl.IsZero() {
		p.wrap(" · ", sl.In(p.lang))
	}
	if !left.IsZero() {
		p.wrap(" · ", left.In(p.lang))
	}
	list := gather(r.Inputs)
	for i, n := range list {
		if i == screenNotices && len(list) > screenNotices+1 {
			p.more(1, len(list)-i)
			return
		}
		p.wrap(" · ", domain.SeverityTitle(n.Severity).In(p.lang)+"  "+clean(n.Text.In(p.lang)))
	}
}

func (p *page) provenance(r *result.Report) {
	p.rule("─")
	book := r.Rulebook.ID
	if t := r.Rulebook.Title.In(p.lang); t != "" {
		book += " " + clean(t)
	}
	p.wrap(" ", p.dim(geo.Textf("规则册 %s · %s", "rulebook %s · %s", book, short(r.Rulebook.Digest)).In(p.lang)))
	if r.Layer != nil {
		p.wrap(" ", p.dim(geo.Textf("图层 %[1]s · 坐标系 %[2]s · landcheck %[3]s · GEOS %[4]s", "layer %[1]s · %[2]s · landcheck %[3]s · GEOS %[4]s",
			short(r.Layer.Digest), clean(r.Plan.CRS), clean(r.Engine.Version), clean(r.Engine.GEOS)).In(p.lang)))
		return
	}
	stage := domain.Stage(r.Plan.Stage).Title()
	t := geo.Textf("方案 %[1]s · 坐标系 %[2]s · %[3]s阶段 · landcheck %[5]s · GEOS %[6]s",
		"plan %[1]s · %[2]s · stage %[4]s · landcheck %[5]s · GEOS %[6]s", short(r.Plan.Digest), clean(r.Plan.CRS),
		clean(stage.ZH), clean(stage.EN), clean(r.Engine.Version), clean(r.Engine.GEOS))
	p.wrap(" ", p.dim(t.In(p.lang)))
}
