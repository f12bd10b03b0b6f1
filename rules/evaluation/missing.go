package evaluation

import (
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// land that a rule's kind looks at, within among: any of these. always is for
// kinds that look at more than faces.
func (c *ruleEvaluation) about() (conditions []condition.Condition, always bool) {
	r := c.rule
	switch {
	case r.Forbid != nil:
		return []condition.Condition{r.Forbid.Where, r.Forbid.Warn}, false
	case r.Require != nil:
		return []condition.Condition{r.Require.Where}, false
	case r.List != nil:
		return []condition.Condition{r.List.Where, r.List.Warn}, false
	case r.Areas != nil && r.Areas.Where.Given():
		return []condition.Condition{r.Areas.Where}, false
	case r.Ratio != nil && r.Ratio.Of.Total == "":
		return []condition.Condition{r.Ratio.Where}, false
	case r.Balance != nil && r.Balance.Plus.Of.Total == "" && r.Balance.Minus.Of.Total == "" && r.Balance.Surplus == nil:
		return []condition.Condition{r.Balance.Plus.Where, r.Balance.Minus.Where}, false
	case r.Compare != nil && r.Compare.Of.Of.Total == "":
		return []condition.Condition{r.Compare.Of.Where}, false
	case r.Share != nil:
		return []condition.Condition{r.Share.Of.Where, r.Share.Than.Where}, false
	case r.Mean != nil:
		for _, m := range r.Mean.Comparisons() {
			conditions = append(conditions, m.Better.Where, m.Than.Where)
		}
		return conditions, false
	case r.Quota != nil:
		return nil, c.l.Plan.Quota != nil
	case r.Deviation != nil:
		return nil, c.o.Against != nil
	case r.Claims != nil:
		return nil, len(c.l.Claims) > 0
	case r.Documents != nil && r.Among.Given():
		return []condition.Condition{{}}, false
	}
	return nil, true
}

// concerns lists the faces that a rule could be about if the layers of roles
// held something. beyond: and that it is not about while they hold nothing.
func (c *ruleEvaluation) concerns(roles []domain.Role, beyond bool) (faces []int, always bool, err error) {
	conditions, always := c.about()
	if always || len(conditions) == 0 {
		return nil, always, nil
	}
	tries := [][]hypothesis{nil}
	for _, role := range roles {
		list := hypotheses(role)
		if list == nil {
			continue
		}
		var more [][]hypothesis
		for _, t := range tries {
			for _, g := range list {
				more = append(more, append(append([]hypothesis{}, t...), g))
			}
		}
		tries = more
	}
	machine := c.machine()
	for i := range c.l.Faces {
		for n, t := range tries {
			f := c.l.Faces[i]
			for _, g := range t {
				g(&f)
			}
			yes, err := c.meets(machine, &f, conditions)
			if err != nil {
				return nil, false, err
			}
			if n == 0 && beyond && yes {
				break
			}
			if yes {
				faces = append(faces, i)
				break
			}
		}
	}
	return faces, false, nil
}

// meets reports whether a face is in among and meets any of the conditions.
func (c *ruleEvaluation) meets(machine *condition.Machine, f *ledger.Face, conditions []condition.Condition) (bool, error) {
	one := []ledger.Face{*f}
	holds := func(cond condition.Condition) (bool, error) {
		if !cond.Given() || cond.Always() || cond.ReadsPatches() || cond.ReadsBlock() {
			return true, nil
		}
		got, err := machine.Select(&cond, one, []int{0}, nil)
		return len(got) > 0, err
	}
	if yes, err := holds(c.rule.Among); !yes || err != nil {
		return false, err
	}
	for n, cond := range conditions {
		if n > 0 && !cond.Given() {
			continue
		}
		if yes, err := holds(cond); yes || err != nil {
			return yes, err
		}
	}
	return false, nil
}
