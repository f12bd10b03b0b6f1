package api

import (
	"strings"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// remains is what stands in the way of a decision.
type remains struct {
	violations []string // findings that fail and are open; of a rule without findings its id
	mandatory  int      // of them, those of mandatory clauses
	missing    int      // rules that were not checked and make the verdict incomplete
}

// weigh counts what is open in a report, and writes down in the decision how each
// finding stood.
func (v standing) weigh(r *result.Report, d *result.Decision) (left remains) {
	d.Open, d.Exceptions = map[domain.Status]int{}, nil
	for i := range r.Rules {
		rule := &r.Rules[i]
		failing := 0
		for j := range rule.Findings {
			f := &rule.Findings[j]
			if f.Status == domain.Pass {
				continue
			}
			held, state := v.of(f.ID)
			if settled(state) {
				d.Exceptions = append(d.Exceptions, exceptionOf(rule, f, held))
			} else {
				d.Open[f.Status]++
			}
			if f.Status != domain.Fail {
				continue
			}
			if failing++; !settled(state) {
				left.violated(rule, f.ID)
			}
		}
		if rule.Status == domain.Fail && failing == 0 {
			left.violated(rule, rule.ID)
		}
		if rule.Incomplete {
			left.missing++
		}
	}
	return left
}

func (l *remains) violated(rule *result.RuleResult, what string) {
	l.violations = append(l.violations, what)
	if rule.Level == domain.Mandatory {
		l.mandatory++
	}
}

func exceptionOf(rule *result.RuleResult, f *result.Finding, held store.Review) result.Exception {
	x := result.Exception{Finding: f.ID, Rule: rule.ID, Title: rule.Title, Level: rule.Level, Status: f.Status, Scope: f.Scope, Area: f.Area,
		State: string(held.State), Reason: held.Reason, Paper: held.Paper, By: held.By}
	if held.Since != nil {
		x.Day = held.Since.UTC().Format("2006-01-02")
	}
	return x
}

// allow refuses a pass while a violation is open or a verdict is incomplete, and one
// with conditions while a mandatory clause is broken: nobody can waive that. A plan can
// be returned at any time.
func (l remains) allow(kind domain.Decision, verdict domain.Verdict) error {
	switch {
	case kind == domain.Approve && len(l.violations) > 0:
		const shown = 5
		list := strings.Join(l.violations[:min(shown, len(l.violations))], ", ")
		return conflicts("decision", geo.Textf("有 %[1]d 项不符合未处理（%[2]s …），不能通过", "%[1]d violations are open (%[2]s …): it cannot pass", len(l.violations), list),
			geo.Text{ZH: "约束性条款须退回修改；原则性条款可凭文件作为例外接受；误报请标为 false_alarm", EN: "Of mandatory clauses return the plan; of clauses in principle accept exceptions by their papers; hold what is wrong to be a false_alarm"})
	case kind == domain.Approve && (verdict == domain.Incomplete || l.missing > 0):
		return conflicts("decision", geo.Text{ZH: "资料不全，结论未定，不能通过", EN: "data is missing and the verdict is incomplete: it cannot pass"},
			geo.Text{ZH: "请补齐资料后重新核查，或附条件通过、退回", EN: "Have what is missing handed in and check again; or pass it with conditions, or return it"})
	case kind == domain.Conditional && l.mandatory > 0:
		return conflicts("decision", geo.Textf("有 %d 项约束性条款不符合，不能附条件通过", "%d violations of mandatory clauses are open: it cannot pass with conditions", l.mandatory),
			geo.Text{ZH: "约束性条款不得变通，请退回修改；误报请标为 false_alarm 并写明理由", EN: "Nobody can waive a mandatory clause: return the plan; where a finding is wrong, hold it to be a false_alarm and say why"})
	}
	return nil
}
