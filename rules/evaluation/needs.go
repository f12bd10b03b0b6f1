package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

// needs looks at the base layers the rule cannot do without; false where it
// cannot be judged, or need not.
func (c *ruleEvaluation) needs() (bool, error) {
	var missing []domain.Role
	for _, role := range c.rule.Needs {
		switch {
		case role == wording.GradesRole:
		case c.l.Absent[role]:
			c.nothing = true
			c.note(wording.Textf("底图声明（base.yaml 的 absent）本旗县没有“%[1]s”", "the base data says that the county has no “%[1]s” (absent: in base.yaml)", wording.RoleTitle(role)))
			return false, nil
		case len(c.l.Unsure[role]) == 0 && c.l.Present[role]:
		case role == domain.Villages && len(c.l.Unsure[role]) == 0 && len(c.l.ProjectVillages) > 0:
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
func (c *ruleEvaluation) missing(role domain.Role) geo.Text {
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

func rolesTitle(roles []domain.Role) geo.Text {
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
		faces, always, err := c.concerns([]domain.Role{role}, true)
		if err != nil {
			return err
		}
		if !always && !c.there(faces) {
			continue
		}
		c.lack(role, wording.Textf("涉及“%[1]s”的部分未核查：缺少该底图图层，请在底图中补上后重新核查",
			"the part about “%[1]s” was not checked: that base layer is missing. Add it to the base data and check again", wording.RoleTitle(role)))
	}
	return nil
}
