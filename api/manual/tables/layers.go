package main

import (
	"fmt"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/rulebook"
)

// withLayers is the chapter on inputs with its tables of layers: the first of
// plan layers, the second of base layers.
func withLayers(text, lang string) (string, error) {
	head := geo.Text{ZH: "| 用途 | 名称 | 内容 |", EN: "| role | names | what |"}.In(lang)
	parts := strings.Split(text, head+"\n")
	if len(parts) != 3 {
		return "", fmt.Errorf("there are %d tables with the head %q, and not 2", len(parts)-1, head)
	}
	required, err := requiredBy()
	if err != nil {
		return "", err
	}
	for i, base := range []bool{false, true} {
		_, after, _ := strings.Cut(parts[i+1], "\n\n")
		parts[i+1] = "|---|---|---|\n" + rows(base, required, lang) + "\n" + after
	}
	return strings.Join(parts, head+"\n"), nil
}

func rows(base bool, required map[domain.Role][]string, lang string) string {
	var b strings.Builder
	stop := geo.Text{ZH: "；", EN: "; "}.In(lang)
	for _, l := range domain.Layers() {
		if l.Base != base || len(l.Names) == 0 {
			continue // a role that no name of a layer stands for
		}
		what := []string{l.Title.In(lang)}
		if !l.Holds.IsZero() {
			what = []string{l.Holds.In(lang)}
		}
		for _, f := range l.Fields {
			switch {
			case f.Field == domain.Kind:
				what = append(what, "`"+f.Columns[0]+"` "+kinds(f, lang))
			case f.Required:
				what = append(what, geo.Textf("`%s` 必填", "`%s` required", f.Columns[0]).In(lang))
			}
		}
		switch {
		case l.Core:
			what = append(what, geo.Text{ZH: "核心", EN: "core"}.In(lang))
		case len(required[l.Role]) > 0:
			books := "`" + strings.Join(required[l.Role], "` `") + "`"
			what = append(what, geo.Textf("%s 要求", "required by %s", books).In(lang))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", l.Role, strings.Join(l.Names, geo.Text{ZH: "、", EN: ", "}.In(lang)), strings.Join(what, stop))
	}
	return b.String()
}

// kinds are the codes of a field that parts a layer, with what they mean where
// the field says it.
func kinds(f domain.FieldInfo, lang string) string {
	note := f.Note.In(lang)
	if strings.Contains(note, f.Codes[0]) {
		return note
	}
	return strings.Join(f.Codes, geo.Text{ZH: "、", EN: ", "}.In(lang)) + geo.Textf("（%[1]s）", " (%[1]s)", note).In(lang)
}

// requiredBy are the built-in rulebooks that ask for a base layer which is not
// core.
func requiredBy() (map[domain.Role][]string, error) {
	out := map[domain.Role][]string{}
	for _, id := range rulebook.BuiltIn() {
		b, err := rulebook.Load(id)
		if err != nil {
			return nil, err
		}
		for _, role := range b.Require {
			if !slices.Contains(out[role], id) {
				out[role] = append(out[role], id)
			}
		}
	}
	return out, nil
}
