package template

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// folders are those for papers, as plan.yaml names them.
func folders() []string { return []string{"docs/villages", "docs/departments", "docs/reviews"} }

// folderOf is where a kind of paper goes.
func folderOf(kind string) string {
	for _, k := range domain.VillageKinds() {
		if k == kind {
			return folders()[0]
		}
	}
	if kind == "opinion" {
		return folders()[1]
	}
	return folders()[2]
}

// manifest is plan.yaml: what is known is set, everything else stands behind a #
// with what it means.
func manifest(o Options) string {
	var w strings.Builder
	say := func(zh, en string) { fmt.Fprintf(&w, "# %s\n", geo.Text{ZH: zh, EN: en}.In(o.Lang)) }
	w.WriteString("# yaml-language-server: $schema=" + schemaName + "\n")
	say("方案清单。去掉行首的 # 即启用该行。"+o.Help, "The manifest of the plan. Take the # away to use a line. "+o.Help)
	w.WriteString("format: 1\nproject:\n")
	comment := func(line, zh, en string) {
		fmt.Fprintf(&w, "  %-28s # %s\n", line, geo.Text{ZH: zh, EN: en}.In(o.Lang))
	}
	comment(`# code: "150123-2025-01"`, "项目编号", "number of the project")
	comment(`# name: 示例镇全域土地综合整治`, "项目名称", "name of the project")
	if o.County != "" {
		comment(fmt.Sprintf("county: %q", o.County), "旗县代码，6 位", "county, 6 digits")
	} else {
		comment(`# county: "150123"`, "旗县代码，6 位", "county, 6 digits")
	}
	var stages []string
	for _, s := range domain.Stages() {
		stages = append(stages, string(s)+" "+s.Title().In(o.Lang))
	}
	list := strings.Join(stages, ", ")
	comment("stage: "+string(domain.Stages()[0]), "阶段："+list, "stage: "+list)
	comment("# year: 2026", "核算年份", "year of the accounting")
	w.WriteString("\n")
	say("图层名不合规定时，在此说明哪个图层是什么：", "Where a layer has another name, say here which it is:")
	w.WriteString("# layers:\n#   pbf_out: {file: 调出地块.shp, fields: {id: DKBH, year: NIANFEN}}\n")
	say("与核查无关的文件，如 \"旧版/*\"：", "Files that are of no concern, such as \"旧版/*\":")
	w.WriteString("ignore: [" + schemaName + "]\n\n")
	say("材料：每份一行，文件放在 docs 下。", "Papers: a line for each, its file under docs.")
	w.WriteString("# documents:\n")
	for _, kind := range domain.DocumentKinds() {
		file := folderOf(kind) + "/" + kind + ".pdf"
		more := ""
		switch {
		case folderOf(kind) == folders()[0]:
			more = ` village: "150123101201",`
		case kind == "subproject-acceptance":
			more = " subproject: ZXM-01,"
		case kind == "opinion":
			for _, d := range domain.Departments() {
				fmt.Fprintf(&w, "#   - {kind: opinion, from: %s, file: docs/departments/%s.pdf}   # %s\n", d, d, domain.DocumentTitle(kind).In(o.Lang))
			}
			continue
		}
		fmt.Fprintf(&w, "#   - {kind: %s,%s file: %s}   # %s\n", kind, more, file, domain.DocumentTitle(kind).In(o.Lang))
	}
	w.WriteString("\n")
	say("原则性条款不满足时的论证说明：", "Where an in-principle clause does not hold, its justification:")
	w.WriteString("# justifications:\n#   - {rule: pbf-township-cap, scope: \"150123101\", reason: 理由, document: docs/论证报告.pdf}\n")
	return w.String()
}
