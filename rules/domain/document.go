package domain

import (
	"slices"
	"strings"

	"landcheck/geo"
)

// document is a kind of paper. Words are those that files of it have in their
// names; where the words of several kinds fit, the longest is likeliest.
type document struct {
	Kind  string
	Title geo.Text
	Words []string
}

// documentTitles are the kinds of papers that rulebooks ask for, in the
// order in which a project needs them, with what a person calls
// them. Clauses: the opinion, 二（一） and 二（二）, 三（二）（三）, 四（五）.
func documentTitles() []document {
	return []document{
		{"village-consent", geo.Text{ZH: "嘎查村同意纳入整治区域的文件", EN: "village's consent to being included"}, []string{"同意书", "同意纳入", "纳入整治"}},
		{"plan-consent", geo.Text{ZH: "嘎查村同意实施方案的文件", EN: "village's consent to the plan"}, []string{"方案同意", "同意实施方案", "同意方案"}},
		{"villager-support", geo.Text{ZH: "村民支持材料", EN: "record of the villagers' support"}, []string{"村民支持", "会议记录", "村民代表", "签字表"}},
		{"opinion", geo.Text{ZH: "部门意见", EN: "department's opinion"}, []string{"意见", "复函"}},
		{"league-opinion", geo.Text{ZH: "盟市人民政府审核意见", EN: "league government's review"}, []string{"盟市人民政府", "市人民政府审核", "盟行政公署", "盟市审核"}},
		{"pbf-plan", geo.Text{ZH: "永久基本农田调整补划方案", EN: "plan of adjusting permanent basic farmland"}, []string{"调整补划方案", "补划方案"}},
		{"pbf-league-review", geo.Text{ZH: "盟市自然资源局对永久基本农田调整补划方案的审查意见", EN: "league bureau's review of the plan of adjusting permanent basic farmland"}, []string{"盟市自然资源局审查", "补划方案审查", "补划方案的审查"}},
		{"pbf-region-review", geo.Text{ZH: "自治区自然资源厅对永久基本农田调整补划方案的审核意见", EN: "region's review of the plan of adjusting permanent basic farmland"}, []string{"自然资源厅审核", "自治区审核", "补划方案审核", "补划方案的审核"}},
		{"province-review", geo.Text{ZH: "省级审核意见", EN: "province's review"}, []string{"省级审核", "省自然资源厅"}},
		{"region-approval", geo.Text{ZH: "自治区土地综合整治领导小组批准文件", EN: "approval by the region's leading group"}, []string{"领导小组批准", "批准文件", "批复"}},
		{"cross-county-approval", geo.Text{ZH: "跨县域流转批准文件", EN: "approval of trade across counties"}, []string{"跨县域流转", "流转批准"}},
		{"ministry-filing", geo.Text{ZH: "自然资源部备案凭证", EN: "proof of filing with the ministry"}, []string{"报部备案", "自然资源部备案"}},
		{"limited-activity-opinion", geo.Text{ZH: "生态保护红线内有限人为活动认定意见", EN: "opinion on limited activity inside the red line"}, []string{"有限人为活动"}},
		{"grassland-approval", geo.Text{ZH: "草原征占用审核文件", EN: "approval to use grassland"}, []string{"草原征占用", "征占用草原"}},
		{"felling-permit", geo.Text{ZH: "林木采伐许可证", EN: "felling permit"}, []string{"采伐许可"}},
		{"self-assessment", geo.Text{ZH: "旗县年度自评报告", EN: "county's yearly self-assessment"}, []string{"自评报告", "年度自评"}},
		{"league-assessment", geo.Text{ZH: "盟市年度初评意见", EN: "league's yearly assessment"}, []string{"年度初评", "初评意见"}},
		{"subproject-acceptance", geo.Text{ZH: "子项目验收意见", EN: "acceptance of the sub-project"}, []string{"子项目验收"}},
		{"region-pbf-acceptance", geo.Text{ZH: "自治区永久基本农田调整验收意见", EN: "region's acceptance of the changes to permanent basic farmland"}, []string{"永久基本农田验收", "永久基本农田调整验收"}},
		{"league-acceptance", geo.Text{ZH: "盟市整体验收意见", EN: "league's acceptance of the whole project"}, []string{"整体验收意见", "盟市整体验收"}},
		{"filing", geo.Text{ZH: "领导小组备案凭证", EN: "proof of filing with the leading group"}, []string{"备案凭证"}},
		{"maintenance", geo.Text{ZH: "后期管护责任文件", EN: "record of who maintains what was built"}, []string{"管护"}},
	}
}

// DocumentKinds are the kinds as plan.yaml writes them.
func DocumentKinds() []string {
	var kinds []string
	for _, d := range documentTitles() {
		kinds = append(kinds, d.Kind)
	}
	return kinds
}

// CurrentKind is the kind that a paper of an older name goes by today; a kind
// that never had another name is itself.
func CurrentKind(kind string) string {
	switch kind {
	case "league-review":
		return "league-opinion"
	case "region-review":
		return "pbf-region-review"
	}
	return kind
}

// VillageKinds are the kinds of which every village has a paper of its own.
func VillageKinds() []string { return []string{"village-consent", "plan-consent", "villager-support"} }

// DocumentTitle names a kind of paper for a person; a kind of somebody's own
// reads as written.
func DocumentTitle(kind string) geo.Text {
	for _, d := range documentTitles() {
		if d.Kind == CurrentKind(kind) {
			return d.Title
		}
	}
	return geo.Text{ZH: kind, EN: kind}
}

// DocumentWords are words in file names that papers of a kind are likely to have,
// beside the kind itself.
func DocumentWords(kind string) []string {
	for _, d := range documentTitles() {
		if d.Kind == kind {
			return d.Words
		}
	}
	return nil
}

// DepartmentWords are the words that name a department in what somebody wrote.
func DepartmentWords(department string) []string {
	return append([]string{department}, fullNames(department)...)
}

// Departments are those whose opinion is sought (the opinion, 二（一）).
func Departments() []string {
	return []string{"发展改革", "财政", "自然资源", "住建", "水利", "农牧", "文旅", "林草"}
}

// DepartmentTitle names the department that an opinion is from. Manifests
// write it in Chinese, so English keeps that beside it.
func DepartmentTitle(from string) geo.Text {
	english := map[string]string{
		"发展改革": "development and reform", "财政": "finance", "自然资源": "natural resources", "住建": "housing and construction",
		"水利": "water", "农牧": "agriculture and animal husbandry", "文旅": "culture and tourism", "林草": "forestry and grassland",
	}[from]
	if english == "" {
		return geo.Text{ZH: from, EN: from}
	}
	return geo.Text{ZH: from, EN: english + " (" + from + ")"}
}

// IsFrom reports whether what a manifest writes as the origin of an opinion is
// the department that a rule asks: 某旗水利局 is 水利. Names that departments
// bear in full are told from their short forms: 发展和改革委员会 is 发展改革.
func IsFrom(written, department string) bool {
	short := strings.NewReplacer(" ", "", "　", "", "和", "", "与", "").Replace(written)
	return slices.ContainsFunc(DepartmentWords(department), func(name string) bool {
		return strings.Contains(short, name)
	})
}

// fullNames are the words that a department's own name has in place of its
// short form.
func fullNames(department string) []string {
	switch department {
	case "发展改革":
		return []string{"发改"}
	case "住建":
		return []string{"住房城乡建设", "住房建设"}
	case "农牧":
		return []string{"农业农村", "农牧业", "农牧林"}
	case "文旅":
		return []string{"文化旅游", "文体旅游", "文化体育旅游", "旅游文化"}
	case "林草":
		return []string{"林业草原"}
	}
	return nil
}
