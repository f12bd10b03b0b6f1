package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

func (k *Claims) formula() []geo.Text {
	return []geo.Text{{ZH: "列出变更图斑所报、与底图不同的质量等别、坡度、扣除系数和图斑细化；未采用的和没有子项目编号的提示",
		EN: "Grades, slopes, ridge coefficients and refinements that changes state and the base data has otherwise; those not counted, and those without a sub-project, are warned of"}}
}

func (k *Deviation) formula() []geo.Text {
	return []geo.Text{geo.Textf("对照批准的方案的报告：图层和编号相同的图斑，面积相差 ≤ %[1]s × 批准面积；没有批准过的图斑个数 = 0",
		"Against the report of the approved plan: features of one layer and id, areas off by ≤ %[1]s × the area approved; features that were not approved: 0", k.Share.Text)}
}

func (k *Documents) formula() []geo.Text {
	var out []geo.Text
	for _, p := range k.Need {
		kinds := p.OneOf
		if p.Kind != "" {
			kinds = append([]string{p.Kind}, kinds...)
		}
		var papers []geo.Text
		for _, kind := range kinds {
			papers = append(papers, geo.Textf("%[1]s（%[2]s）", "%[1]s (%[2]s)", domain.DocumentTitle(kind), kind))
		}
		what := wording.List(papers)
		if len(papers) > 1 {
			what = geo.Textf("以下之一：%s", "one of %s", what)
		}
		if len(p.Stages) > 0 {
			what = geo.Textf("%[1]s（阶段：%[2]s）", "%[1]s (stages: %[2]s)", what, stagesText(p.Stages))
		}
		if p.When == "quota-leaves-county" {
			what = geo.Textf("%s（指标流转到本县以外时）", "%s (where quota goes to another county)", what)
		}
		switch {
		case p.Per == "subproject":
			out = append(out, geo.Textf("每个子项目一份：%s", "One for every sub-project: %s", what))
		case p.Per == "village":
			out = append(out, geo.Textf("整治区域涉及的每个村一份：%s", "One for every village that the project area touches: %s", what))
		case len(p.From) > 0:
			out = append(out, geo.Textf("%[2]s 各一份：%[1]s", "From each of %[2]s: %[1]s", what, strings.Join(p.From, "、")))
		default:
			out = append(out, geo.Textf("方案包内有：%s", "In the package: %s", what))
		}
	}
	return out
}

func (k *Within) formula() []geo.Text {
	return []geo.Text{{ZH: "整治区域在方案旗县以外的面积 ≤ sliver_area_m2", EN: "The project area outside the plan's county ≤ sliver_area_m2"}}
}

func (k *Data) formula() []geo.Text {
	switch k.Check {
	case "overlap":
		return []geo.Text{{ZH: "同一图层两个图斑共同占有的地块（细碎图斑除外）的个数 = 0", EN: "Pieces of land, slivers aside, that two features of one layer both claim: 0"}}
	case "slivers":
		return []geo.Text{geo.Textf("面积小于 %s m² 的变更图斑个数 = 0", "Change features below %s m²: 0", k.Limit.Text)}
	case "complete":
		return []geo.Text{{ZH: "方案包中既不是图层、附件或随附文件，也未列入 ignore 的文件个数 = 0", EN: "Files of the package that are no layer, paper or companion and that ignore: does not name: 0"}}
	case "base":
		return []geo.Text{{ZH: "变更地块下的底图问题：列出并给出存疑面积", EN: "Faults of base data under changed land, with the area in doubt"}}
	case "cover":
		return []geo.Text{{ZH: "变更地块落在地类图斑或行政区以外的面积（细碎图斑除外）= 0", EN: "Changed land, slivers aside, outside the land-use parcels or the townships: 0 m²"},
			{ZH: "有整治后地类图斑的，整治区域内该图层未覆盖的面积（细碎图斑除外）= 0", EN: "With land use after consolidation, the project area, slivers aside, that it leaves uncovered: 0 m²"}}
	}
	return []geo.Text{geo.Textf("读入时发现的此类问题个数（data-%s）= 0", "Flaws of this sort found on reading (data-%s): 0", k.Check)}
}
