package evaluation

import (
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// broken is the status of what does not hold in a scope. A limit that the
// policy does not state can only warn.
func (c *ruleEvaluation) broken(s result.Scope) domain.Status {
	if c.rule.OwnLimit {
		return domain.Warn
	}
	return c.byLevel(s)
}

// byLevel is the status of what breaks a clause of the rule's level.
func (c *ruleEvaluation) byLevel(s result.Scope) domain.Status {
	switch c.rule.Level {
	case domain.Advisory:
		return domain.Warn
	case domain.InPrinciple:
		if c.justified(s) {
			return domain.Justified
		}
	}
	return domain.Fail
}

// close settles the rule's status from its measures and findings.
func (c *ruleEvaluation) close() {
	worst := domain.Pass
	weigh := func(s domain.Status) {
		if c.rank(s) > c.rank(worst) {
			worst = s
		}
	}
	for _, m := range c.out.Measures {
		weigh(m.Status)
	}
	for _, f := range c.out.Findings {
		weigh(f.Status)
	}
	if len(c.lacking) > 0 {
		weigh(domain.NotChecked)
	}
	if c.nothing && worst == domain.Pass {
		worst = domain.NotApplicable
	}
	c.out.Status = worst
	c.out.Incomplete = c.vital && c.rule.Level != domain.Advisory
	if n := c.sliverPieces + c.asides; n > 0 {
		area := c.leftM2
		for _, i := range slices.Sorted(maps.Keys(c.aside)) {
			if !c.left[i] {
				area.add(c.l.Faces[i].Area)
			}
		}
		c.note(geo.Textf("另有 %d 个细碎图斑（共 %s）未计入", "%d slivers (%s) were left out", n, wording.Area(area.sum())))
	}
	c.citeJustifications()
	c.tellDoubt()
	all := once(append(slices.Clone(c.lacking), c.notes...)) // a rule of several formulas may lack the same for each
	if len(all) > 0 {
		t := wording.Sentences(all)
		c.out.Note = &t
	}
	c.out.Findings = sorted(c.out.Findings)
	distinguish(c.out.Findings)
}

// rank weighs statuses within a rule. What is found to break the rule counts
// more than what could not be looked at; an advisory rule breaks by a warning.
func (c *ruleEvaluation) rank(s domain.Status) int {
	if (c.rule.Level == domain.Advisory || c.rule.OwnLimit) && s == domain.Warn {
		return rank(domain.Fail)
	}
	return rank(s)
}

func rank(s domain.Status) int {
	return slices.Index([]domain.Status{domain.NotApplicable, domain.Pass, domain.Warn, domain.Justified, domain.NotChecked, domain.Fail}, s)
}

// worstFinding is the strongest status among the findings so far.
func (c *ruleEvaluation) worstFinding() domain.Status {
	worst := domain.Pass
	for _, f := range c.out.Findings {
		if rank(f.Status) > rank(worst) {
			worst = f.Status
		}
	}
	return worst
}
