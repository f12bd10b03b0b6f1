package schema

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// planFile is plan.yaml.
func planFile(w words) Schema {
	layers, defs := w.layers(domain.PlanRoles(), domain.PlanFields(), planEntry(w))
	s := orNothing(object(map[string]Schema{
		"format":         w.says(Schema{"const": 1}, "清单格式", "format of the manifest"),
		"project":        w.says(project(w), "项目", "the project"),
		"rulebook":       w.says(anyText(), "规则册", "rulebook to judge by"),
		"crs":            w.says(Schema{"type": []string{"string", "integer"}}, "没有说明坐标系的图层所用的坐标系，如 EPSG:4525", "system of layers that do not say theirs, such as EPSG:4525"),
		"layers":         w.says(layers, "哪个图层是什么，列名叫什么", "which layer is what, and what its columns are called"),
		"ignore":         w.says(oneOrList(anyText()), "与方案无关的文件", "files that are of no concern"),
		"prior":          w.says(list(prior(w)), "同一苏木乡镇其他项目已调整的面积", "what other projects have moved in the same townships"),
		"justifications": w.says(list(justification(w)), "原则性条款不满足时的论证说明", "why an in-principle clause does not hold"),
		"documents":      w.says(list(document(w)), "材料", "papers"),
		"quota":          w.says(quota(w), "节余建设用地指标的去向", "where released construction land goes"),
	}))
	s["$defs"] = defs
	return s
}

func project(w words) Schema {
	return orNothing(object(map[string]Schema{
		"code":   w.says(anyText(), "项目编号", "number of the project"),
		"name":   w.says(anyText(), "项目名称", "name of the project"),
		"county": w.says(digits(`^[0-9]{6}$`), "旗县代码，6 位", "county, 6 digits"),
		"stage":  w.says(oneOf(domain.Stages()), "阶段", "stage"),
		"year":   w.says(Schema{"type": []string{"integer", "string"}, "minimum": 1900, "maximum": 2100}, "核算年份", "year of the accounting"),
	}))
}

// planEntry is what is said of a layer.
func planEntry(w words) func(domain.Role, map[string]Schema) Schema {
	return func(_ domain.Role, fields map[string]Schema) Schema {
		code := Schema{"type": []string{"string", "number", "boolean", "null"}}
		return w.entryOf(map[string]Schema{
			"fields":  w.says(orNothing(object(fields)), "字段: 列名", "field: name of its column"),
			"values":  w.says(mapping(mapping(code)), "列名: {写法: 代码}", "column: {as written: code}"),
			"classes": w.classes(),
		})
	}
}

func justification(w words) Schema {
	return orNothing(object(map[string]Schema{
		"rule":     w.says(anyText(), "规则", "rule"),
		"scope":    w.says(anyText(), "范围：苏木乡镇代码；不写为整个方案", "scope: code of a township; the whole plan without one"),
		"reason":   w.says(anyText(), "理由", "reason"),
		"document": w.says(file(), "论证材料", "paper that gives the reasons"),
		"expires":  w.says(anyText(), "有效期至，YYYY-MM-DD", "valid until, YYYY-MM-DD"),
	}, "rule"))
}

func document(w words) Schema {
	kind := suggested(domain.DocumentKinds())
	s := orNothing(object(map[string]Schema{
		"kind":       w.says(oneOrList(kind), "材料种类", "kind of paper"),
		"kinds":      w.says(oneOrList(kind), "一份材料兼有的几个种类", "kinds that one paper is of"),
		"village":    w.says(digits(`^[0-9]{12}$`), "嘎查村代码，12 位", "village, 12 digits"),
		"from":       w.says(suggested(domain.Departments()), "出具意见的部门", "department that gives the opinion"),
		"agrees":     w.says(Schema{"enum": agreements()}, "是否同意", "whether it agrees"),
		"subproject": w.says(anyText(), "子项目编号（XMBH）", "number of the sub-project (XMBH)"),
		"number":     w.says(anyText(), "文号，如 托水函〔2025〕12号", "the paper's own number"),
		"file":       w.says(file(), "材料文件", "file of the paper"),
	}, "file"))
	of := func(kinds []string) Schema { return Schema{"enum": kinds} }
	whenKind := func(kinds []string, then string) Schema {
		return Schema{"if": Schema{"required": []string{"kind"}, "properties": Schema{"kind": of(kinds)}}, "then": Schema{"required": []string{then}}}
	}
	s["anyOf"] = []any{Schema{"required": []string{"kind"}}, Schema{"required": []string{"kinds"}}}
	s["allOf"] = []any{whenKind(domain.VillageKinds(), "village"), whenKind([]string{"opinion"}, "from")}
	return s
}

// agreements are the words for what an opinion says of the plan.
func agreements() []any {
	return []any{"yes", "with-conditions", "no", "同意", "有条件同意", "原则同意", "不同意", "无意见", "是", "否", true, false}
}

func prior(w words) Schema {
	return orNothing(object(map[string]Schema{
		"project":    w.says(anyText(), "项目编号", "number of the project"),
		"township":   w.says(digits(`^[0-9]{9}$`), "苏木乡镇代码，9 位", "township, 9 digits"),
		"pbf_out_m2": w.says(amount(), "已调出的永久基本农田，平方米", "permanent basic farmland moved out, m²"),
		"pbf_in_m2":  w.says(amount(), "已补划的永久基本农田，平方米", "permanent basic farmland moved in, m²"),
		"report":     w.says(file(), "该项目的报告", "report of that project"),
	}, "township", "pbf_out_m2"))
}

func quota(w words) Schema {
	area := func(zh, en string) Schema {
		return w.tells(amount(), geo.Text{ZH: zh + "，平方米", EN: en + ", m²"})
	}
	return orNothing(object(map[string]Schema{
		"rural_housing_m2":     area("农民住宅", "rural housing"),
		"rural_development_m2": area("乡村建设与产业发展", "rural development"),
		"mining_m2":            area("采矿用地", "mining"),
		"tradable_m2":          area("可流转的指标", "tradable"),
		"destination_county":   w.says(digits(`^[0-9]{6}$`), "调剂到的旗县，6 位代码", "county that it goes to, 6 digits"),
	}))
}
