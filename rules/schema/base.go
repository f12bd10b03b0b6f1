package schema

import (
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// baseFile is base.yaml.
func baseFile(w words) Schema {
	layers, defs := w.layers(domain.BaseRoles(), plan.BaseFields(), baseEntry(w))
	s := orNothing(object(map[string]Schema{
		"absent":     w.says(list(oneOf(domain.BaseRoles())), "本旗县没有的图层", "layers that the county has none of"),
		"designated": w.says(designated(), "苏木乡镇代码: 划定的永久基本农田，平方米", "township: designated permanent basic farmland, m²"),
		"layers":     w.says(layers, "哪个图层是什么，列名叫什么", "which layer is what, and what its columns are called"),
		"ignore":     w.says(list(anyText()), "不属于底图的图层", "layers that are no part of the base"),
	}))
	s["$defs"] = defs
	return s
}

func designated() Schema {
	s := mapping(Schema{"type": "number", "exclusiveMinimum": 0})
	s["propertyNames"] = Schema{"pattern": `^[0-9]{9}([0-9]{3})?$`}
	return s
}

// baseEntry is what is said of a layer; classes where its role has them.
func baseEntry(w words) func(domain.Role, map[string]Schema) Schema {
	return func(role domain.Role, fields map[string]Schema) Schema {
		keys := map[string]Schema{"fields": w.says(object(fields), "字段: 列名", "field: name of its column")}
		if _, coded := domain.FieldOf(role, domain.ClassField); coded || role == "" {
			keys["classes"] = w.classes()
		}
		return w.entryOf(keys)
	}
}
