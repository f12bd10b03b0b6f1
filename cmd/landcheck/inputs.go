package main

import "landcheck/geo"

// onCommandLine says how an input is given to a command: what finds one missing
// or wrong says which, and knows no flags.
func onCommandLine(in geo.Input) geo.Text {
	switch in {
	case geo.SystemInput:
		return geo.Text{ZH: "没有自带坐标系的图层也可用 --crs EPSG:n 说明", EN: "Of layers that do not say theirs --crs EPSG:n says it too"}
	case geo.BaseInput:
		return geo.Text{ZH: "底图用 --base 指定；数据库中的底图用 landcheck load 装载", EN: "Base data is named by --base, and loaded into a database by landcheck load"}
	case geo.RulebookInput:
		return geo.Text{ZH: "自己的规则册用 --rulebook 指定", EN: "A rulebook of your own is named by --rulebook"}
	case geo.SubProjectInput:
		return geo.Text{ZH: "待验收的子项目用 --subproject 指定", EN: "Sub-projects up for acceptance are named by --subproject"}
	case geo.ApprovedInput:
		return geo.Text{ZH: "已批准方案的报告用 --against 批准方案.json 指定", EN: "The report of the approved plan is named by --against APPROVED.json"}
	case geo.ReportInput:
		return geo.Text{ZH: "JSON 报告用 landcheck check 方案包 --base 底图 -o report.json 生成", EN: "landcheck check PLAN --base BASE -o report.json writes one"}
	case geo.PackageInput:
		return geo.Text{ZH: "用 landcheck check 方案包 --base 底图，并以 -o 指定该文件", EN: "Run landcheck check PLAN --base BASE with -o naming this file"}
	case geo.LayerInput:
		return geo.Text{ZH: "图层和用途用 --role 指定（用途见 landcheck fields）；核查整个方案要用 --base 给出底图", EN: "Name the layer by its role with --role (landcheck fields lists them); to check a whole plan, give its base data by --base"}
	case geo.SchemaInput:
		return geo.Text{ZH: "请运行 landcheck migrate --database 该数据库", EN: "Run landcheck migrate --database with its address"}
	}
	return geo.Text{}
}

// inputErrorText is the whole message of an input error, with how to give what it wants.
func inputErrorText(f *geo.InputError) geo.Text { return f.Text().Then(onCommandLine(f.Wants)) }
