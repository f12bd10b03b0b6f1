package evaluation

import (
	"maps"
	"slices"

	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// broken is the status of what does not hold in a scope. A limit that the
// policy does not state can only warn.
func (c *ruleEvaluation) broken(s result.Scope) result.Status {
	if c.rule.OwnLimit {
		return result.Warn
	}
	return c.byLevel(s)
}

// byLevel is the status of what breaks a clause of the rule's level.
func (c *ruleEvaluation) byLevel(s result.Scope) result.Status {
	switch c.rule.Level {
	case result.Advisory:
		return result.Warn
	case result.InPrinciple:
		if c.justified(s) {
			return result.Justified
		}
	}
	return result.Fail
}

// close settles the rule's status from its measures and findings.
func (c *ruleEvaluation) close() {
	worst := result.Pass
	weigh := func(s result.Status) {
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
		weigh(result.NotChecked)
	}
	if c.nothing && worst == result.Pass {
		worst = result.NotApplicable
	}
	c.out.Status = worst
	c.out.Incomplete = c.vital && c.rule.Level != result.Advisory
	if n := c.slivers + c.asides; n > 0 {
		area := c.leftM2
		for _, i := range slices.Sorted(maps.Keys(c.aside)) {
			if !c.left[i] {
				area.add(c.l.Faces[i].Area)
			}
		}
		c.note(wording.Textf("另有 %d 个碎屑面（共 %s）未计入", "%d slivers (%s) were left out", n, wording.SquareMetres(area.sum())))
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
func (c *ruleEvaluation) rank(s result.Status) int {
	if (c.rule.Level == result.Advisory || c.rule.OwnLimit) && s == result.Warn {
		return rank(result.Fail)
	}
	return rank(s)
}

func rank(s result.Status) int {
	return slices.Index([]result.Status{result.NotApplicable, result.Pass, result.Warn, result.Justified, result.NotChecked, result.Fail}, s)
}

// worstFinding is the strongest status among the findings so far.
func (c *ruleEvaluation) worstFinding() result.Status {
	worst := result.Pass
	for _, f := range c.out.Findings {
		if rank(f.Status) > rank(worst) {
			worst = f.Status
		}
	}
	return worst
}
