package sample

import (
	"fmt"
	"slices"
)

// papers adds the documents that a plan needs from proposal to acceptance:
// what every village and department says, reviews, approval, assessments and
// acceptance. Those of sub-projects come with the manifest (subProjectPapers).
func (d *draft) papers() {
	c := d.county
	for row := range c.side {
		name := villageName(c.village(1, row))
		for _, p := range [][3]string{
			{"village-consent", "同意书", "村民代表会议同意将本村纳入%s整治区域。"},
			{"plan-consent", "方案同意书", "村农村集体经济组织同意%s实施方案。"},
			{"villager-support", "村民支持材料", "村民代表会议记录：到会村民代表三分之二以上支持%s。"},
		} {
			d.documents = append(d.documents, document{
				kind: p[0], village: c.villageCode(c.village(1, row)), file: fmt.Sprintf("docs/%s-%s.txt", p[1], name),
				text: name + fmt.Sprintf(p[2], d.name) + noForce,
			})
		}
	}
	for _, from := range []string{"发展改革", "财政", "自然资源", "住建", "水利", "农牧", "文旅", "林草"} {
		d.documents = append(d.documents, document{
			kind: "opinion", from: from, file: fmt.Sprintf("docs/%s意见.txt", from),
			text: fmt.Sprintf("%s部门对%s实施方案无不同意见。", from, d.name) + noForce,
		})
	}
	for _, p := range [][2]string{
		{"league-opinion", "盟市人民政府审核意见"}, {"pbf-plan", "永久基本农田调整补划方案"},
		{"pbf-league-review", "盟市自然资源局审查意见"}, {"pbf-region-review", "自治区自然资源厅审核意见"}, {"ministry-filing", "报部备案回执"},
		{"region-approval", "自治区领导小组批准文件"}, {"self-assessment", "年度自评报告"}, {"league-assessment", "盟市年度初评意见"},
		{"region-pbf-acceptance", "自治区永久基本农田验收意见"}, {"league-acceptance", "盟市整体验收意见"}, {"filing", "领导小组备案凭证"}, {"maintenance", "后期管护责任书"},
	} {
		d.documents = append(d.documents, document{kind: p[0], file: "docs/" + p[1] + ".txt", text: p[1] + "：" + d.name + "。" + noForce})
	}
}

const noForce = "\n\n示例数据，不具法律效力。\n"

// subProjectPapers are the acceptances of the sub-projects that the changes
// name; none where the plan holds no papers at all.
func (d *draft) subProjectPapers() (out []document) {
	if len(d.documents) == 0 {
		return nil
	}
	var numbers []string
	for _, c := range slices.Concat(d.out, d.in, d.use) {
		if c.subProject != "" {
			numbers = append(numbers, c.subProject)
		}
	}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		out = append(out, document{kind: "subproject-acceptance", subProject: n, file: "docs/子项目验收意见-" + n + ".txt",
			text: fmt.Sprintf("%s子项目 %s 验收合格。", d.name, n) + noForce})
	}
	return out
}
