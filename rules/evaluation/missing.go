package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/wording"
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
func (c *ruleEvaluation) concerns(roles []plan.Role, beyond bool) (faces []int, always bool, err error) {
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

// needs looks at the base layers the rule cannot do without; false where it
// cannot be judged, or need not.
func (c *ruleEvaluation) needs() (bool, error) {
	var missing []plan.Role
	for _, role := range c.rule.Needs {
		switch {
		case role == wording.GradesRole:
		case c.l.Absent[role]:
			c.nothing = true
			c.note(wording.Textf("底图声明（base.yaml 的 absent）本旗县没有“%[1]s”", "the base data says that the county has no “%[1]s” (absent: in base.yaml)", wording.RoleTitle(role)))
			return false, nil
		case len(c.l.Unsure[role]) == 0 && c.l.Present[role]:
		case role == plan.Villages && len(c.l.Unsure[role]) == 0 && len(c.l.ProjectVillages) > 0:
			// known from ZLDWDM of land_use
		default:
			missing = append(missing, role)
		}
	}
	if len(missing) == 0 {
		return true, nil
	}
	faces, always, err := c.concerns(missing, false)
	if err != nil {
		return false, err
	}
	if !always && !c.there(faces) {
		c.skip(faces)
		c.note(wording.Textf("缺少底图图层“%[1]s”，但方案没有本条所涉及的变化", "the base layer “%[1]s” is missing, but the plan has no change that this rule could be about", rolesTitle(missing)))
		if c.nothing = len(faces) == 0; !c.nothing {
			c.only()
		}
		return false, nil
	}
	for _, role := range missing {
		c.lack(role, c.missing(role))
	}
	return false, nil
}

// missing says which layer is wanted; one that was left unread because its
// name only comes near the role's is named.
func (c *ruleEvaluation) missing(role plan.Role) geo.Text {
	if near := c.l.Unsure[role]; len(near) > 0 {
		return wording.Textf("底图中的 %[2]s 没有读入，而名称与“%[1]s”相近：请按规定命名，或在 base.yaml 的 layers 下指明，或移走", "%[2]s of the base data was not read, and its name comes near that of “%[1]s”: give it the layer's name, name it under layers in base.yaml, or take it away",
			wording.RoleTitle(role), wording.List(sames(near)))
	}
	return missingLayer(role)
}

func sames(list []string) []geo.Text {
	var out []geo.Text
	for _, s := range list {
		out = append(out, wording.Same(s))
	}
	return out
}

func rolesTitle(roles []plan.Role) geo.Text {
	var out []geo.Text
	for _, r := range roles {
		out = append(out, wording.RoleTitle(r))
	}
	return wording.List(out)
}

// partNeeds looks at the layers without which the rest of the rule is judged.
func (c *ruleEvaluation) partNeeds() error {
	for _, role := range c.rule.PartNeeds {
		if c.l.Absent[role] || c.l.Present[role] && len(c.l.Unsure[role]) == 0 {
			continue
		}
		faces, always, err := c.concerns([]plan.Role{role}, true)
		if err != nil {
			return err
		}
		if !always && !c.there(faces) {
			continue
		}
		c.lack(role, wording.Textf("涉及“%[1]s”的部分未检查：缺少该底图图层，请在底图中补上后重新检查",
			"the part about “%[1]s” was not checked: that base layer is missing. Add it to the base data and check again", wording.RoleTitle(role)))
	}
	return nil
}
