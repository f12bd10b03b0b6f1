package repair

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/wording"
)

// whyNot says what stands in the way of a repair.
func (s *suggester) whyNot(targets, left []string) geo.Text {
	others := slices.DeleteFunc(slices.Clone(left), func(id string) bool { return slices.Contains(targets, id) })
	if len(others) == 0 {
		return geo.Text{ZH: "取消或裁切方案的变更不能使其符合", EN: "no changes of the plan that could be left out or cut make it hold"}
	}
	var titles []geo.Text
	for _, id := range others {
		titles = append(titles, s.Book.Rule(id).Title)
	}
	return geo.Textf("能使其符合的改动会使原来符合的规则不再符合：%s", "what would make it hold breaks rules that hold now: %s", wording.List(titles))
}

func (s *suggester) info(id string) RuleInfo {
	r := s.Book.Rule(id)
	return RuleInfo{ID: id, Title: r.Title, Level: r.Level, Clause: r.Clause}
}

// notShape says why no change of shapes repairs a rule; nothing where one may.
func (s *suggester) notShape(id string) geo.Text {
	r := s.Book.Rule(id)
	switch {
	case r.Documents != nil:
		return geo.Text{ZH: "缺的是材料，不是图形：请补齐材料", EN: "papers are missing, no shape is wrong: supply the papers"}
	case r.Require != nil:
		return geo.Text{ZH: "缺的是图斑的属性（如实测信息）：请补填", EN: "features lack what they must state, such as a survey: fill it in"}
	case r.Areas != nil:
		return geo.Text{ZH: "填报面积与图形不符：请核对填报的数", EN: "stated areas differ from the shapes: check what is stated"}
	case r.Data != nil:
		return geo.Text{ZH: "图层数据有误：请先更正数据，再求修改建议", EN: "the layers' data are wrong: correct them first, then ask again"}
	case r.Within != nil:
		return geo.Text{ZH: "整治区域本身越界：请修改整治区域范围", EN: "the project area itself leaves the county: redraw it"}
	case r.Forbid != nil && r.OwnLimit && len(r.Forbid.With) > 0: // it fails with others alone
	case r.Share != nil, r.Compare != nil, r.Blocks != nil, r.Patches != nil:
		return geo.Text{ZH: "取决于地块的构成和连片，不能由取消若干图斑算出：请调整设计", EN: "it depends on how land is made up and lies together, which leaving features out does not settle: change the design"}
	case r.Ratio == nil && r.Balance == nil && r.Quota == nil && r.Mean == nil && r.Forbid == nil:
		return geo.Text{ZH: "不是数量规则", EN: "it is no rule of quantity"}
	}
	return geo.Text{}
}
