package evaluation

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/wording"
)

// known looks at the fields of Rule.Known on the land of Rule.KnownOn, else of among.
func (c *ruleEvaluation) known() error {
	land := c.among
	if c.rule.KnownOn.Given() {
		var err error
		if land, err = c.land(c.rule.KnownOn); err != nil {
			return err
		}
	}
	for _, path := range c.rule.Known {
		var faces []int
		var missing, whole total
		for _, i := range land {
			f := &c.l.Faces[i]
			whole.add(f.Area)
			if !c.knows(f, path) {
				faces = append(faces, i)
				missing.add(f.Area)
			}
		}
		if len(faces) > 0 {
			if faces = c.solid(faces); len(faces) == 0 {
				continue
			}
			missing = total{}
			for _, i := range faces {
				missing.add(c.l.Faces[i].Area)
			}
		}
		isGrade := path == "before.grade" || path == "after.grade"
		if len(faces) == 0 || isGrade && missing.sum() <= c.book.Parameters.GradeMissing*whole.sum() {
			continue
		}
		role := domain.Role("")
		if isGrade {
			role = wording.GradesRole
		}
		ids := idList(c.groupRefs(c.groups(faces, "")))
		c.lack(role, geo.Textf("%[1]s未知，共 %[2]s：%[3]s。%[4]s", "%[1]s is unknown on %[2]s: %[3]s. %[4]s",
			traitTitle(path), wording.Area(missing.sum()), ids, c.whereToFill(path, faces)))
	}
	return nil
}

// knows reports whether a face's trait is known. Land without a refinement
// code is land that was not refined, as long as there is a column to say so;
// after a change of class the old code does not count any more.
func (c *ruleEvaluation) knows(f *ledger.Face, path string) bool {
	s, name, _ := traitOf(f, path)
	switch name {
	case "slope":
		return s.Slope != 0
	case "grade":
		return s.Grade != 0
	case "refinement":
		return s.Refinement != "" || s.Class != f.Before.Class || !c.lacksColumn(domain.LandUse, domain.Refinement) ||
			f.Before.PBF && !c.lacksColumn(domain.PBF, domain.Refinement)
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

func (b *evaluation) lacksColumn(role domain.Role, field domain.Field) bool {
	return b.l.Present[role] && slices.Contains(b.l.Lacks[role], field)
}

// traitTitle names what a rule must know of land, such as after.slope.
func traitTitle(path string) geo.Text {
	return map[string]geo.Text{
		"before.class":      {ZH: "调整前的地类", EN: "the land class before the plan"},
		"before.slope":      {ZH: "调整前的坡度级别", EN: "the slope class before the plan"},
		"before.grade":      {ZH: "调整前的质量等别", EN: "the quality grade before the plan"},
		"before.refinement": {ZH: "调整前的图斑细化", EN: "the refinement before the plan"},
		"after.class":       {ZH: "调整后的地类", EN: "the land class after the plan"},
		"after.slope":       {ZH: "调整后的坡度级别", EN: "the slope class after the plan"},
		"after.grade":       {ZH: "调整后的质量等别", EN: "the quality grade after the plan"},
		"after.refinement":  {ZH: "调整后的图斑细化", EN: "the refinement after the plan"},
	}[path]
}

// baseColumns say a trait of land as it stands, in land use and PBF: the role
// of the layer, and layer and column as a GIS shows them.
func baseColumns(trait string) (field domain.Field, use, pbf string) {
	switch trait {
	case "slope":
		return domain.Slope, "DLTB.GDPDJB", "YJJBNTTB.GDPDJB"
	case "grade":
		return domain.Grade, "DLTB.GDDB", "YJJBNTTB.ZLDB"
	case "refinement":
		return domain.Refinement, "DLTB.TBXHDM", "YJJBNTTB.TBXHDM"
	}
	return domain.ClassField, "DLTB.DLBM", ""
}

// planColumns say a trait of land after the plan.
func planColumns(trait string) []string {
	return map[string][]string{
		"class":      {"DLBG.BGHDLBM"},
		"slope":      {"YJJBNTBH.GDPDJB", "DLBG.GDPDJB"},
		"grade":      {"YJJBNTBH.ZLDB", "DLBG.ZLDB"},
		"refinement": {"YJJBNTBH.TBXHDM", "DLBG.TBXHDM"},
	}[trait]
}

// whereToFill says what would make a trait of some faces known: a column that
// a base layer does not have at all is to be added, an empty one filled in.
// What the plan's own layers say of land after it comes first.
func (c *ruleEvaluation) whereToFill(path string, faces []int) geo.Text {
	_, trait, after := traitOf(&ledger.Face{}, path)
	onPBF := slices.ContainsFunc(faces, func(i int) bool { return c.l.Faces[i].Before.PBF })
	var fill, missing []string
	if after {
		fill = planColumns(trait)
	}
	field, use, pbf := baseColumns(trait)
	base := func(role domain.Role, column string) {
		if c.lacksColumn(role, field) {
			missing = append(missing, column)
		} else {
			fill = append(fill, column)
		}
	}
	base(domain.LandUse, use)
	if onPBF && pbf != "" {
		base(domain.PBF, pbf)
	}
	add, write := strings.Join(missing, ", "), strings.Join(fill, " / ")
	switch {
	case len(missing) == 0:
		return geo.Textf("请填写字段 %[1]s", "Fill in %[1]s", write)
	case len(fill) == 0:
		return geo.Textf("底图缺少字段 %[1]s，请补上", "The base data lacks %[1]s: add what is missing", add)
	}
	return geo.Textf("底图缺少字段 %[1]s，请补上，或填写 %[2]s", "The base data lacks %[1]s: add what is missing, or fill in %[2]s", add, write)
}
