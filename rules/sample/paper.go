package sample

import "fmt"

// papers adds the documents that a plan needs from proposal to acceptance: the
// consent of every village, the departments' opinions, reviews and filing.
func (d *draft) papers() {
	c := d.county
	for row := range c.side {
		v := c.village(1, row)
		d.documents = append(d.documents, document{
			kind: "village-consent", village: c.villageCode(v), file: fmt.Sprintf("docs/同意书-%s.txt", villageName(v)),
			text: fmt.Sprintf("%s村民代表会议同意将本村纳入%s整治区域。\n\n示例数据，不具法律效力。\n", villageName(v), d.name),
		})
	}
	for _, from := range []string{"发展改革", "财政", "自然资源", "住建", "水利", "农牧", "文旅", "林草"} {
		d.documents = append(d.documents, document{
			kind: "opinion", from: from, file: fmt.Sprintf("docs/%s意见.txt", from),
			text: fmt.Sprintf("%s部门对%s实施方案无不同意见。\n\n示例数据，不具法律效力。\n", from, d.name),
		})
	}
	for _, review := range [][2]string{
		{"league-review", "盟市审核意见"}, {"region-review", "自治区审核意见"}, {"ministry-filing", "报部备案回执"},
	} {
		d.documents = append(d.documents, document{
			kind: review[0], file: "docs/" + review[1] + ".txt",
			text: fmt.Sprintf("%s：%s永久基本农田调整补划方案。\n\n示例数据，不具法律效力。\n", review[1], d.name),
		})
	}
}
