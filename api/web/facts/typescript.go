package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/report"
)

// source is a TypeScript file in the making.
type source struct{ bytes.Buffer }

func typeScript() []byte {
	var s source
	s.WriteString("// Made by go generate ./api/web from rules/domain, rules/report and geo/catalog: edit those.\n")
	s.union("Status", words(domain.Statuses()))
	s.union("Level", words(domain.Levels()))
	s.union("Verdict", words(domain.Verdicts()))
	s.titles()
	s.roles()
	s.classes()
	s.formats()
	s.WriteString("\n/** Endings of single files that may be a whole plan. */\n")
	s.list("packageEndings", catalog.PackageEndings())
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
	for _, l := range domain.Layers() {
		s.title("role-"+string(l.Role), capital(l.Title))
	}
	for _, c := range domain.ClassGroups() {
		s.title("group-"+c, domain.ClassGroupTitle(c))
	}
	for _, f := range report.Formats() {
		s.title("as-"+f.Name, f.Title)
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
	s.WriteString("\n/** Roles of base layers that land lies in or does not. */\n")
	s.list("flagRoles", words(domain.FlagRoles()))
	s.WriteString("\n/** Roles whose features change land. */\n")
	s.list("changeRoles", words(domain.ChangeRoles()))
}

func (s *source) list(name string, all []string) {
	fmt.Fprintf(s, "export const %s: string[] = ['%s'];\n", name, strings.Join(all, "', '"))
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
	s.WriteString("};\n")
}

func (s *source) formats() {
	s.WriteString("\n/** Formats of the report: name and file ending. */\nexport const reportFormats: [string, string][] = [\n")
	for _, f := range report.Formats() {
		fmt.Fprintf(s, "  [%s, %s],\n", quoted(f.Name), quoted(f.Endings[0]))
	}
	s.WriteString("];\n")
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
