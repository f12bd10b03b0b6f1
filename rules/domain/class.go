package domain

import (
	"strings"

	"landcheck/geo"
)

// Class is one class of the 三调 working classification (TD/T 1055) with the
// groups that rules use. Every class is exactly one of Agricultural,
// Construction and Unused (三大类); the other groups overlap them.
type Class struct {
	Code   string
	NameZH string
	NameEN string

	Cropland     bool // 耕地: 0101 0102 0103; K classes are not
	Construction bool
	Forest       bool
	Grassland    bool
	Wetland      bool
	Ecological   bool // forest, grassland, wetland, rivers, lakes, glaciers
	Agricultural bool
	Unused       bool

	// Group is the group under which tables list the class, the narrowest that
	// holds it: cropland, construction, forest, grassland, wetland, ecological,
	// agricultural or unused.
	Group string
}

// classGroups are the groups under which tables list land, in their order.
var classGroups = []Term[string]{
	{Code: "cropland", Title: geo.Text{ZH: "耕地", EN: "cropland"}},
	{Code: "construction", Title: geo.Text{ZH: "建设用地", EN: "construction land"}},
	{Code: "forest", Title: geo.Text{ZH: "林地", EN: "forest"}},
	{Code: "grassland", Title: geo.Text{ZH: "草地", EN: "grassland"}},
	{Code: "wetland", Title: geo.Text{ZH: "湿地", EN: "wetland"}},
	{Code: "ecological", Title: geo.Text{ZH: "其他生态用地", EN: "other ecological land"}},
	{Code: "agricultural", Title: geo.Text{ZH: "其他农用地", EN: "other agricultural land"}},
	{Code: "unused", Title: geo.Text{ZH: "未利用地", EN: "unused land"}},
	{Code: "other", Title: geo.Text{ZH: "其他地类", EN: "other classes"}, Means: geo.Text{ZH: "编码不在分类中", EN: "codes that the classification lacks"}},
}

// ClassGroups are the groups under which tables list land, in their order;
// the last is that of codes which the classification lacks.
func ClassGroups() []string { return codesOf(classGroups) }

// ClassGroupTitle names a group of land classes.
func ClassGroupTitle(group string) geo.Text {
	if group == "" {
		group = "other"
	}
	return titleOf(classGroups, group)
}

// Title is the name in both languages.
func (c Class) Title() geo.Text { return geo.Text{ZH: c.NameZH, EN: c.NameEN} }

// Lookup finds the class of a code. Case and surrounding space do not matter.
// An unknown code is in no group; ClassHint says what may be behind it.
func Lookup(code string) (Class, bool) {
	code = ClassCode(code)
	for i := range classes { // 77 short strings: comparing beats hashing
		if classes[i].Code == code {
			return classes[i], true
		}
	}
	return Class{}, false
}

// ClassCode is a code as the classification writes it: no space around it,
// letters in capitals.
func ClassCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// Classes is the whole classification, in order of code; settlement codes last.
func Classes() []Class {
	return append([]Class(nil), classes[:]...)
}

// ClassHint says what an unknown code may be and what to write instead.
func ClassHint(code string) geo.Text {
	code = ClassCode(code)
	switch {
	case code == "":
		return geo.Text{
			ZH: "请填写三调工作分类的四位地类编码",
			EN: "Fill in the four-digit code of the 三调 working classification",
		}
	case len(code) == 3 && allDigits(code):
		return geo.Textf(
			"三位编码 %[1]s 可能是二调编码，或数字型字段丢失了前导 0；请用文本型字段填写三调四位编码，例如 0%[1]s",
			"The three-digit code %[1]s may be a second-survey code, or a number that lost its leading zero; write the four-digit 三调 code as text, for example 0%[1]s", code)
	case len(code) == 2 && allDigits(code):
		return geo.Textf(
			"%[1]s 是一级类，请填写四位二级类编码，例如 %[1]s01",
			"%[1]s is a first-level class; write a four-digit second-level code such as %[1]s01", code)
	}
	if near := nearestClass(code); near != "" {
		return geo.Textf(
			"请改为三调工作分类的编码，例如 %s", "Use a code of the 三调 working classification, for example %s", near)
	}
	return geo.Text{
		ZH: "请改为三调工作分类（TD/T 1055）的编码",
		EN: "Use a code of the 三调 working classification (TD/T 1055)",
	}
}

// nearestClass is the class without a wrong suffix (0101K → 0101), "" if none.
func nearestClass(code string) string {
	if len(code) != 5 {
		return ""
	}
	if c, ok := Lookup(code[:4]); ok {
		return c.Code
	}
	return ""
}

func allDigits[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}
