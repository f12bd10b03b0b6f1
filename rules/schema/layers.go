package schema

import (
	"maps"

	"landcheck/rules/domain"
)

// layers are the layers of a plan or of base data, by role and by their own
// names. Names may have a code or a year before them (150123DLBG), so an entry of
// any other name may have any field. The second value is the $defs that the
// first one points to.
func (w words) layers(roles []domain.Role, fields []domain.Field, entry func(role domain.Role, fields map[string]Schema) Schema) (Schema, map[string]Schema) {
	keys, defs, every := map[string]Schema{}, map[string]Schema{}, map[string]Schema{}
	for _, role := range roles {
		l, _ := domain.LayerOf(role)
		own := w.fieldsOf(role, fields)
		maps.Copy(every, own)
		defs[string(role)] = entry(role, own)
		for _, name := range append([]string{string(role)}, role.Names()...) {
			keys[name] = w.tells(oneOrList(Schema{"$ref": "#/$defs/" + string(role)}), l.Title)
		}
	}
	defs["layer"] = entry("", every)
	s := object(keys)
	s["additionalProperties"] = oneOrList(Schema{"$ref": "#/$defs/layer"})
	return s, defs
}

// fieldsOf are the fields that a role's layers may have, each with the name of its
// column.
func (w words) fieldsOf(role domain.Role, among []domain.Field) map[string]Schema {
	keys := map[string]Schema{}
	for _, f := range among {
		if info, ok := domain.FieldOf(role, f); ok {
			keys[string(f)] = w.tells(anyText(), info.Title)
		}
	}
	return keys
}

// entryOf is what is said of a layer: its file, or these keys.
func (w words) entryOf(keys map[string]Schema) Schema {
	keys["file"] = w.says(file(), "图层文件", "file of the layer")
	return Schema{"anyOf": []any{file(), orNothing(object(keys)), Schema{"type": "null"}}}
}

func (w words) classes() Schema {
	return w.says(oneOf([]string{"survey", "planning"}), "地类体系：survey 三调工作分类，planning 用地用海分类",
		"classification: survey (三调 working classification) or planning (用地用海)")
}
