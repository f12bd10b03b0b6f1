package evaluation

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/spelling"
	"landcheck/rules/wording"
)

// unused says why a justification did not serve, false when it did.
func (b *evaluation) unused(i int, j *plan.Justification) (geo.Text, bool) {
	if b.used[i] {
		return geo.Text{}, false
	}
	scope := j.Scope
	if scope == "" {
		scope = "-"
	}
	r := b.book.Rule(j.Rule)
	switch {
	case r == nil:
		var ids []string
		for k := range b.book.Rules {
			ids = append(ids, b.book.Rules[k].ID)
		}
		if near := spelling.Nearest(j.Rule, ids); near != "" {
			return geo.Textf("论证说明所指规则“%s”不存在，是否应为“%s”？", "the justification names rule %q, which does not exist; did you mean %q?", j.Rule, near), true
		}
		return geo.Textf("论证说明所指规则“%s”不存在", "the justification names rule %q, which does not exist", j.Rule), true
	case r.Level != domain.InPrinciple:
		return geo.Textf("规则“%s”不是原则性条款，论证说明无效", "rule %q is not an in-principle clause, a justification has no effect", j.Rule), true
	case strings.TrimSpace(j.Reason) == "":
		return geo.Textf("规则“%s”（范围 %s）的论证没有写明理由（reason），论证无效",
			"the justification of rule %q (scope %s) gives no reason; it has no effect", j.Rule, scope), true
	case !j.Present && j.Document == "":
		return geo.Textf("规则“%s”（范围 %s）的论证说明没有写明文件（document），论证说明无效",
			"the justification of rule %q (scope %s) names no document; it has no effect", j.Rule, scope), true
	case !j.Present && !j.Why.IsZero():
		return geo.Textf("规则“%[1]s”（范围 %[2]s）的论证说明无效：%[3]s", "the justification of rule “%[1]s” (scope %[2]s) has no effect: %[3]s", j.Rule, scope, j.Why), true
	case !j.Present:
		return geo.Textf("规则“%s”（范围 %s）的论证文件“%s”不在方案包内，论证说明无效",
			"the justification of rule %q (scope %s) names the document %q, which is not in the package; it has no effect", j.Rule, scope, j.Document), true
	case b.expired(j):
		return geo.Textf("规则“%[1]s”（范围 %[2]s）的论证说明有效期至 %[3]s，在方案年度 %[4]d 年之前，无效",
			"the justification of rule “%[1]s” (scope %[2]s) ran until %[3]s, before the plan's year %[4]d, and has no effect", j.Rule, scope, dateText(j.Expires), b.l.Plan.Year), true
	}
	if b.status[j.Rule] == domain.Fail && !b.forAll(j.Scope) {
		return geo.Textf("规则“%s”的问题不在论证说明的范围 %s 之内，论证未使用；按全方案判定的规则请把 scope 留空",
			"what breaks rule %q lies outside the scope %s of its justification, which was not used; leave scope empty for a rule that is judged for the whole plan", j.Rule, j.Scope), true
	}
	return geo.Textf("规则“%s”（范围 %s）的论证说明没有对应的问题，未使用",
		"the justification of rule %q (scope %s) matches no finding and was not used", j.Rule, scope), true
}

// expired compares with the plan's year, since reports hold no clock: a
// justification lapses when it ends before that year begins.
func (b *evaluation) expired(j *plan.Justification) bool {
	return len(j.Expires) >= 4 && b.l.Plan.Year > 0 && strings.Compare(j.Expires[:4], wording.Number(float64(b.l.Plan.Year))) < 0
}

// forAll reports a justification's scope that stands for all of a rule's:
// none, "plan" or "project", the county's code or the plan's.
func (b *evaluation) forAll(scope string) bool {
	switch scope {
	case "", "plan", "project", b.l.Plan.County, b.l.Plan.Code:
		return true
	}
	return false
}

// justified looks for a justification of this rule that covers the scope: one
// for all of them, or for exactly this unit. One without a reason is none.
func (c *ruleEvaluation) justified(s result.Scope) bool {
	found := false
	for i := range c.l.Plan.Justifications {
		j := &c.l.Plan.Justifications[i]
		if j.Rule != c.rule.ID || !c.forAll(j.Scope) && j.Scope != s.Code || !j.Present || strings.TrimSpace(j.Reason) == "" || c.expired(j) {
			continue
		}
		c.used[i] = true
		found = true
	}
	return found
}

// citeJustifications notes what the findings were justified by. Expiry is held
// against the plan's year: without one it could not be.
func (c *ruleEvaluation) citeJustifications() {
	for i := range c.l.Plan.Justifications {
		j := &c.l.Plan.Justifications[i]
		if !c.used[i] || j.Rule != c.rule.ID {
			continue
		}
		scope, reason := geo.Text{ZH: "全方案", EN: "the whole plan"}, strings.TrimRight(j.Reason, "。. ")
		if !c.forAll(j.Scope) {
			scope = wording.Same(j.Scope)
		}
		switch {
		case j.Expires == "":
			c.note(geo.Textf("论证（%[1]s）：%[2]s，文件 %[3]s", "justified for %[1]s: %[2]s, document %[3]s", scope, reason, j.Document))
		case c.l.Plan.Year == 0:
			c.note(geo.Textf("论证（%[1]s）：%[2]s，文件 %[3]s，有效期至 %[4]s；plan.yaml 没有写明年度（project.year），未能核对是否到期",
				"justified for %[1]s: %[2]s, document %[3]s, until %[4]s; plan.yaml names no year (project.year), so whether it has expired could not be told",
				scope, reason, j.Document, dateText(j.Expires)))
		default:
			c.note(geo.Textf("论证（%[1]s）：%[2]s，文件 %[3]s，有效期至 %[4]s", "justified for %[1]s: %[2]s, document %[3]s, until %[4]s",
				scope, reason, j.Document, dateText(j.Expires)))
		}
	}
}
