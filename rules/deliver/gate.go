package deliver

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report"
)

// Refusal says that the verdict does not allow a deliverable.
type Refusal struct{ text geo.Text }

func (r *Refusal) Error() string { return r.text.EN }

// Text is the whole message.
func (r *Refusal) Text() geo.Text { return r.text }

// mostNamed is how many rules a refusal names.
const mostNamed = 8

// allowed refuses what is handed in as final of a plan that is not found compliant.
func (r *Request) allowed(kind KindInfo) error {
	if r.Draft || r.Report.Verdict == domain.Compliant {
		return nil
	}
	var rules []string
	for _, rule := range r.Report.Rules {
		if rule.Level != domain.Advisory && (rule.Status == domain.Fail || r.Report.Verdict == domain.Incomplete && rule.Status == domain.NotChecked) {
			rules = append(rules, rule.ID)
		}
	}
	more := geo.Text{}
	if n := len(rules) - mostNamed; n > 0 {
		rules, more = rules[:mostNamed], geo.Textf(" 等 %d 条", " and %d more", n)
		more.ZH = geo.Textf(" 等 %d 条", "", n+mostNamed).ZH
	}
	which := geo.Text{}
	if len(rules) > 0 {
		which = geo.Textf("（%[1]s%[2]v）", " (%[1]s%[2]v)", strings.Join(rules, ", "), more)
	}
	return &Refusal{geo.Textf("没有导出%[1]v：核查结论是“%[2]v”%[3]v",
		"%[1]v is not exported: the verdict is “%[2]v”%[3]v",
		kind.Title, report.HeadlineOf(r.Report).Head, which)}
}

// beforeAcceptance tells that the systems are given what was accepted, not what is
// planned (二（二）, 三（二）).
func (d *delivery) beforeAcceptance() {
	if stage := domain.Stage(d.Report.Plan.Stage); stage != domain.Acceptance && d.Kind != Linkage {
		d.note("方案处于“%[1]v”阶段：%[2]v接收的是整体验收后的成果，验收前导出的供预检和准备使用", "the plan is at the stage %[1]v: %[2]v takes what was accepted as a whole; what is exported before serves to prepare it", stage.Title(), d.out.System)
	}
}
