package roomreport

import (
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/wording"
)

// column is one of a table that people read, in a workbook or a layer.
type column[T any] struct {
	name  string // in a GeoPackage
	title geo.Text
	width float64 // of a sheet, characters
	kind  geo.FieldType
	of    func(T) any // string, int, float64, or nil for nothing
}

func text[T any](name string, title geo.Text, width float64, of func(T) any) column[T] {
	return column[T]{name, title, width, geo.TextField, of}
}

func number[T any](name string, title geo.Text, width float64, of func(T) any) column[T] {
	return column[T]{name, title, width, geo.NumberField, of}
}

func townshipColumns() []column[Township] {
	left := func(figure *float64) any {
		if figure == nil {
			return nil
		}
		return *figure
	}
	type t = Township
	return []column[t]{
		text("code", geo.Text{ZH: "乡镇代码", EN: "Township"}, 12, func(t t) any { return t.Code }),
		text("name", geo.Text{ZH: "乡镇名称", EN: "Name"}, 18, func(t t) any { return t.Name }),
		number("designated_m2", geo.Text{ZH: "永久基本农田划定面积（m²）", EN: "Designated PBF (m²)"}, 18, func(t t) any { return t.Designated }),
		number("moved_m2", geo.Text{ZH: "此前调出（m²）", EN: "Moved before (m²)"}, 15, func(t t) any { return t.Moved }),
		number("moved_in_m2", geo.Text{ZH: "此前补划（m²）", EN: "Brought in before (m²)"}, 15, func(t t) any { return t.MovedIn }),
		number("left_m2", geo.Text{ZH: "还可调出（m²）", EN: "Left (m²)"}, 15, func(t t) any { return left(t.LeftM2) }),
		number("left_hm2", geo.Text{ZH: "还可调出（公顷）", EN: "Left (hm²)"}, 14, func(t t) any { return left(t.LeftHM2) }),
		number("left_mu", geo.Text{ZH: "还可调出（亩）", EN: "Left (mu)"}, 13, func(t t) any { return left(t.LeftMu) }),
		number("out_count", geo.Text{ZH: "调出候选（块）", EN: "Candidates out"}, 12, func(t t) any { return t.Out.Count }),
		number("out_net_m2", geo.Text{ZH: "调出候选净面积（m²）", EN: "Out, net (m²)"}, 17, func(t t) any { return t.Out.Net }),
		number("in_count", geo.Text{ZH: "补划候选（块）", EN: "Candidates in"}, 12, func(t t) any { return t.In.Count }),
		number("in_net_m2", geo.Text{ZH: "补划候选净面积（m²）", EN: "In, net (m²)"}, 17, func(t t) any { return t.In.Net }),
	}
}

func candidateColumns(lang string, names map[string]string) []column[Candidate] {
	type c = Candidate
	known := func(class int) any {
		if class == 0 {
			return nil
		}
		return class
	}
	patch := func(c c) any {
		if c.Patch == nil {
			return nil
		}
		return c.Patch.Mu
	}
	return []column[c]{
		number("rank", geo.Text{ZH: "序号", EN: "Rank"}, 7, func(c c) any { return c.Rank }),
		text("id", geo.Text{ZH: "编号", EN: "ID"}, 24, func(c c) any { return c.ID }),
		text("township", geo.Text{ZH: "乡镇代码", EN: "Township"}, 12, func(c c) any { return c.Township }),
		text("township_name", geo.Text{ZH: "乡镇名称", EN: "Township's name"}, 16, func(c c) any { return names[c.Township] }),
		text("village", geo.Text{ZH: "嘎查村代码", EN: "Village"}, 15, func(c c) any { return c.Village }),
		number("area_m2", geo.Text{ZH: "面积（m²）", EN: "Area (m²)"}, 14, func(c c) any { return c.Area }),
		number("net_m2", geo.Text{ZH: "净面积（m²）", EN: "Net area (m²)"}, 14, func(c c) any { return c.Net }),
		number("area_mu", geo.Text{ZH: "面积（亩）", EN: "Area (mu)"}, 11, func(c c) any { return c.AreaMu }),
		text("class", geo.Text{ZH: "地类编码", EN: "Class"}, 10, func(c c) any { return c.Class }),
		number("slope", geo.Text{ZH: "坡度级别", EN: "Slope class"}, 10, func(c c) any { return known(c.Slope) }),
		number("grade", geo.Text{ZH: "质量等别", EN: "Grade"}, 10, func(c c) any { return known(c.Grade) }),
		text("refinement", geo.Text{ZH: "细化代码", EN: "Refinement"}, 10, func(c c) any { return c.Refinement }),
		number("patch_mu", geo.Text{ZH: "所在连片（亩）", EN: "Patch (mu)"}, 13, patch),
		text("kinds", geo.Text{ZH: "理由代码", EN: "Kinds of reasons"}, 30, func(c c) any { return kindsOf(c) }),
		text("reasons", geo.Text{ZH: "理由", EN: "Reasons"}, 70, func(c c) any { return reasonsOf(c, lang) }),
		text("unchecked", geo.Text{ZH: "未核对", EN: "Not checked"}, 24, func(c c) any { return uncheckedOf(c, lang) }),
		text("parcel", geo.Text{ZH: "底图图斑", EN: "Base parcel"}, 24, func(c c) any { return c.Parcel.ID }),
		text("file", geo.Text{ZH: "底图文件", EN: "Base file"}, 24, func(c c) any { return c.Parcel.File }),
		number("record", geo.Text{ZH: "记录号", EN: "Record"}, 9, func(c c) any { return c.Parcel.Record }),
	}
}

func kindsOf(c Candidate) string {
	var kinds []string
	for _, r := range c.Reasons {
		kinds = append(kinds, string(r.Kind))
	}
	return strings.Join(kinds, " ")
}

func reasonsOf(c Candidate, lang string) string {
	var list []geo.Text
	for _, r := range c.Reasons {
		list = append(list, r.Text)
	}
	return wording.Clauses(list).In(lang)
}

func uncheckedOf(c Candidate, lang string) string {
	var list []geo.Text
	for _, check := range c.Unchecked {
		list = append(list, check.Title())
	}
	return wording.List(list).In(lang)
}

// namesOf are the townships' names by code.
func namesOf(d *Document) map[string]string {
	names := map[string]string{}
	for _, t := range d.Townships {
		names[t.Code] = t.Name
	}
	return names
}

// figure is a value as a layer's text has it.
func figure(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return v.(string)
}
