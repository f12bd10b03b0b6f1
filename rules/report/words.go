package report

import (
	"landcheck/geo"
	"landcheck/rules/result"
)

func statusWord(s result.Status) geo.Text {
	switch s {
	case result.Pass:
		return geo.Text{ZH: "符合", EN: "pass"}
	case result.Fail:
		return geo.Text{ZH: "不符合", EN: "fail"}
	case result.Justified:
		return geo.Text{ZH: "已论证", EN: "justified"}
	case result.Warn:
		return geo.Text{ZH: "提示", EN: "warning"}
	case result.NotApplicable:
		return geo.Text{ZH: "不涉及", EN: "not applicable"}
	case result.NotChecked:
		return geo.Text{ZH: "未核查", EN: "not checked"}
	}
	return same(string(s))
}

// mark says a status without colour.
func mark(s result.Status) string {
	switch s {
	case result.Pass:
		return "✓"
	case result.Fail:
		return "✗"
	case result.Justified:
		return "§"
	case result.Warn:
		return "!"
	case result.NotChecked:
		return "?"
	}
	return "–"
}

// LevelTitle names the strength of a clause.
func LevelTitle(l result.Level) geo.Text {
	switch l {
	case result.Mandatory:
		return geo.Text{ZH: "强制", EN: "mandatory"}
	case result.InPrinciple:
		return geo.Text{ZH: "原则上", EN: "in principle"}
	case result.Advisory:
		return geo.Text{ZH: "鼓励", EN: "advisory"}
	}
	return same(string(l))
}

func verdictWord(v result.Verdict) geo.Text {
	switch v {
	case result.Compliant:
		return geo.Text{ZH: "符合政策要求", EN: "Compliant"}
	case result.Violations:
		return geo.Text{ZH: "不符合政策要求", EN: "Violations found"}
	case result.Incomplete:
		return geo.Text{ZH: "资料不全，不能下结论", EN: "Incomplete: no verdict yet"}
	}
	return same(string(v))
}

// GroupTitle names the subject of a group of rules.
func GroupTitle(g string) geo.Text {
	switch g {
	case "pbf":
		return geo.Text{ZH: "永久基本农田", EN: "Permanent basic farmland"}
	case "cropland":
		return geo.Text{ZH: "耕地", EN: "Cropland"}
	case "construction":
		return geo.Text{ZH: "建设用地", EN: "Construction land"}
	case "ecology":
		return geo.Text{ZH: "生态", EN: "Ecology"}
	case "procedure":
		return geo.Text{ZH: "程序", EN: "Procedure"}
	case "data":
		return geo.Text{ZH: "数据", EN: "Data"}
	case "":
		return geo.Text{ZH: "其他", EN: "Other"}
	}
	return same(g)
}

func stageWord(s string) geo.Text {
	switch s {
	case "proposal":
		return geo.Text{ZH: "立项", EN: "proposal"}
	case "annual":
		return geo.Text{ZH: "年度核算", EN: "annual account"}
	case "subproject-acceptance":
		return geo.Text{ZH: "子项目验收", EN: "sub-project acceptance"}
	case "acceptance":
		return geo.Text{ZH: "整体验收", EN: "acceptance"}
	}
	return same(s)
}

// roleWord names a layer by what it is for.
func roleWord(role string) geo.Text {
	switch role {
	case "project_area":
		return geo.Text{ZH: "整治区域", EN: "project area"}
	case "pbf_out":
		return geo.Text{ZH: "永农调出", EN: "PBF out"}
	case "pbf_in":
		return geo.Text{ZH: "永农调入", EN: "PBF in"}
	case "land_use_change":
		return geo.Text{ZH: "地类变更", EN: "land-use change"}
	case "urban_boundary_added":
		return geo.Text{ZH: "城镇开发边界增加", EN: "urban boundary added"}
	case "urban_boundary_removed":
		return geo.Text{ZH: "城镇开发边界减少", EN: "urban boundary removed"}
	case "red_line_added":
		return geo.Text{ZH: "生态保护红线增加", EN: "red line added"}
	case "red_line_removed":
		return geo.Text{ZH: "生态保护红线减少", EN: "red line removed"}
	case "townships":
		return geo.Text{ZH: "乡镇", EN: "townships"}
	case "villages":
		return geo.Text{ZH: "行政村", EN: "villages"}
	case "land_use":
		return geo.Text{ZH: "地类图斑", EN: "land use"}
	case "pbf":
		return geo.Text{ZH: "永久基本农田", EN: "PBF"}
	case "red_line":
		return geo.Text{ZH: "生态保护红线", EN: "ecological red line"}
	case "urban_boundary":
		return geo.Text{ZH: "城镇开发边界", EN: "urban boundary"}
	case "basic_grassland":
		return geo.Text{ZH: "基本草原", EN: "basic grassland"}
	case "heritage":
		return geo.Text{ZH: "文物保护范围", EN: "heritage protection"}
	case "shelterbelt":
		return geo.Text{ZH: "防护林", EN: "shelterbelt"}
	case "pbf_reserve":
		return geo.Text{ZH: "永农储备区", EN: "PBF reserve"}
	case "water_management":
		return geo.Text{ZH: "河湖管理范围", EN: "water management"}
	}
	return same(role)
}

func severityWord(s geo.Severity) geo.Text {
	switch s {
	case geo.Info:
		return geo.Text{ZH: "说明", EN: "info"}
	case geo.Warning:
		return geo.Text{ZH: "注意", EN: "warning"}
	case geo.Error:
		return geo.Text{ZH: "错误", EN: "error"}
	}
	return same(string(s))
}

// scopeName says what a measure or finding is about: its name, else its code.
func scopeName(s result.Scope) geo.Text {
	switch {
	case s.Kind == "plan":
		return geo.Text{ZH: "整个方案", EN: "whole plan"}
	case s.Kind == "project":
		return geo.Text{ZH: "整治区域", EN: "project area"}
	case s.Name != "":
		return same(s.Name)
	case s.Kind == "year" && s.Code != "":
		return geo.Text{ZH: s.Code + " 年", EN: s.Code}
	case s.Kind == "date" && len(s.Code) == 8:
		return same(s.Code[:4] + "-" + s.Code[4:6] + "-" + s.Code[6:])
	case s.Code != "":
		return same(s.Code)
	}
	switch s.Kind {
	case "county":
		return geo.Text{ZH: "旗县", EN: "county"}
	case "township":
		return geo.Text{ZH: "乡镇", EN: "township"}
	case "village":
		return geo.Text{ZH: "村", EN: "village"}
	case "year":
		return geo.Text{ZH: "未注明年份", EN: "no year"}
	case "date":
		return geo.Text{ZH: "未注明日期", EN: "no date"}
	}
	return same(s.Kind)
}

// same is a text that reads alike in both languages: a name, a code.
func same(s string) geo.Text { return geo.Text{ZH: s, EN: s} }
