package rulebook

import (
	"reflect"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
)

// KindReference is a constraint kind with its parameters as the schema has them.
type KindReference struct {
	domain.Constraint
	Parameters   []ParameterReference
	Placeholders []string // of message and remedy, beside those that every kind fills
}

// ParameterReference is a parameter with its place in the schema.
type ParameterReference struct {
	domain.Parameter
	Type     geo.Text
	Values   []string // where these alone are taken
	Required bool     // wherever the key that it lies under stands
}

// Reference is every constraint kind, in the domain's order. What its
// parameters mean is the domain's; keys, types and values are the schema's.
func Reference() []KindReference {
	var out []KindReference
	for _, c := range domain.Constraints() {
		field := reflect.TypeFor[Rule]().Field(kindField[c.Kind]).Type.Elem()
		k := KindReference{Constraint: c, Parameters: parameters(field, "")}
		for i, p := range k.Parameters {
			k.Parameters[i].Parameter = meaningOf(c, p.Key)
		}
		k.Placeholders = reflect.New(field).Interface().(constraint).placeholders()
		out = append(out, k)
	}
	return out
}

// meaningOf is what the domain says of a key, no more than the key where it is
// silent.
func meaningOf(c domain.Constraint, key string) domain.Parameter {
	for _, p := range c.Parameters {
		if p.Key == key {
			return p
		}
	}
	return domain.Parameter{Key: key}
}

// parameters are the keys of a struct of the schema; those of a struct within
// it have its key before them.
func parameters(t reflect.Type, under string) []ParameterReference {
	var out []ParameterReference
	for i := range t.NumField() {
		f := t.Field(i)
		key, opt, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		p := ParameterReference{Parameter: domain.Parameter{Key: under + key}, Required: opt == "required"}
		if oneof := f.Tag.Get("oneof"); oneof != "" {
			p.Values = strings.Split(oneof, ",")
		}
		of, list := f.Type, false
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			list = list || of.Kind() == reflect.Slice
			of = of.Elem()
		}
		var known bool
		switch p.Type, known = typeWords[of]; {
		case !known && list:
			out = append(out, parameters(of, p.Key+"[].")...)
			continue
		case !known:
			out = append(out, parameters(of, p.Key+".")...)
			continue
		case list:
			p.Type = geo.Text{ZH: p.Type.ZH + "的列表", EN: "list of " + p.Type.EN}
		}
		out = append(out, p)
	}
	return out
}

// typeWords name the types of parameters; a struct that is not here is read key by key.
var typeWords = map[reflect.Type]geo.Text{
	reflect.TypeFor[string]():              {ZH: "文字", EN: "text"},
	reflect.TypeFor[bool]():                {ZH: "true 或 false", EN: "true or false"},
	reflect.TypeFor[float64]():             {ZH: "数", EN: "number"},
	reflect.TypeFor[Exact]():               {ZH: "数", EN: "number"},
	reflect.TypeFor[geo.Text]():            {ZH: "{zh, en}", EN: "{zh, en}"},
	reflect.TypeFor[domain.Stage]():        {ZH: "阶段", EN: "stage"},
	reflect.TypeFor[condition.Condition](): {ZH: "条件", EN: "condition"},
	reflect.TypeFor[condition.Amount]():    {ZH: "量", EN: "amount"},
	reflect.TypeFor[Sum]():                 {ZH: "{of, where}", EN: "{of, where}"},
	reflect.TypeFor[Over]():                {ZH: "合计名或 {of, where}", EN: "total or {of, where}"},
	reflect.TypeFor[Portion]():             {ZH: "{of, where, part}", EN: "{of, where, part}"},
	reflect.TypeFor[Graded]():              {ZH: "{value, of, where}", EN: "{value, of, where}"},
}
