package domain

import "landcheck/geo"

// landConstraints hold land piece by piece: what no face may be, what each
// change must carry.
func landConstraints() []Constraint {
	change := param("change", "", "问题归到哪类变更；默认为覆盖此面的第一类", "the change that a finding is about; default the first that covers the face")
	return []Constraint{
		{Kind: ForbidConstraint, Title: geo.Text{ZH: "禁止", EN: "forbid"},
			Example: `forbid:
  where: before.basic_grassland && after.construction
  change: use
  unless: {that: 'use.purpose in ["NMZZ", "NCGL"]', document: grassland-approval}`,
			Holds:  geo.Text{ZH: "除细碎图斑外，没有面满足条件", EN: "no face beyond slivers meets a condition"},
			Absent: geo.Text{ZH: "有 among，而没有地块满足它", EN: "`among` is given and no land meets it"},
			Parameters: []Parameter{
				param("where", "", "不得有的土地", "the land that there must not be"),
				param("scope", "", "整个方案（默认）或逐乡镇", "the plan (default), or each township"),
				change,
				param("unless.that", "", "例外的土地", "the land that is excused"),
				param("unless.document", "", "例外所需文件的种类", "the kind of paper that excuses it"),
				param("with", "", "同一规则册里也不得不符合的规则", "rules of the book that must not fail either"),
				param("warn", "", "只提示的土地", "land that is warned of and breaks nothing"),
				param("tell[].that", "", "问题中要说明的那部分土地", "the part of a finding's land that a sentence is about"),
				param("tell[].text", "", "说明，{part} 为其面积", "the sentence; {part} is the area of that land"),
			}},
		{Kind: RequireConstraint, Title: geo.Text{ZH: "必备", EN: "require"},
			Example: `require:
  change: use
  where: "!before.cropland && after.cropland"
  each:
    - {that: use.surveyed.known, stages: [acceptance], lack: {zh: 缺少实测面积, en: no surveyed area}}`,
			Holds:  geo.Text{ZH: "涉及某类土地的每个变更图斑满足每项要求", EN: "each change of some land satisfies every demand"},
			Absent: geo.Text{ZH: "没有这样的变更图斑", EN: "there is no such change"},
			Parameters: []Parameter{
				param("change", "", "哪类变更", "the sort of change"),
				param("where", "", "变更须涉及的土地（细碎图斑除外）", "land that the change has to cover (beyond slivers)"),
				param("subprojects", "", "子项目验收时只核查本次验收的子项目", "at sub-project acceptance: only changes of the sub-projects up for it"),
				param("each[].that", "", "要求", "the demand"),
				param("each[].stages", "", "要求适用的阶段，默认全部", "stages of the demand; default all"),
				param("each[].warn", "", "不满足只提示", "unmet, it is a warning only"),
				param("each[].lack", "", "不满足时缺什么", "what is lacking where it is unmet"),
			}},
		{Kind: ListConstraint, Title: geo.Text{ZH: "列出", EN: "list"},
			Example: `list: {of: area, where: "!before.ecological && after.ecological", change: use}`,
			Holds:   geo.Text{ZH: "列出某类土地，不作判定", EN: "land that is shown and not judged"},
			Absent:  geo.Text{ZH: "没有这类土地", EN: "there is no such land"},
			Parameters: []Parameter{
				param("of", "m²", "对什么求和", "what is summed"),
				param("where", "", "列出的土地", "the land that is shown"),
				change,
				param("warn", "", "其中须提示的土地", "the part of it that is warned of"),
			}},
		{Kind: AreasConstraint, Title: geo.Text{ZH: "填报面积", EN: "areas"},
			Example: `areas: {stated: surveyed, where: "!before.cropland && after.cropland", absolute_m2: 1, share: 0.001}`,
			Holds:   geo.Text{ZH: "变更图斑填报的面积与计算面积相差不超过 absolute_m2 与 share × 计算面积中的较大者", EN: "a stated area of each change is off the computed one by no more than the larger of absolute_m2 and share × computed"},
			Absent:  geo.Text{ZH: "没有图斑填报面积", EN: "no feature states an area"},
			Parameters: []Parameter{
				param("stated", "", "MJ（declared）或 SCMJ（surveyed）", "MJ (declared) or SCMJ (surveyed)"),
				param("where", "", "只核查涉及此类土地的图斑，默认全部", "only features with such land; default all"),
				param("absolute_m2", "m²", "允许相差的面积", "the difference that is allowed"),
				param("share", "", "允许相差的比例：0.001 即 0.1 %", "the share that is allowed: 0.001 is 0.1 %"),
			}},
		{Kind: ClaimsConstraint, Title: geo.Text{ZH: "填报质量", EN: "claims"},
			Example: `claims: {}`,
			Holds:   geo.Text{ZH: "列出变更图斑所报、与底图不同的等别、坡度、扣除地类系数和图斑细化，未采用的提示", EN: "grades, slopes, ridge coefficients and refinements that changes state otherwise than the base are shown; those not counted are warned of"},
			Absent:  geo.Text{ZH: "没有这样的填报", EN: "there are none"}},
	}
}
