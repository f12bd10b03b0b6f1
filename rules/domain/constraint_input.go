package domain

import "landcheck/geo"

// inputConstraints hold what is handed in: papers, files, layers, and how the
// plan stands to the base data and to the approved plan.
func inputConstraints() []Constraint {
	return []Constraint{
		{Kind: DocumentsConstraint, Title: geo.Text{ZH: "文件", EN: "documents"},
			Example: `documents:
  need:
    - {kind: village-consent, per: village}
    - {kind: opinion, from: [水利, 财政]}
    - {one_of: [league-opinion, province-review], stages: [acceptance]}`,
			Holds:  geo.Text{ZH: "方案包里有所需文件", EN: "the package holds the papers that are wanted"},
			Needs:  geo.Text{ZH: "plan.yaml 的 documents", EN: "documents of plan.yaml"},
			Absent: geo.Text{ZH: "有 among，而没有地块满足它", EN: "`among` is given and no land meets it"},
			Parameters: []Parameter{
				param("need[].kind", "", "文件的种类", "the kind of paper"),
				param("need[].one_of", "", "任一种即可", "any one of these kinds"),
				param("need[].from", "", "这些部门各一份", "one from each of these departments"),
				param("need[].per", "", "每个嘎查村、每个子项目各一份", "one for each village or sub-project"),
				param("need[].stages", "", "须有的阶段，默认全部", "stages at which it is due; default all"),
				param("need[].when", "", "只在指标流转到外县时", "only where quota goes to another county"),
			}},
		{Kind: WithinConstraint, Title: geo.Text{ZH: "在县域内", EN: "within"},
			Example: `within: {what: project_area}`,
			Holds:   geo.Text{ZH: "整治区域除细碎图斑外在本县之内", EN: "the project area lies in the county but for slivers"},
			Parameters: []Parameter{
				param("what", "", "整治区域", "the project area"),
			}},
		{Kind: DataConstraint, Title: geo.Text{ZH: "数据质量", EN: "data"},
			Example: `data: {check: slivers, limit_m2: 10}`,
			Holds:   geo.Text{ZH: "输入数据没有某类问题", EN: "the input has no issue of a sort"},
			Parameters: []Parameter{
				param("check", "", "哪类问题：坐标系、图形、编码、字段、标识码、范围、重叠、细碎、覆盖、文件、底图", "the sort of issue: coordinate system, geometry, codes, fields, ids, extent, overlap, slivers, cover, files, base data"),
				param("limit_m2", "m²", "slivers：小于此数的变更图斑", "slivers: change features smaller than this"),
			}},
		{Kind: DeviationConstraint, Title: geo.Text{ZH: "与批准方案的偏差", EN: "deviation"},
			Example: `deviation: {share: 0.05}`,
			Holds:   geo.Text{ZH: "与批准的方案相比，没有新增的变更图斑，面积相差不超过限值", EN: "against the approved plan there is no further change, and no area is off by more than a share"},
			Needs:   geo.Text{ZH: "批准方案的 JSON 报告", EN: "the JSON report of the approved plan"},
			Absent:  geo.Text{ZH: "没有给出批准的方案", EN: "no approved plan is given"},
			Parameters: []Parameter{
				param("share", "", "允许相差的比例：0.05 即 5 %", "the share that is allowed: 0.05 is 5 %"),
			}},
	}
}
