package domain

import (
	"fmt"
	"slices"
	"strings"

	"landcheck/geo"
)

// ReferenceSchema names the shape of the reference in JSON.
const ReferenceSchema = "landcheck-fields/1"

// Reference is what a plan and base data may hold, made of this package's own
// tables: layers with fields, land classes, papers, stages.
type Reference struct {
	Schema      string           `json:"schema"`
	Layers      []LayerReference `json:"layers"`
	Classes     []ClassReference `json:"classes,omitempty"`
	Documents   []CodeReference  `json:"documents,omitempty"`
	Departments []CodeReference  `json:"departments,omitempty"`
	Stages      []CodeReference  `json:"stages,omitempty"`
}

// LayerReference is one role.
type LayerReference struct {
	Role   Role             `json:"role"`
	In     string           `json:"in"` // plan or base
	Title  geo.Text         `json:"title"`
	Holds  geo.Text         `json:"holds"`
	Names  []string         `json:"names"`
	Fields []FieldReference `json:"fields"`
}

// FieldReference is one field of a role's layers.
type FieldReference struct {
	Field    Field           `json:"field"` // the key under fields: in plan.yaml
	Columns  []string        `json:"columns"`
	Title    geo.Text        `json:"title"`
	Type     FieldType       `json:"type"`
	Unit     string          `json:"unit,omitempty"`
	Codes    []CodeReference `json:"codes,omitempty"`
	Min      *float64        `json:"min,omitempty"`
	Max      *float64        `json:"max,omitempty"`
	Required bool            `json:"required"`
	Note     geo.Text        `json:"note"`
}

// CodeReference is a code with what it means.
type CodeReference struct {
	Code  string   `json:"code"`
	Title geo.Text `json:"title"`
}

// ClassReference is a land class with the group that reports count it in.
type ClassReference struct {
	Code  string   `json:"code"`
	Title geo.Text `json:"title"`
	Group string   `json:"group"`
}

// WholeReference is all there is.
func WholeReference() Reference {
	ref := Reference{Schema: ReferenceSchema}
	for _, l := range Layers() {
		ref.Layers = append(ref.Layers, referenceOf(l))
	}
	for _, c := range Classes() {
		ref.Classes = append(ref.Classes, ClassReference{c.Code, c.Title(), c.Group})
	}
	for _, kind := range DocumentKinds() {
		ref.Documents = append(ref.Documents, CodeReference{kind, DocumentTitle(kind)})
	}
	for _, d := range Departments() {
		ref.Departments = append(ref.Departments, CodeReference{d, DepartmentTitle(d)})
	}
	for _, s := range Stages() {
		ref.Stages = append(ref.Stages, CodeReference{string(s), s.Title()})
	}
	return ref
}

// ReferenceOf is the reference of one role alone.
func ReferenceOf(r Role) Reference {
	return Reference{Schema: ReferenceSchema, Layers: []LayerReference{referenceOf(layers[r])}}
}

func referenceOf(l Layer) LayerReference {
	out := LayerReference{Role: l.Role, In: "plan", Title: l.Title, Holds: l.Holds, Names: slices.Concat([]string{}, l.Names), Fields: []FieldReference{}}
	if l.Base {
		out.In = "base"
	}
	for _, f := range l.Fields {
		one := FieldReference{Field: f.Field, Columns: f.Columns, Title: f.Title, Type: f.Type, Unit: f.Unit, Required: f.Required, Note: f.Note}
		for _, code := range f.Codes {
			one.Codes = append(one.Codes, CodeReference{code, codeTitle(code)})
		}
		if f.Min != 0 || f.Max != 0 {
			least, most := f.Min, f.Max
			one.Min, one.Max = &least, &most
		}
		out.Fields = append(out.Fields, one)
	}
	return out
}

// codeTitle is what a code of a field means; the code where the field's note says it.
func codeTitle(code string) geo.Text {
	for _, t := range slices.Concat(purposes, surveyMethods, refinements) {
		if t.Code == code {
			return t.Title
		}
	}
	return geo.Text{ZH: code, EN: code}
}

// Kind is the field's type with its unit, and whether it has to be there.
func (f FieldReference) Kind() geo.Text {
	t := map[FieldType]geo.Text{TextType: {ZH: "文字", EN: "text"}, CodeType: {ZH: "代码", EN: "code"}, IntegerType: {ZH: "整数", EN: "integer"},
		NumberType: {ZH: "数字", EN: "number"}, DateType: {ZH: "日期", EN: "date"}}[f.Type]
	if f.Unit != "" {
		t = geo.Text{ZH: t.ZH + " " + f.Unit, EN: t.EN + ", " + f.Unit}
	}
	if f.Required {
		t = geo.Text{ZH: t.ZH + "，必填", EN: t.EN + ", required"}
	}
	return t
}

// Domain is what values the field takes, and its note.
func (f FieldReference) Domain(lang string) string {
	var parts []string
	if len(f.Codes) > 0 {
		var codes []string
		for _, c := range f.Codes {
			codes = append(codes, strings.TrimSpace(c.Code+" "+strings.Replace(c.Title.In(lang), c.Code, "", 1)))
		}
		parts = append(parts, strings.Join(codes, geo.Text{ZH: "、", EN: ", "}.In(lang)))
	}
	note := f.Note.In(lang)
	if f.Min != nil && !strings.Contains(note, "≤") {
		parts = append(parts, fmt.Sprintf("%g–%g", *f.Min, *f.Max))
	}
	if note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, geo.Text{ZH: "；", EN: "; "}.In(lang))
}

// Markdown is the reference to read and to print.
func (r Reference) Markdown(lang string) string {
	var w strings.Builder
	head := func(zh, en string) { fmt.Fprintf(&w, "\n## %s\n\n", geo.Text{ZH: zh, EN: en}.In(lang)) }
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", `\|`)
		}
		fmt.Fprintf(&w, "| %s |\n", strings.Join(cells, " | "))
	}
	rule := func(n int) { fmt.Fprintf(&w, "|%s\n", strings.Repeat("---|", n)) }
	fmt.Fprintf(&w, "# %s\n", geo.Text{ZH: "图层与字段", EN: "Layers and fields"}.In(lang))
	for _, l := range r.Layers {
		where := geo.Text{ZH: "方案", EN: "plan"}
		if l.In == "base" {
			where = geo.Text{ZH: "底图", EN: "base data"}
		}
		fmt.Fprintf(&w, "\n## %s `%s`\n\n%s · %s\n\n%s\n\n", l.Title.In(lang), l.Role, where.In(lang), strings.Join(l.Names, ", "), l.Holds.In(lang))
		row(strings.Split(geo.Text{ZH: "列名|fields:|含义|类型|取值", EN: "columns|fields:|meaning|type|values"}.In(lang), "|")...)
		rule(5)
		for _, f := range l.Fields {
			row(strings.Join(f.Columns, ", "), "`"+string(f.Field)+"`", f.Title.In(lang), f.Kind().In(lang), f.Domain(lang))
		}
	}
	codes := func(zh, en string, list []CodeReference) {
		if len(list) == 0 {
			return
		}
		head(zh, en)
		row("", "")
		rule(2)
		for _, c := range list {
			row("`"+c.Code+"`", c.Title.In(lang))
		}
	}
	codes("材料种类（documents: kind）", "Kinds of papers (documents: kind)", r.Documents)
	codes("部门（from）", "Departments (from)", r.Departments)
	codes("阶段（stage）", "Stages (stage)", r.Stages)
	if len(r.Classes) > 0 {
		head("地类编码（三调工作分类）", "Land classes (三调 working classification)")
		row(strings.Split(geo.Text{ZH: "编码|名称|归类", EN: "code|name|group"}.In(lang), "|")...)
		rule(3)
		for _, c := range r.Classes {
			row(c.Code, c.Title.In(lang), ClassGroupTitle(c.Group).In(lang))
		}
	}
	return w.String()
}
