package domain

import "landcheck/geo"

// figureConstraints hold sums over land against a limit or against each other.
func figureConstraints() []Constraint {
	return []Constraint{
		{Kind: RatioConstraint, Title: geo.Text{ZH: "比例", EN: "ratio"},
			Example: `ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: designated, scope: township, limit: 0.05}`,
			Holds:   geo.Text{ZH: "一项合计与另一项合计之比不超过（或不低于）限值，以 0.01 平方米的整数比较", EN: "a sum over another is no more (or no less) than a limit, compared in integers of 0.01 m²"},
			Absent:  geo.Text{ZH: "op 为 <= 而合计为 0，或 op 为 >= 而分母为 0", EN: "the sum is 0 (op <=), or the denominator is 0 (op >=)"},
			Parameters: []Parameter{
				param("of", "m²", "分子：对什么求和", "the numerator: what is summed"),
				param("where", "", "计入的地块；合计名不带", "the land that counts; a total takes none"),
				param("over", "m²", "分母", "the denominator"),
				param("scope", "", "整个方案（默认）或逐乡镇", "the plan (default), or each township"),
				param("op", "", "默认 <=", "default <="),
				param("limit", "", "限值：0.05 即 5 %", "the limit: 0.05 is 5 %"),
			}},
		{Kind: ShareConstraint, Title: geo.Text{ZH: "占比", EN: "share"},
			Example: `share:
  of:   {of: after.pbf_net, where: "!before.pbf && after.pbf", part: 'after.class in ["0101", "0102"]'}
  than: {of: before.pbf_net, where: before.pbf && !after.pbf, part: 'before.class in ["0101", "0102"]'}`,
			Holds:  geo.Text{ZH: "一类土地中某一部分的占比，不低于另一类土地中相应部分的占比", EN: "the part of a sort in some land is no smaller than that in other land"},
			Absent: geo.Text{ZH: "任一侧除细碎图斑外没有土地", EN: "either side has no land beyond slivers"},
			Parameters: []Parameter{
				param("of", "m²", "受约束的土地及其一部分", "the land that is held, and its part"),
				param("than", "m²", "对照的土地及其一部分", "the land that it is held against, and its part"),
			}},
		{Kind: BalanceConstraint, Title: geo.Text{ZH: "平衡", EN: "balance"},
			Example: `balance:
  plus:  {of: after.pbf_net, where: "!before.pbf && after.pbf"}
  minus: {of: before.pbf_net, where: before.pbf && !after.pbf}
  scope: date
  plus_when: pbf_in
  minus_when: pbf_out`,
			Holds:  geo.Text{ZH: "增加的合计减去（系数乘）减少的合计不小于 0，或不小于一项合计的若干", EN: "what is added less (a factor times) what is taken is at least 0, or a share of a total"},
			Absent: geo.Text{ZH: "两侧都没有面", EN: "neither side has a face"},
			Parameters: []Parameter{
				param("plus", "m²", "增加", "what is added"),
				param("minus", "m²", "减少", "what is taken"),
				param("factor", "", "减少的系数，默认 1", "times what is taken; default 1"),
				param("surplus.share", "", "盈余至少占 surplus.of 的多少：0.05 即 5 %", "the surplus is at least this share of surplus.of: 0.05 is 5 %"),
				param("surplus.of", "m²", "盈余所占的合计", "the total that the surplus is a share of"),
				param("scope", "", "整个方案（默认）、整治区域内，或逐日累计", "the plan (default), the project area, or cumulated by date"),
				param("also", "", "与 scope: project 连用：对全部面也核查一次", "with scope project: over all faces as well"),
				param("plus_when", "", "scope: date 时，增加以哪类变更的日期为准", "scope date: the change whose date counts for what is added"),
				param("minus_when", "", "scope: date 时，减少以哪类变更的日期为准", "scope date: the change whose date counts for what is taken"),
				param("yearly.stages", "", "逐年累计的阶段，默认全部", "stages at which it is cumulated by year; default all"),
				param("yearly.when", "", "年度取自哪类变更", "the change whose year counts"),
			}},
		{Kind: MeanConstraint, Title: geo.Text{ZH: "平均等别（坡度）", EN: "mean"},
			Example: `mean:
  better: {value: after.grade, of: after.pbf_net, where: "!before.pbf && after.pbf"}
  than:   {value: before.grade, of: before.pbf_net, where: before.pbf && !after.pbf}`,
			Holds:  geo.Text{ZH: "一类土地按面积加权的平均等别或坡度级别，不劣于（不高于）另一类", EN: "the mean grade or slope class of some land, weighted by area, is no worse (higher) than that of other land"},
			Absent: geo.Text{ZH: "没有一项比较的两侧都有细碎图斑以外的土地", EN: "no comparison has land beyond slivers on both sides"},
			Parameters: []Parameter{
				param("better", "", "受约束的土地及其数值", "the land that is held, and its value"),
				param("than", "", "对照的土地及其数值", "the land that it is held against, and its value"),
				param("measures[].label", "", "比较的名称", "what the comparison is called"),
				param("measures[].better", "", "受约束的土地及其数值", "the land that is held, and its value"),
				param("measures[].than", "", "对照的土地及其数值", "the land that it is held against, and its value"),
				param("measures[].shown", "", "只列出，不判定", "reported, never judged"),
			}},
		{Kind: CompareConstraint, Title: geo.Text{ZH: "图块比较", EN: "compare"},
			Example: `compare:
  of:      {of: after.pbf_net, where: "!before.pbf && after.pbf"}
  against: {of: before.pbf_net, where: before.pbf && !after.pbf}
  hold: [mean_larger, total_within]`,
			Holds:  geo.Text{ZH: "一类土地的图块，平均更大、片数不多于或总面积不超过另一类", EN: "the patches of some land are larger on average, no more, or no larger in total than those of other land"},
			Absent: geo.Text{ZH: "of 没有土地；除 total_within 外，against 没有土地", EN: "`of` has no land or, but for total_within, `against` has none"},
			Parameters: []Parameter{
				param("of", "m²", "受约束的土地", "the land that is held"),
				param("against", "m²", "对照的土地", "the land that it is held against"),
				param("hold", "", "平均面积不小于、片数不多于、总面积不超过", "mean no smaller, count no larger, total no larger"),
				param("gap_m", "m", "相距不足此数的面连为一片；0 须有公共边", "faces nearer than this are one patch; 0: they must share a border"),
			}},
		{Kind: BlocksConstraint, Title: geo.Text{ZH: "耕地连片度", EN: "blocks"},
			Example: `blocks: {gap_m: 12, barriers: ["1001", "1003", "1101"]}`,
			Holds:   geo.Text{ZH: "整治区域耕地按面积加权的平均连片面积 Σa²/Σa 不下降", EN: "the area-weighted mean block of cropland in the project area, Σa²/Σa, does not fall"},
			Parameters: []Parameter{
				param("gap_m", "m", "相距不足此数的地块连为一片", "parcels nearer than this are one block"),
				param("barriers", "", "隔断连片的地类编码", "codes of land classes that part blocks"),
			}},
		{Kind: QuotaConstraint, Title: geo.Text{ZH: "指标", EN: "quota"},
			Example: `quota:
  released: {of: area, where: before.construction && !after.construction}
  used:     {of: area, where: "!before.construction && after.construction"}
  document: cross-county-approval`,
			Holds:  geo.Text{ZH: "plan.yaml 所列指标不超过腾退的建设用地（腾退减使用），先保障本地，流转到外县有批准文件", EN: "the quota of plan.yaml is no more than the construction land released less that used, local needs come first, and trade with another county has its paper"},
			Needs:  geo.Text{ZH: "plan.yaml 的 quota", EN: "quota of plan.yaml"},
			Absent: geo.Text{ZH: "plan.yaml 没有 quota", EN: "plan.yaml has no quota"},
			Parameters: []Parameter{
				param("released", "m²", "腾退的建设用地", "construction land released"),
				param("used", "m²", "使用的建设用地", "construction land used"),
				param("document", "", "流转到外县所需文件的种类", "the kind of paper that trade with another county needs"),
			}},
	}
}
