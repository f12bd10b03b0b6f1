package plan

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// coded is a land class as one record of a plan layer writes it.
type coded struct {
	row    row
	column column
	code   string // as ClassCode
	name   string // the class's name beside it, "" none
	beside string // the planning code in a column GHDLBM beside it, "" none
	after  bool   // the name is of the class after the change for certain; a lone DLMC may say what was before
}

// coded reads the land class of a record; what it means is not known before the
// whole layer is read (see classify).
func (r *row) coded() coded {
	v, c := r.text(domain.ClassField)
	k := coded{row: *r, column: c, code: domain.ClassCode(v)}
	k.row.values = nil
	var n column
	k.name, n = r.text(domain.ClassName)
	if g, at := r.text(domain.ClassField, "GHDLBM"); at.name != c.name {
		k.beside = domain.ClassCode(g)
	}
	k.after = !strings.EqualFold(n.name, "DLMC") || strings.EqualFold(c.name, "DLBM")
	if k.code == "" && required(r.role, domain.ClassField) && r.has(domain.ClassField) {
		r.issue(checkFields, r.schema[domain.ClassField][0],
			geo.Text{ZH: "未填写地类编码", EN: "the land class is empty"}, domain.ClassHint(""))
	}
	return k
}

// classify settles in which system a layer's codes are written and gives each
// change its survey class. The manifest says it, or a column called GHDLBM, or
// a code that one system alone has, or a name beside a code that is the other
// system's; codes that both systems have say nothing. A layer that holds marks
// of both systems is an issue: which land its other codes mean nobody can tell.
func (p *Plan) classify(s layerAssignment, read *contribution) {
	var survey, planning *coded // the first mark of each
	for i := range read.codes {
		k := &read.codes[i]
		switch k.system() {
		case SurveyCodes:
			if survey == nil {
				survey = k
			}
		case PlanningCodes:
			if planning == nil {
				planning = k
			}
		}
	}
	system := s.classes
	switch {
	case system != "":
	case planning == nil:
		system = SurveyCodes
	case survey == nil:
		system = PlanningCodes
	default:
		read.mixed(survey, planning)
	}
	for i := range read.codes {
		k := &read.codes[i]
		t := &read.changes[i].Traits
		t.Class, t.Written = k.settle(system, &read.issues)
		k.contradict(t.Class, &read.issues)
		if s.classes == "" || k.beside != k.code {
			k.contradictPlanned(t.Class, &read.issues)
		}
	}
	if system == PlanningCodes {
		p.Notices = append(p.Notices, translated(s.layer.File(), read.codes))
	}
}

// system is what a record alone tells of its system; "" for nothing.
func (k *coded) system() Classification {
	class, inSurvey := domain.Lookup(k.code)
	other, inPlanning := planningOf(k.code)
	switch {
	case k.code == "":
		return ""
	case strings.EqualFold(k.column.name, "GHDLBM"):
		return PlanningCodes
	case inSurvey && !inPlanning:
		return SurveyCodes
	case inPlanning && !inSurvey:
		return PlanningCodes
	case inPlanning && k.beside == k.code && other.survey != k.code: // the same code stands in GHDLBM
		return PlanningCodes
	case !inSurvey || other.survey == k.code || k.name == "":
		return ""
	}
	to, _ := domain.Lookup(other.survey)
	switch bare := bareClassName(k.name); {
	case bare == bareClassName(class.NameZH):
		if k.after {
			return SurveyCodes
		}
	case bare == bareClassName(other.name), bare == bareClassName(other.also), bare == bareClassName(to.NameZH):
		return PlanningCodes
	}
	return ""
}

// bareClassName is a class's name without the words that some leave out.
func bareClassName(name string) string {
	name = strings.TrimSpace(name)
	for _, end := range []string{"建设用地", "设施用地", "用地"} {
		if rest := strings.TrimSuffix(name, end); rest != name && rest != "" {
			return rest
		}
	}
	return name
}

// settle gives the survey class of a code in a system, "" of the system for a
// layer that mixes both, and the code as written where that is another.
func (k *coded) settle(system Classification, issues *[]Issue) (class, written string) {
	if k.code == "" {
		return "", ""
	}
	k.row.issues = issues
	_, inSurvey := domain.Lookup(k.code)
	planned, inPlanning := planningOf(k.code)
	lost := k.column.number && len(k.code) == 3 // 201 may be 0201: a city or an orchard
	switch {
	case system == PlanningCodes && inPlanning, system == "" && inPlanning && !inSurvey:
		return planned.survey, k.code
	case system == PlanningCodes:
		k.row.issue(checkCodes, k.column,
			geo.Text{ZH: "地类编码 " + k.column.name + " 的值“" + shorten(k.code) + "”不在用地用海分类中（图层采用该分类）：" + bothReadings(shorten(k.code)).ZH,
				EN: "land class " + k.column.name + " is \"" + shorten(k.code) + "\", not a code of 用地用海分类, in which the layer is written: " + bothReadings(shorten(k.code)).EN},
			geo.Textf("请统一采用一种分类，或在 %[1]s 的 layers 中写 classes: survey", "Write the whole layer in one classification, or say classes: survey under layers in %[1]s", k.row.manifest()))
		return "?" + k.code, k.code // known to nobody, whatever the survey means by it
	case inSurvey && !lost:
		return k.code, ""
	}
	hint := domain.ClassHint(k.code)
	if inPlanning {
		hint = geo.Text{ZH: "这是用地用海分类的编码（" + planned.name + "）；请改为三调编码 " + planned.survey + "，或在 " + k.row.manifest() + " 的 layers 中写 classes: planning",
			EN: "It is a code of 用地用海分类 (" + planned.name + "): write the 三调 code " + planned.survey + ", or say classes: planning under layers in " + k.row.manifest()}
	}
	k.row.issue(checkCodes, k.column,
		geo.Textf("地类编码 %[1]s 的值“%[2]s”不在三调工作分类中", "land class %[1]s is %[2]q, not a code of the 三调 working classification", k.column.name, shorten(k.code)), hint)
	if lost {
		return "", ""
	}
	return k.code, ""
}

// mixed is the issue of a layer that is written in both systems, at its first
// planning code, with what its ambiguous codes may be.
func (read *contribution) mixed(survey, planning *coded) {
	said := bothReadings(planning.code)
	var more []string
	for i := range read.codes {
		k := &read.codes[i]
		_, inSurvey := domain.Lookup(k.code)
		if other, ok := planningOf(k.code); ok && inSurvey && other.survey != k.code && k.code != planning.code && !slices.Contains(more, k.code) && len(more) < 5 {
			more = append(more, k.code)
			reading := bothReadings(k.code)
			said = geo.Text{ZH: said.ZH + "；" + reading.ZH, EN: said.EN + "; " + reading.EN}
		}
	}
	r := planning.row
	r.issues = &read.issues
	r.issue(checkCodes, planning.column,
		geo.Text{ZH: "图层混用了两种地类分类：" + planning.code + " 属用地用海分类，" + survey.code + "（第 " + strconv.Itoa(survey.row.record) + " 条记录）属三调工作分类；" + said.ZH,
			EN: "the layer mixes two classifications: " + planning.code + " is written in 用地用海分类, " + survey.code + " (record " + strconv.Itoa(survey.row.record) + ") in the 三调 working classification; " + said.EN},
		geo.Text{ZH: "请统一采用一种分类，并在 plan.yaml 的 layers 中写 classes: survey 或 classes: planning",
			EN: "Write the whole layer in one classification, and say classes: survey or classes: planning under layers in plan.yaml"})
}

// translated says how the codes of a layer were read.
func translated(file string, codes []coded) geo.Notice {
	const max = 12
	var zh, en []string
	seen := map[string]bool{}
	for _, k := range codes {
		c, ok := planningOf(k.code)
		if !ok || seen[k.code] {
			continue
		}
		seen[k.code] = true
		to, _ := domain.Lookup(c.survey)
		zh, en = append(zh, k.code+" "+c.name+" → "+c.survey+" "+to.NameZH), append(en, k.code+" "+c.name+" → "+c.survey+" "+to.NameEN)
	}
	slices.Sort(zh)
	slices.Sort(en)
	if len(zh) > max {
		zh, en = append(zh[:max], "…"), append(en[:max], "…")
	}
	return geo.Notice{Severity: geo.Info, File: file, Message: geo.Text{
		ZH: "地类编码按用地用海分类读取，换算为三调工作分类：" + strings.Join(zh, "；"),
		EN: "land classes are read as codes of 用地用海分类 and taken as those of the 三调 working classification: " + strings.Join(en, "; ")}}
}

// contradict is the issue of a code whose own name, in a column of the class
// after the change, is that of land of another group.
func (k *coded) contradict(class string, issues *[]Issue) {
	if k.name == "" || !k.after {
		return
	}
	c, ok := domain.Lookup(class)
	groups := classNames()[bareClassName(k.name)]
	if !ok || len(groups) == 0 || slices.Contains(groups, c.Group) {
		return
	}
	k.row.issues = issues
	k.row.issue(checkCodes, k.column,
		geo.Text{ZH: "地类编码 " + k.column.name + " 的值“" + shorten(k.code) + "”与名称“" + shorten(k.name) + "”不符：" + bothReadings(shorten(k.code)).ZH,
			EN: "land class " + k.column.name + " is \"" + shorten(k.code) + "\", and its name beside it is \"" + shorten(k.name) + "\": " + bothReadings(shorten(k.code)).EN},
		geo.Text{ZH: "请更正编码或名称，或在 plan.yaml 的 layers 中写 classes: survey 或 classes: planning", EN: "Correct the code or the name, or say classes: survey or classes: planning under layers in plan.yaml"})
}

// contradictPlanned is the issue of a code beside which GHDLBM means land of
// another group: which of the two the land becomes nobody can tell.
func (k *coded) contradictPlanned(class string, issues *[]Issue) {
	planned, ok := planningOf(k.beside)
	c, known := domain.Lookup(class)
	other, there := domain.Lookup(planned.survey)
	if !ok || !known || !there || c.Group == other.Group {
		return
	}
	k.row.issues = issues
	k.row.issue(checkCodes, k.column,
		geo.Text{ZH: "地类编码 " + k.column.name + " 的值“" + shorten(k.code) + "”（" + c.NameZH + "）与 GHDLBM 的值“" + shorten(k.beside) + "”（" + planned.name + "）不符",
			EN: "land class " + k.column.name + " is \"" + shorten(k.code) + "\" (" + c.NameEN + "), while GHDLBM is \"" + shorten(k.beside) + "\" (" + planned.name + ", " + other.NameEN + ")"},
		geo.Text{ZH: "请更正其中一个，或在 plan.yaml 的 layers 中用 fields: {class: …} 写明采用哪个字段", EN: "Correct one of them, or name the field that holds under layers in plan.yaml, fields: {class: …}"})
}

// classNames are the groups of land that a class's name, of either system, may
// mean.
var classNames = sync.OnceValue(func() map[string][]string {
	names := map[string][]string{}
	add := func(name, survey string) {
		c, ok := domain.Lookup(survey)
		if name = bareClassName(name); ok && name != "" && !slices.Contains(names[name], c.Group) {
			names[name] = append(names[name], c.Group)
		}
	}
	for _, c := range domain.Classes() {
		add(c.NameZH, c.Code)
	}
	for _, p := range planningClasses {
		add(p.name, p.survey)
		add(p.also, p.survey)
	}
	return names
})
