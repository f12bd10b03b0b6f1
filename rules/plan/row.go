package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// rowLayout is how the records of one layer are read: which role they play and
// which columns are asked for.
type rowLayout struct {
	role     domain.Role
	file     string
	override map[domain.Field]string
	meanings map[domain.Field]map[string]string // what the manifest says that values mean
	schema   schema
	columns  []string
}

func newRowLayout(r domain.Role, l geo.Layer, fields []domain.Field, override map[domain.Field]string) *rowLayout {
	f := &rowLayout{role: r, file: l.File(), override: override,
		schema: mapFields(l, r, fields, override)}
	for _, field := range fields {
		columns := f.schema[field]
		for i := range columns {
			columns[i].place = len(f.columns)
			f.columns = append(f.columns, columns[i].name)
		}
	}
	return f
}

// manifest is the file that may say more of the layer.
func (f *rowLayout) manifest() string {
	if slices.Contains(domain.BaseRoles(), f.role) {
		return baseManifestNames()[0]
	}
	return ManifestNames()[0]
}

func (f *rowLayout) has(field domain.Field) bool { return len(f.schema[field]) > 0 }

// row is one record being read; what is wrong with it gathers in issues.
type row struct {
	*rowLayout
	record int
	id     string
	values []string
	issues *[]Issue
}

// text is the first value of a field that is not empty, with its column; only
// restricts the columns.
func (r *row) text(field domain.Field, only ...string) (string, column) {
	for _, c := range r.schema[field] {
		if len(only) > 0 && !slices.ContainsFunc(only, func(o string) bool { return strings.EqualFold(o, c.name) }) {
			continue
		}
		if v := geo.Printable(strings.TrimSpace(r.values[c.place])); v != "" { // an id stands on terminals and in logs
			if meanings := r.meanings[field]; meanings != nil {
				if meant, ok := meanings[strings.ToUpper(v)]; ok {
					v = meant
				}
			}
			return v, c
		}
	}
	return "", column{}
}

func (r *row) plain(field domain.Field) string {
	v, _ := r.text(field)
	return v
}

// issue reports the value of a column.
func (r *row) issue(check string, c column, message, remedy geo.Text) {
	*r.issues = append(*r.issues, Issue{
		Check: check, Role: r.role, File: r.file, Record: r.record, ID: r.id,
		Field: c.name, Message: message, Remedy: remedy,
	})
}

// area reads a figure that cannot be negative, m²; only restricts the columns.
// No land has 0 m², so a number column's 0 is null.
func (r *row) area(field domain.Field, only ...string) Number {
	v, c := r.text(field, only...)
	if zeroMeansNull(v, c) {
		return Number{}
	}
	n, ok := parseNumber(v)
	if ok && n.Value >= 0 {
		return n
	}
	r.issue(checkFields, c, notA(c, v, "面积（平方米）", "an area in m²"), geo.Text{
		ZH: "请填写以平方米为单位的非负数", EN: "Write a number of square metres, not negative"})
	return Number{}
}

// ridge reads the ridge coefficient, 0 ≤ x < 1.
func (r *row) ridge() Number {
	v, c := r.text(domain.Ridge)
	n, ok := parseNumber(v)
	if ok && (!n.Known || n.Value >= 0 && n.Value < 1) {
		return n
	}
	r.issue(checkFields, c, notA(c, v, "0 至 1（不含 1）的扣除系数", "a ridge coefficient, 0 ≤ x < 1"), geo.Text{
		ZH: "请填写小数形式的扣除系数，例如 0.1250；没有则留空",
		EN: "Write the coefficient as a fraction such as 0.1250, or leave it empty"})
	return Number{}
}

// level reads a class that counts from 1: slope, grade.
func (r *row) level(field domain.Field, most int, name geo.Text) int {
	v, c := r.text(field)
	if zeroMeansNull(v, c) {
		return 0
	}
	n, ok := parseWhole(v, 1, most)
	if !ok {
		r.issue(checkCodes, c,
			geo.Textf("%[4]s %[1]s 的值“%[2]s”不在 1 至 %[3]d 之内", "%[5]s %[1]s is %[2]q, not 1 to %[3]d", c.name, shorten(v), most, name.ZH, name.EN),
			geo.Textf("请填写 1 至 %d 的整数，没有则留空", "Write a whole number from 1 to %d, or leave it empty", most))
	}
	return n
}

func (r *row) slope() int {
	return r.level(domain.Slope, 5, geo.Text{ZH: "耕地坡度级别", EN: "slope class"})
}

func (r *row) grade() int {
	return r.level(domain.Grade, 15, geo.Text{ZH: "质量等别", EN: "quality grade"})
}

func (r *row) year() int {
	v, c := r.text(domain.YearField)
	if zeroMeansNull(v, c) {
		return 0
	}
	n, ok := parseWhole(strings.TrimSuffix(v, "年"), firstYear, lastYear)
	if !ok {
		r.issue(checkFields, c, notA(c, v, "年份", "a year"), geo.Text{
			ZH: "请填写四位年份，例如 2025", EN: "Write a four-digit year such as 2025"})
	}
	return n
}

func (r *row) date(field domain.Field, only ...string) string {
	v, c := r.text(field, only...)
	d, ok := parseDate(v)
	if !ok {
		r.issue(checkFields, c, notA(c, v, "日期", "a date"), geo.Text{
			ZH: "请填写 YYYYMMDD、YYYY-MM-DD 或 2026年5月1日 形式的日期", EN: "Write the date as YYYYMMDD or YYYY-MM-DD"})
	}
	return d
}

// class reads a land class of base data, written in survey codes or in planning
// codes, as the survey's. A code that the system lacks is kept, so that messages
// can name it; it counts as no group.
func (r *row) class(system Classification) string {
	v, c := r.text(domain.ClassField)
	code := domain.ClassCode(v)
	if code == "" {
		if required(r.role, domain.ClassField) && r.has(domain.ClassField) {
			r.issue(checkFields, r.schema[domain.ClassField][0],
				geo.Text{ZH: "未填写地类编码", EN: "the land class is empty"}, domain.ClassHint(code))
		}
		return ""
	}
	k := coded{row: *r, column: c, code: code}
	if system == "" {
		system = SurveyCodes
	}
	class, _ := k.settle(system, r.issues)
	return class
}

// purpose reads YT: one of its codes, or free text, which coordinate files
// carry in its place. What looks like a code must be one.
func (r *row) purpose() string {
	if v, _ := r.text(domain.Purpose); strings.ContainsFunc(v, func(c rune) bool { return c > 127 }) {
		return v
	}
	return r.code(domain.Purpose, domain.Purposes(), nil)
}

// code reads a word out of a list, in capitals; Chinese words for it are
// translated. A word outside the list is reported and kept.
func (r *row) code(field domain.Field, known []string, words map[string]string) string {
	v, c := r.text(field)
	if v == "" {
		return ""
	}
	code := strings.ToUpper(v)
	if w, ok := words[v]; ok {
		code = w
	}
	for _, k := range known {
		if code == k {
			return code
		}
	}
	list := strings.Join(known, ", ")
	r.issue(checkCodes, c,
		geo.Textf("%[1]s 的值“%[2]s”不是规定的代码", "%[1]s is %[2]q, not one of its codes", c.name, shorten(v)),
		geo.Textf("可用代码：%s", "The codes are %s", list))
	return code
}

func notA(c column, v, zh, en string) geo.Text {
	return geo.Text{
		ZH: "字段 " + c.name + " 的值“" + shorten(v) + "”不是" + zh,
		EN: "field " + c.name + " is \"" + shorten(v) + "\", not " + en,
	}
}

// zeroMeansNull tells a number column's 0 from a code: desktop GIS write 0 for
// null into Shapefiles, and no year, slope, grade or area is 0.
func zeroMeansNull(v string, c column) bool {
	if !c.number {
		return false
	}
	for i := 0; i < len(v); i++ {
		if v[i] != '0' && v[i] != '.' {
			return false
		}
	}
	return true
}

// shorten keeps a quoted value readable.
func shorten(s string) string {
	const max = 40
	if r := []rune(s); len(r) > max {
		return string(r[:max]) + "…"
	}
	return s
}
