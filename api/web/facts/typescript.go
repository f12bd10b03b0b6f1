package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/deliver"
	"landcheck/rules/domain"
	"landcheck/rules/mapsheet"
	"landcheck/rules/plan"
	"landcheck/rules/report"
)

// source is a TypeScript file in the making.
type source struct{ bytes.Buffer }

func typeScript() []byte {
	var s source
	s.WriteString("// Made by go generate ./api/web from rules/domain, rules/plan, rules/report, rules/mapsheet, rules/deliver and geo/catalog: edit those.\n")
	s.union("Status", words(domain.Statuses()))
	s.union("DecisionKind", words(domain.Decisions()))
	s.union("Level", words(domain.Levels()))
	s.union("Verdict", words(domain.Verdicts()))
	s.titles()
	s.roles()
	s.classes()
	s.looks()
	s.formats()
	s.WriteString("\n/** Endings of single files that may be a whole plan. */\n")
	s.list("packageEndings", catalog.PackageEndings())
	s.names()
	s.endings()
	s.documents()
	return s.Bytes()
}

func words[C ~string](codes []C) []string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = string(c)
	}
	return all
}

// union is a type of some words.
func (s *source) union(name string, codes []string) {
	fmt.Fprintf(s, "\nexport type %s = '%s';\n", name, strings.Join(codes, "' | '"))
}

// titles are the words of the page's dictionary that stand in tables.
func (s *source) titles() {
	s.WriteString("\n/** [Chinese, English] of codes, as the dictionary has them. */\nexport const titles = {\n")
	for _, c := range domain.Verdicts() {
		s.title(string(c), c.Title())
	}
	for _, c := range domain.Statuses() {
		s.title(string(c), c.Title())
		s.title("means-"+string(c), c.Means())
	}
	for _, c := range domain.Levels() {
		s.title(string(c), c.Title())
	}
	for _, c := range domain.Stages() {
		s.title("stage-"+string(c), c.Title())
	}
	for _, c := range domain.Decisions() {
		s.title("decision-"+string(c), c.Title())
		s.title("means-decision-"+string(c), c.Means())
	}
	for _, l := range domain.Layers() {
		s.title("role-"+string(l.Role), capital(l.Title))
	}
	for _, c := range domain.ClassGroups() {
		s.title("group-"+c, domain.ClassGroupTitle(c))
	}
	for _, kind := range domain.DocumentKinds() {
		s.title("paper-"+kind, capital(domain.DocumentTitle(kind)))
	}
	for _, f := range report.Formats() {
		s.title("as-"+f.Name, f.Title)
	}
	for _, k := range mapsheet.Kinds() {
		s.title("map-"+string(k), geo.Textf("图件：%s", "map sheet: %s", k.Title()))
	}
	for _, k := range deliver.Kinds() {
		s.title("export-"+string(k.Kind), geo.Textf("%[1]v（%[2]v）", "%[1]v (%[2]v)", k.Title, k.System))
	}
	s.WriteString("} as const;\n")
}

func (s *source) title(key string, t geo.Text) {
	fmt.Fprintf(s, "  %s: [%s, %s],\n", quoted(key), quoted(t.ZH), quoted(t.EN))
}

// capital begins the English with a capital letter, as a label does.
func capital(t geo.Text) geo.Text {
	if t.EN != "" {
		r := []rune(t.EN)
		r[0] = unicode.ToUpper(r[0])
		t.EN = string(r)
	}
	return t
}

func (s *source) roles() {
	s.WriteString("\n/** Base layers without which a verdict is incomplete: role and name. */\nexport const coreLayers: [string, string][] = [")
	for i, r := range domain.CoreRoles() {
		if i > 0 {
			s.WriteString(", ")
		}
		fmt.Fprintf(s, "[%s, %s]", quoted(string(r)), quoted(r.Names()[0]))
	}
	s.WriteString("];\n")
	s.WriteString("\n/** Roles of base layers that land lies in or does not. */\n")
	s.list("flagRoles", words(domain.FlagRoles()))
	s.WriteString("\n/** Roles whose features change land. */\n")
	s.list("changeRoles", words(domain.ChangeRoles()))
}

func (s *source) list(name string, all []string) {
	fmt.Fprintf(s, "export const %s: string[] = ['%s'];\n", name, strings.Join(all, "', '"))
}

// names are what layers are known by.
func (s *source) names() {
	s.WriteString("\n/** Fields of layers: key in plan.yaml, accepted columns, [Chinese, English], whether a layer cannot be judged without. */\n" +
		"export interface Field { key: string; columns: string[]; title: [string, string]; required: boolean }\n" +
		"\n/** Roles of a plan's layers, with the names that stand for them (in capitals) and their fields. */\n" +
		"export const planRoles: { role: string; names: string[]; fields: Field[] }[] = [\n")
	for _, r := range domain.PlanRoles() {
		fmt.Fprintf(s, "  { role: %s, names: %s, fields: [\n", quoted(string(r)), array(r.Names()))
		for _, f := range domain.FieldsOf(r) {
			fmt.Fprintf(s, "    { key: %s, columns: %s, title: [%s, %s], required: %t },\n", quoted(string(f.Field)), array(f.Columns),
				quoted(f.Title.ZH), quoted(capital(f.Title).EN), f.Required)
		}
		s.WriteString("  ] },\n")
	}
	s.WriteString("];\n\n/** Names of base layers, which belong in no plan. */\n")
	var base []string
	for _, r := range domain.BaseRoles() {
		base = append(base, r.Names()...)
	}
	s.list("baseNames", base)
	before, after := plan.NameMarks()
	fmt.Fprintf(s, "\n/** What is taken off before and after a layer's name (rules/plan, BareName). */\nexport const nameMarks: [string, string] = [%s, %s];\n",
		quoted(asciiSpace(before)), quoted(asciiSpace(after)))
}

// asciiSpace writes \s as what it means in Go: JavaScript's has more.
func asciiSpace(re string) string {
	const space = `\t\n\f\r `
	return strings.NewReplacer(`\[\s`, `\[[`+space+"]", `[\s`, "["+space, `\s`, "["+space+"]").Replace(re)
}

// endings are what accounts for files that are no layers.
func (s *source) endings() {
	e := plan.FileEndings()
	s.WriteString("\n/** Endings of files by what becomes of them (rules/plan, FileEndings). */\nexport const endings = {\n")
	for _, list := range []struct {
		name string
		all  []string
	}{{"papers", e.Papers}, {"tables", e.Tables}, {"companions", e.Companions}, {"parts", e.Parts}, {"landData", e.LandData}, {"archives", e.Archives}} {
		fmt.Fprintf(s, "  %s: %s,\n", list.name, array(list.all))
	}
	s.WriteString("};\n")
}

// documents are the kinds of papers, and the words by which files are likely to be
// of a kind or of a department.
func (s *source) documents() {
	s.WriteString("\n/** Kinds of papers, with words that their files' names are likely to have. */\nexport const paperWords: Record<string, string[]> = {\n")
	for _, kind := range domain.DocumentKinds() {
		fmt.Fprintf(s, "  %s: %s,\n", quoted(kind), array(domain.DocumentWords(kind)))
	}
	s.WriteString("};\n\n/** Kinds of which every village has a paper of its own. */\n")
	s.list("villagePapers", domain.VillageKinds())
	s.WriteString("\n/** Departments, with words that name them. */\nexport const departmentWords: Record<string, string[]> = {\n")
	for _, name := range domain.Departments() {
		fmt.Fprintf(s, "  %s: %s,\n", quoted(name), array(domain.DepartmentWords(name)))
	}
	s.WriteString("};\n")
}

func array(all []string) string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = quoted(one)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func (s *source) classes() {
	s.WriteString("\n/** The groups of land classes, in the order of tables. */\n")
	s.list("classGroups", domain.ClassGroups())
	s.WriteString("\n/** The codes of each group (TD/T 1055). */\nexport const classCodes: Record<string, string[]> = {\n")
	for _, group := range domain.ClassGroups() {
		var codes []string
		for _, c := range domain.Classes() {
			if c.Group == group {
				codes = append(codes, c.Code)
			}
		}
		if len(codes) > 0 {
			fmt.Fprintf(s, "  %s: ['%s'],\n", group, strings.Join(codes, "', '"))
		}
	}
	s.WriteString("};\n\n/** The name of each class (TD/T 1055), [Chinese, English]. */\nexport const classNames: Record<string, [string, string]> = {\n")
	for _, c := range domain.Classes() {
		fmt.Fprintf(s, "  %s: [%s, %s],\n", quoted(c.Code), quoted(c.NameZH), quoted(c.NameEN))
	}
	s.WriteString("};\n")
}

func (s *source) formats() {
	s.WriteString("\n/** Formats of the report: name and file ending. */\nexport const reportFormats: [string, string][] = [\n")
	for _, f := range report.Formats() {
		fmt.Fprintf(s, "  [%s, %s],\n", quoted(f.Name), quoted(f.Endings[0]))
	}
	s.WriteString("];\n\n/** What systems may receive of a plan; pbf-update is for those who read base layers. */\n")
	s.list("deliverables", deliver.KindNames())
	s.WriteString("\n/** Map sheets, by the end of their address. */\n")
	s.list("mapSheets", words(mapsheet.Kinds()))
}

// quoted is a string literal, in single quotes as the page's own.
func quoted(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		return "''"
	}
	inner := strings.ReplaceAll(string(data[1:len(data)-1]), `\"`, `"`)
	return "'" + strings.ReplaceAll(inner, "'", `\'`) + "'"
}
