package evaluation

import (
	"slices"

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
		case c.absent(role):
			c.nothing = true
			c.note(geo.Textf("底图声明（base.yaml 的 absent）本旗县没有“%[1]s”", "the base data says that the county has no “%[1]s” (absent: in base.yaml)", wording.RoleTitle(role)))
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
		c.note(geo.Textf("缺少底图图层“%[1]s”，但方案没有本条所涉及的变化", "the base layer “%[1]s” is missing, but the plan has no change that this rule could be about", rolesTitle(missing)))
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

// absent tells whether the county has nothing of a role: base.yaml says so, and
// neither a layer of a name that comes near nor the plan itself says otherwise.
func (b *evaluation) absent(role domain.Role) bool {
	return b.l.Absent[role] && len(b.l.Unsure[role]) == 0 && !b.moves(role)
}

// moves tells whether the plan takes land out of a role or adds some.
func (b *evaluation) moves(role domain.Role) bool {
	of := map[domain.Role][]domain.Role{
		domain.PBF: {domain.PBFOut, domain.PBFIn}, domain.RedLine: {domain.RedAdded, domain.RedRemoved}, domain.UrbanBoundary: {domain.UrbanAdded, domain.UrbanRemoved},
	}[role]
	for i := range b.l.Plan.Changes {
		if slices.Contains(of, b.l.Plan.Changes[i].Role) {
			return true
		}
	}
	return false
}

// missing says which layer is wanted; one that was left unread because its
// name only comes near the role's is named.
func (c *ruleEvaluation) missing(role domain.Role) geo.Text {
	if near := c.l.Unsure[role]; len(near) > 0 {
		return geo.Textf("底图中的 %[2]s 没有读入，而名称与“%[1]s”相近：请按规定命名，或在 base.yaml 的 layers 下指明，或移走", "%[2]s of the base data was not read, and its name comes near that of “%[1]s”: give it the layer's name, name it under layers in base.yaml, or take it away",
			wording.RoleTitle(role), wording.List(sames(near)))
	}
	if c.l.Absent[role] {
		return geo.Textf("base.yaml 的 absent 写明没有“%[1]s”，而方案对它作了调整：请补上该图层", "absent in base.yaml says that there is no “%[1]s”, but the plan changes it: add the layer", wording.RoleTitle(role))
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
		if c.absent(role) || c.l.Present[role] && len(c.l.Unsure[role]) == 0 {
			continue
		}
		faces, always, err := c.concerns([]domain.Role{role}, true)
		if err != nil {
			return err
		}
		if !always && !c.there(faces) {
			continue
		}
		c.lack(role, geo.Textf("涉及“%[1]s”的部分未核查：缺少该底图图层，请在底图中补上后重新核查",
			"the part about “%[1]s” was not checked: that base layer is missing. Add it to the base data and check again", wording.RoleTitle(role)))
	}
	return nil
}
