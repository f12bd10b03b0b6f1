package rules

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// known looks at the fields of Rule.Known on the land of among.
func (c *court) known() error {
	for _, path := range c.rule.Known {
		var faces []int
		var missing, whole total
		for _, i := range c.clear(c.among) {
			f := &c.l.Faces[i]
			whole.add(f.Area)
			if !c.knows(f, path) {
				faces = append(faces, i)
				missing.add(f.Area)
			}
		}
		isGrade := path == "before.grade" || path == "after.grade"
		if len(faces) == 0 || isGrade && missing.sum() <= c.book.Parameters.GradeMissing*whole.sum() {
			continue
		}
		role := plan.Role("")
		if isGrade {
			role = gradesRole
		}
		ids := idList(c.groupRefs(c.groups(faces, "")))
		c.lack(role, textf("%[1]s未知，共 %[2]s：%[3]s。%[4]s", "%[1]s is unknown on %[2]s: %[3]s. %[4]s",
			traitTitle(path), squareMetres(missing.sum()), ids, c.whereToFill(path, faces)))
	}
	return nil
}

// knows reports whether a face's trait is known. Land without a refinement
// code is land that was not refined, as long as there is a column to say so;
// after a change of class the old code does not count any more.
func (c *court) knows(f *ledger.Face, path string) bool {
	s, name, _ := traitOf(f, path)
	switch name {
	case "slope":
		return s.Slope != 0
	case "grade":
		return s.Grade != 0
	case "refinement":
		return s.Refinement != "" || s.Class != f.Before.Class || !c.lacksColumn(plan.LandUse, plan.Refinement) ||
			f.Before.PBF && !c.lacksColumn(plan.PBF, plan.Refinement)
	}
	return s.Class != ""
}

// traitOf reads a path such as after.slope: the state, the trait.
func traitOf(f *ledger.Face, path string) (state *ledger.State, trait string, after bool) {
	when, trait, _ := strings.Cut(path, ".")
	if when == "after" {
		return &f.After, trait, true
	}
	return &f.Before, trait, false
}

func (b *bench) lacksColumn(role plan.Role, field plan.Field) bool {
	return b.l.Present[role] && slices.Contains(b.l.Lacks[role], field)
}

// traitTitle names what a rule must know of land, such as after.slope.
func traitTitle(path string) geo.Text {
	when, what, _ := strings.Cut(path, ".")
	title := map[string]geo.Text{
		"class":      {ZH: "地类", EN: "land class"},
		"slope":      {ZH: "坡度级别", EN: "slope class"},
		"grade":      {ZH: "质量等别", EN: "quality grade"},
		"refinement": {ZH: "图斑细化", EN: "refinement"},
	}[what]
	if when == "after" {
		return geo.Text{ZH: "调整后的" + title.ZH, EN: "the " + title.EN + " after the plan"}
	}
	return geo.Text{ZH: "调整前的" + title.ZH, EN: "the " + title.EN + " before the plan"}
}

// column is where a layer says a trait.
type column struct {
	role        plan.Role
	name, layer string
}

// baseColumns say a trait of land as it stands, in land use and PBF.
func baseColumns(trait string) (field plan.Field, all []column) {
	of := func(field plan.Field, use, pbf string) (plan.Field, []column) {
		all := []column{{plan.LandUse, use, "DLTB"}}
		if pbf != "" {
			all = append(all, column{plan.PBF, pbf, "YJJBNTTB"})
		}
		return field, all
	}
	switch trait {
	case "slope":
		return of(plan.Slope, "GDPDJB", "GDPDJB")
	case "grade":
		return of(plan.Grade, "GDDB", "ZLDB")
	case "refinement":
		return of(plan.Refinement, "TBXHDM", "TBXHDM")
	}
	return of(plan.ClassField, "DLBM", "")
}

// whereToFill says what would make a trait of some faces known: a column that
// a base layer does not have at all is to be added, an empty one filled in.
// What the plan's own layers say of land after it comes first.
func (c *court) whereToFill(path string, faces []int) geo.Text {
	_, trait, after := traitOf(&ledger.Face{}, path)
	onPBF := slices.ContainsFunc(faces, func(i int) bool { return c.l.Faces[i].Before.PBF })
	fill := ""
	if after {
		fill = map[string]string{"class": "BGHDLBM（DLBG）", "slope": "GDPDJB（YJJBNTBH、DLBG）", "grade": "ZLDB（YJJBNTBH、DLBG）", "refinement": "TBXHDM（YJJBNTBH、DLBG）"}[trait]
	}
	var missing []geo.Text
	field, all := baseColumns(trait)
	for _, col := range all {
		switch {
		case col.role == plan.PBF && !onPBF:
		case c.lacksColumn(col.role, field):
			missing = append(missing, textf("图层“%[1]s”缺少字段 %[2]s", "column %[2]s is missing in layer %[1]s", roleTitle(col.role), col.name))
		default:
			if fill != "" {
				fill += "或 "
			}
			fill += col.name + "（" + col.layer + "）"
		}
	}
	en := strings.NewReplacer("（", " (", "）", ")", "、", ", ", "或 ", " or ").Replace(fill)
	if len(missing) == 0 {
		return geo.Textf("请填写 %[1]s", "Fill in %[2]s", fill, en)
	}
	var zh, english []string
	for _, t := range missing {
		zh, english = append(zh, t.ZH), append(english, t.EN)
	}
	what := geo.Text{ZH: strings.Join(zh, "，"), EN: capital(strings.Join(english, " and "))}
	if fill == "" {
		return textf("%s，请补上", "%s: add it", what)
	}
	return geo.Textf("%[1]s，请补上，或填写 %[3]s", "%[2]s: add it, or fill in %[4]s", what.ZH, what.EN, fill, en)
}
