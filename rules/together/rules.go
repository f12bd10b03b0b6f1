package together

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// Rule is one thing that plans must not do to each other.
type Rule struct {
	ID    string
	Level domain.Level
	After string // the rule about one plan whose clause is behind it
	Title geo.Text
	Help  geo.Text // what is measured, why
	Fix   geo.Text
}

// The rules between plans.
const (
	sameProject = "together-same-project"
	sameArea    = "together-area"
	inOut       = "together-in-out"
	outTwice    = "together-out"
	inTwice     = "together-in"
	sameChange  = "together-change"
	samePaper   = "together-papers"
	townshipCap = "together-township-cap"
)

// Group is the subject that the rules between plans belong to.
const Group = "together"

// Rules are all of them, in the order of reports.
func Rules() []Rule {
	return []Rule{
		{ID: sameProject, Level: domain.Advisory, After: "one-county",
			Title: geo.Text{ZH: "每个项目只给出一次", EN: "Each project is given once"},
			Help: geo.Text{ZH: "内容完全相同的方案包、项目编号相同的方案包。相同的包只计一次；同一项目的几个版本只能实施一个，彼此不比对，乡镇合计取最大的一个。",
				EN: "Packages with the same bytes, and packages with the same project code. A copy counts once; of the versions of one project only one can come to be, so they are not held against each other and the township sum takes the largest."},
			Fix: geo.Text{ZH: "只保留要报送的一个版本；若是两个项目用了同一个编号，请改正 plan.yaml 的 project.code。",
				EN: "Keep the version that is to be submitted; where two projects share a code, correct project.code of plan.yaml."}},
		{ID: sameArea, Level: domain.InPrinciple, After: "changes-in-project",
			Title: geo.Text{ZH: "整治区域互不重叠", EN: "Project areas do not overlap"},
			Help: geo.Text{ZH: "两个项目的整治区域（ZZQY）共有的土地。同一片土地列入两个项目，增减都会计算两次。边界上的细碎图斑（平均宽度不足 0.05 米或不足 1 平方米）不算。",
				EN: "Land that the project areas (ZZQY) of two projects share: whatever changes there would count twice. Slivers along a border (under 0.05 m wide on average, or under 1 m²) are none."},
			Fix: geo.Text{ZH: "从其中一个项目的整治区域中划出重叠部分，或合并为一个项目。", EN: "Take what they share out of one project's area, or make them one project."}},
		{ID: inOut, Level: domain.Mandatory, After: "pbf-area-kept",
			Title: geo.Text{ZH: "一个项目补划的地块，另一个项目不调出", EN: "What one plan brings into PBF no other takes out"},
			Help: geo.Text{ZH: "一个方案的补划地块落在另一个方案的调出地块内的部分：补进来的永久基本农田又被调出，补划落空。",
				EN: "Land of one plan's 补划 in another plan's 调出: PBF that compensates for something leaves again, and the compensation is void."},
			Fix: geo.Text{ZH: "从调出中去掉这块地，或另选补划地块。", EN: "Leave the land out of 调出, or choose other land as compensation."}},
		{ID: outTwice, Level: domain.Mandatory, After: "pbf-area-kept",
			Title: geo.Text{ZH: "同一块永久基本农田不调出两次", EN: "The same PBF is not taken out twice"},
			Help:  geo.Text{ZH: "两个方案的调出地块共有的土地。", EN: "Land that the 调出 of two plans share."},
			Fix:   geo.Text{ZH: "由其中一个项目调出，另一个项目去掉这块地。", EN: "Let one of the projects take it out, and leave it out of the other."}},
		{ID: inTwice, Level: domain.Mandatory, After: "pbf-area-kept",
			Title: geo.Text{ZH: "同一块地不补划两次", EN: "The same land does not compensate twice"},
			Help:  geo.Text{ZH: "两个方案的补划地块共有的土地：一块地只能抵一次调出。", EN: "Land that the 补划 of two plans share: it can make up for one loss only."},
			Fix:   geo.Text{ZH: "由其中一个项目补划，另一个项目另选地块。", EN: "Let one of the projects bring it in, and choose other land for the other."}},
		{ID: sameChange, Level: domain.Mandatory, After: "cropland-area-kept",
			Title: geo.Text{ZH: "同一块土地只由一个方案改变", EN: "No land is changed by two plans"},
			Help: geo.Text{ZH: "两个方案的任意两个变更地块共有、不属于以上三条的土地：结果互相矛盾，或重复计算。",
				EN: "Land that any two changes of two plans share, beyond the three rules above: they contradict each other, or count twice."},
			Fix: geo.Text{ZH: "由其中一个方案改变这块地，另一个方案去掉。", EN: "Let one of the plans change the land, and leave it out of the other."}},
		{ID: samePaper, Level: domain.Mandatory, After: "village-consent",
			Title: geo.Text{ZH: "一份同意材料只用于一个方案", EN: "A consent serves one plan"},
			Help: geo.Text{ZH: "同一嘎查村的同一份材料（文件内容相同，或 plan.yaml 写明的文号相同）用于两个项目即不符合；部门意见、审核和批准文件可以同时写明几个方案，只作提示。",
				EN: "The same paper of one village (the same bytes, or the same number: in plan.yaml) in two projects fails. An opinion, review or approval may name several plans: that warns alone."},
			Fix: geo.Text{ZH: "由该嘎查村对每个方案分别出具，写明方案名称。", EN: "Have the village give one for each plan that names it."}},
		{ID: townshipCap, Level: domain.InPrinciple, After: capRule,
			Title: geo.Text{ZH: "各项目合计调出不超过乡镇的上限", EN: "All projects together keep to the limit of a township"},
			Help: geo.Text{ZH: "每个乡镇：各方案调出的净面积，加 plan.yaml prior: 所列此前项目的调出（同一项目按编号只计一次），除以划定面积。上限取各方案规则册中最小的。",
				EN: "For each township: net PBF that the plans take out, plus what earlier projects under prior: of plan.yaml took (each project once, by its code), over the designated area. The limit is the least of the plans' rulebooks."},
			Fix: geo.Text{ZH: "减少其中一个方案在该乡镇的调出，或每个方案都附该乡镇的论证材料（justifications: pbf-township-cap）。",
				EN: "Take less out of the township in one of the plans, or justify it in every one of them (justifications: pbf-township-cap)."}},
	}
}
