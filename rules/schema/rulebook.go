package schema

import (
	"reflect"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

// rulebookFile is a rulebook. One that extends another may leave out whatever it
// takes over, so what must be there holds for books that stand alone.
func rulebookFile(w words) Schema {
	whole := bookReader{words: w, strict: true}.structure(reflect.TypeFor[rulebook.Rulebook](), nil)
	s := bookReader{words: w}.structure(reflect.TypeFor[rulebook.Rulebook](), nil)
	s["if"] = Schema{"not": Schema{"required": []string{"extends"}}}
	s["then"] = Schema{"$ref": "#/$defs/whole"}
	s["$defs"] = map[string]Schema{"whole": whole}
	return s
}

// bookReader turns the types of a rulebook into their schema.
type bookReader struct {
	words
	strict bool // what is required must be there
}

// structure is a struct: its keys, and with strict those that must be there.
func (r bookReader) structure(t reflect.Type, meaning map[string]geo.Text) Schema {
	keys, required := map[string]Schema{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, must := keyOf(f)
		if name == "" {
			continue
		}
		one := r.value(f.Type, f.Tag.Get("oneof"))
		if _, told := one["description"]; !told {
			r.tells(one, bookWords[name])
		}
		if text, ok := meaning[name]; ok {
			r.tells(one, text)
		}
		if keys[name] = one; must {
			required = append(required, name)
		}
	}
	if !r.strict {
		required = slices.DeleteFunc(required, func(name string) bool { return t != reflect.TypeFor[rulebook.Rule]() || name != "id" })
	}
	s := object(keys, required...)
	if t == reflect.TypeFor[rulebook.Rule]() {
		r.constraints(s)
	}
	return s
}

// keyOf is a field's key, "" for one that no file has, and whether it must be
// there. Structs without yaml tags are those of the report, whole.
func keyOf(f reflect.StructField) (name string, must bool) {
	name, opt, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if name == "" {
		name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
		opt = "required"
	}
	if name == "-" || !f.IsExported() {
		return "", false
	}
	return name, opt == "required"
}

// constraints gives the keys of a rule's constraint their meaning, and asks for
// exactly one.
func (r bookReader) constraints(rule Schema) {
	keys := rule["properties"].(map[string]Schema)
	var each []any
	for _, k := range rulebook.Reference() {
		kind := keys[string(k.Kind)]
		r.tells(kind, k.Title)
		inner, _ := kind["properties"].(map[string]Schema)
		for _, p := range k.Parameters {
			if one, ok := inner[p.Key]; ok {
				r.tells(one, p.Means)
			}
		}
		each = append(each, Schema{"required": []string{string(k.Kind)}})
	}
	if r.strict {
		rule["oneOf"] = each
	}
}

// value is the schema of a type, as the reader of rulebooks takes it.
func (r bookReader) value(t reflect.Type, oneof string) Schema {
	switch t {
	case reflect.TypeFor[geo.Text]():
		return r.text()
	case reflect.TypeFor[condition.Condition](), reflect.TypeFor[condition.Amount]():
		return anyText()
	case reflect.TypeFor[domain.Role]():
		return oneOf(append(domain.BaseRoles(), wording.GradesRole))
	case reflect.TypeFor[domain.Stage]():
		return oneOf(domain.Stages())
	case reflect.TypeFor[domain.Level]():
		return oneOf(domain.Levels())
	case reflect.TypeFor[rulebook.Exact]():
		return amount()
	case reflect.TypeFor[rulebook.Over]():
		return Schema{"anyOf": []any{oneOf(append(rulebook.Denominators(), condition.TotalNames()...)), r.structure(reflect.TypeFor[rulebook.Sum](), nil)}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return r.value(t.Elem(), oneof)
	case reflect.Slice:
		return list(r.value(t.Elem(), oneof))
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Float64:
		return amount()
	case reflect.String:
		if oneof != "" {
			return oneOf(strings.Split(oneof, ","))
		}
		return anyText()
	case reflect.Struct:
		return r.structure(t, nil)
	}
	panic("rules/schema: no schema of " + t.String())
}

// text is a text in two languages.
func (r bookReader) text() Schema {
	keys := map[string]Schema{"zh": anyText(), "en": anyText()}
	if !r.strict {
		return object(keys)
	}
	return object(keys, "zh", "en")
}

// bookWords are what keys mean that are no parameters of a constraint.
var bookWords = map[string]geo.Text{
	"extends":       {ZH: "所继承的规则册", EN: "the rulebook that it extends"},
	"source":        {ZH: "政策文件", EN: "the policy document"},
	"parameters":    {ZH: "不属于某一条规则的数值", EN: "numbers that belong to no single rule"},
	"require":       {ZH: "缺少时结论为“资料不全”的图层", EN: "layers whose absence makes the verdict incomplete"},
	"policy":        {ZH: "政策原文，用于统计覆盖", EN: "the document's own words, for the list of what is covered"},
	"not_checkable": {ZH: "程序无法核查的条款", EN: "clauses that no program can judge"},
	"clause":        {ZH: "条款及原文", EN: "the clause and its own words"},
	"also":          {ZH: "同样意思的其他段落", EN: "further passages that say the same"},
	"level":         {ZH: "强度", EN: "level"},
	"stages":        {ZH: "适用的阶段，不写为全部", EN: "stages; all without"},
	"needs":         {ZH: "所需的底图图层", EN: "base layers that it needs"},
	"part_needs":    {ZH: "只有部分内容需要的底图图层", EN: "base layers that only part of it needs"},
	"off":           {ZH: "停用", EN: "switched off"},
	"own_limit":     {ZH: "限值为本规则册口径，只提示", EN: "the limit is this rulebook's own: it can only warn"},
	"among":         {ZH: "规则所针对的土地", EN: "the land that the rule is about"},
	"known":         {ZH: "该土地上必须已知的属性", EN: "what must be known on that land"},
	"known_on":      {ZH: "属性必须已知的范围", EN: "the land on which it must be known"},
	"patches":       {ZH: "什么算一个地块", EN: "what counts as one patch"},
	"message":       {ZH: "问题说明", EN: "sentence of a finding"},
	"remedy":        {ZH: "修改办法", EN: "what to do about it"},
	"show":          {ZH: "只报告、不判断的数值", EN: "figures that are reported and not judged"},
}
