package plan

import "landcheck/geo"

// documentTitles are the kinds of papers that the built-in rulebooks ask for,
// with what a person calls them.
func documentTitles() []struct {
	Kind  string
	Title geo.Text
} {
	return []struct {
		Kind  string
		Title geo.Text
	}{
		{"village-consent", geo.Text{ZH: "村民同意书", EN: "village consent"}},
		{"opinion", geo.Text{ZH: "部门意见", EN: "department's opinion"}},
		{"league-review", geo.Text{ZH: "盟市审核意见", EN: "league's review"}},
		{"region-review", geo.Text{ZH: "自治区审核意见", EN: "region's review"}},
		{"province-review", geo.Text{ZH: "省级审核意见", EN: "province's review"}},
		{"ministry-filing", geo.Text{ZH: "自然资源部备案凭证", EN: "proof of filing with the ministry"}},
		{"cross-county-approval", geo.Text{ZH: "跨县域流转批准文件", EN: "approval of trade across counties"}},
		{"grassland-approval", geo.Text{ZH: "草原征占用审核文件", EN: "approval to use grassland"}},
		{"felling-permit", geo.Text{ZH: "林木采伐许可证", EN: "felling permit"}},
	}
}

// documentKinds are the kinds as plan.yaml writes them.
func documentKinds() []string {
	var kinds []string
	for _, d := range documentTitles() {
		kinds = append(kinds, d.Kind)
	}
	return kinds
}

// DocumentTitle names a kind of paper for a person; a kind of somebody's own
// reads as written.
func DocumentTitle(kind string) geo.Text {
	for _, d := range documentTitles() {
		if d.Kind == kind {
			return d.Title
		}
	}
	return geo.Text{ZH: kind, EN: kind}
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
