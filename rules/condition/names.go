package condition

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// Name is one thing that conditions may ask of a face, or several of one
// meaning.
type Name struct {
	Names []string // as they are written: before.pbf
	Type  geo.Text
	Means geo.Text
}

// NameGroup is the names under one heading.
type NameGroup struct {
	Title geo.Text
	Names []Name
}

var (
	textual = geo.Text{ZH: "文字", EN: "text"}
	figure  = geo.Text{ZH: "数", EN: "number"}
	squares = geo.Text{ZH: "数，m²", EN: "number, m²"}
	logical = geo.Text{ZH: "是否", EN: "true or false"}
)

// Names are all the names of conditions with what they mean, for people who write
// rulebooks.
func Names() []NameGroup {
	return []NameGroup{
		{geo.Text{ZH: "面", EN: "The face"}, faceNames()},
		{geo.Text{ZH: "变更前和变更后", EN: "Before and after"}, stateNames()},
		{geo.Text{ZH: "变更图斑", EN: "The change"}, changeNames()},
		{geo.Text{ZH: "方案", EN: "The plan"}, []Name{
			{[]string{"plan.county"}, textual, geo.Text{ZH: "方案的旗县代码，6 位；没有写明时这样的规则不核查", EN: "code of the plan's county, 6 digits; where it is not stated such a rule is not checked"}},
			{[]string{"plan.year"}, figure, geo.Text{ZH: "核算年份，0 没有写明", EN: "year of the accounting, 0 not stated"}},
			{[]string{"plan.stage"}, textual, geo.Text{ZH: "阶段：" + words(StageNames()), EN: "stage: " + words(StageNames())}},
		}},
	}
}

func faceNames() []Name {
	return []Name{
		{[]string{"area"}, squares, geo.Text{ZH: "椭球面积", EN: "ellipsoidal area"}},
		{[]string{"width"}, geo.Text{ZH: "数，m", EN: "number, m"}, geo.Text{ZH: "平均宽度：面积的两倍除以周长", EN: "average width: twice the area by the perimeter"}},
		{[]string{"sliver"}, logical, geo.Text{ZH: "细碎图斑（parameters: 的面积和宽度）", EN: "a sliver, by the area and width under parameters:"}},
		{[]string{"in_project"}, logical, geo.Text{ZH: "在整治区域内", EN: "in the project area"}},
		{[]string{"township"}, textual, geo.Text{ZH: "苏木乡镇代码，9 位；在所有乡镇之外为空", EN: "code of the township, 9 digits; empty outside all of them"}},
		{[]string{"village"}, textual, geo.Text{ZH: "嘎查村代码，12 位", EN: "code of the village, 12 digits"}},
		{[]string{"county"}, textual, geo.Text{ZH: "所在旗县的代码，6 位", EN: "code of the county that it lies in, 6 digits"}},
		{[]string{"patch_area"}, squares, geo.Text{ZH: "所属连片图斑的面积，只用于写有 patches: 的规则", EN: "area of the patch that it belongs to; only in rules with patches:"}},
		{[]string{"sloped_block"}, squares, geo.Text{ZH: "整治前所属坡耕地连片的面积（parameters: 的 sloped_class）", EN: "area of the block of sloped cropland that it is part of as it stands (sloped_class under parameters:)"}},
		{[]string{"id"}, figure, geo.Text{ZH: "台账中的序号", EN: "its number in the ledger"}},
		{[]string{"mu"}, squares, geo.Text{ZH: "一亩的面积，10000/15：patch_area <= 20 * mu", EN: "one mu, 10000/15: patch_area <= 20 * mu"}},
	}
}

func stateNames() []Name {
	both := func(t geo.Text, zh, en string, fields ...string) Name {
		n := Name{Type: t, Means: geo.Text{ZH: zh, EN: en}}
		for _, f := range fields {
			n.Names = append(n.Names, "before."+f, "after."+f)
		}
		return n
	}
	list := []Name{
		both(textual, "地类编码（三调工作分类），空为未知", "land class (三调 working classification), empty where unknown", "class"),
		both(logical, "地类编码在三调工作分类之内", "the class is one of the classification", "known"),
	}
	for _, g := range []string{"cropland", "construction", "forest", "grassland", "wetland", "ecological", "agricultural", "unused"} {
		t := domain.ClassGroupTitle(g)
		list = append(list, both(logical, "地类属于"+t.ZH, "the class is one of "+t.EN, g))
	}
	list = append(list,
		both(figure, "坡度级别 1 至 5，0 未知", "slope class 1 to 5, 0 unknown", "slope"),
		both(figure, "质量等别 1（最好）至 15，0 未知", "quality grade 1 (best) to 15, 0 unknown", "grade"),
		both(textual, "图斑细化代码", "refinement code TBXHDM", "refinement"),
		both(logical, "不稳定耕地：细化代码为 "+words(domain.Refinements()), "unstable cropland: its refinement code is one of "+words(domain.Refinements()), "unstable"),
		both(logical, "属于永久基本农田", "permanent basic farmland", "pbf"),
		both(squares, "作为永久基本农田的净面积，不属于时为 0", "net area as permanent basic farmland, 0 where it is none", "pbf_net"),
		both(squares, "作为耕地的净面积，不是耕地时为 0", "net area as cropland, 0 where it is none", "cropland_net"),
		both(logical, "在生态保护红线内；变更后随其调整图层", "in the red line; after the plan by its change layer", "red_line"),
		both(logical, "在城镇开发边界内；变更后随其调整图层", "in the urban boundary; after the plan by its change layer", "urban"),
		Name{[]string{"before.urban_enclosed"}, logical, geo.Text{ZH: "在城镇开发边界内或其围合的空洞中", EN: "in the urban boundary or in a hole that it encloses"}},
		Name{[]string{"before.red_line_window"}, logical, geo.Text{ZH: "在生态保护红线围合的空洞（天窗）中", EN: "in a hole of the red line (天窗)"}})
	for _, role := range domain.FlagRoles() {
		if _, ok := ledger.FlagOf(role); ok {
			list = append(list, both(logical, "在"+role.Title().ZH+"内", "in "+role.Title().EN, string(role)))
		}
	}
	return list
}

func changeNames() []Name {
	every := func(t geo.Text, zh, en string, fields ...string) Name {
		n := Name{Type: t, Means: geo.Text{ZH: zh, EN: en}}
		for _, f := range fields {
			for _, c := range []string{"pbf_out", "pbf_in", "use", "urban_change", "red_line_change"} {
				n.Names = append(n.Names, c+"."+f)
			}
		}
		return n
	}
	return []Name{
		every(logical, "有这样的变更图斑盖住该面", "such a change covers the face", "exists"),
		every(figure, "年份（NF、SJNF），0 未知", "year (NF, SJNF), 0 unknown", "year"),
		every(textual, "日期 YYYYMMDD（补划验收、调出），空为未知", "date YYYYMMDD of acceptance or taking out, empty where unknown", "date"),
		every(squares, "申报面积（MJ）", "declared area (MJ)", "declared.value"),
		every(logical, "填写了申报面积", "the declared area is stated", "declared.known"),
		every(squares, "实测面积（SCMJ）", "surveyed area (SCMJ)", "surveyed.value"),
		every(logical, "填写了实测面积", "the surveyed area is stated", "surveyed.known"),
		every(textual, "实测方法："+words(domain.SurveyMethods()), "method of the survey: "+words(domain.SurveyMethods()), "survey_method"),
		every(textual, "实测日期 YYYYMMDD", "date of the survey, YYYYMMDD", "survey_date"),
		every(textual, "用途："+words(domain.Purposes()), "purpose: "+words(domain.Purposes()), "purpose"),
		every(textual, "子项目编号（XMBH）", "number of the sub-project (XMBH)", "sub_project"),
	}
}

func words(list []string) string {
	out := ""
	for i, w := range list {
		if i > 0 {
			out += " "
		}
		out += w
	}
	return out
}
