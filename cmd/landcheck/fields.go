package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) fieldsCommand() *ffcli.Command {
	fs := a.flags("fields")
	format := fs.String("format", "text", "text, md or json 格式")
	return &ffcli.Command{
		Name: "fields", ShortUsage: "landcheck fields [ROLE|LAYER] [--format text|md|json]",
		ShortHelp: "layers, fields, codes and papers that are read 图层、字段、代码与材料",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) > 1 {
				return usage("fields 只接受一个图层", "fields takes one layer")
			}
			ref := domain.WholeReference()
			if len(args) == 1 {
				role, err := roleNamed(args[0])
				if err != nil {
					return err
				}
				ref = domain.ReferenceOf(role)
			}
			switch *format {
			case "json":
				return report.EncodeJSON(a.rawOut, ref)
			case "md":
				_, err := fmt.Fprint(a.rawOut, ref.Markdown(a.lang)) // headings begin its lines
				return err
			case "text":
				return a.showFields(ref)
			}
			return usage("--format 不能是 %q，可用 text、md、json", "--format cannot be %q, only text, md or json", *format)
		},
	}
}

// roleNamed is the role that a word means: its own name, or that of a layer.
func roleNamed(word string) (domain.Role, error) {
	var known []string
	for _, l := range domain.Layers() {
		if string(l.Role) == strings.ToLower(word) {
			return l.Role, nil
		}
		known = append(append(known, string(l.Role)), l.Names...)
	}
	if role := plan.RoleOf(word, append(domain.PlanRoles(), domain.BaseRoles()...)); role != "" {
		return role, nil
	}
	near := didYouMean(word, known)
	list := domain.Or(append(domain.PlanRoles(), domain.BaseRoles()...))
	return "", usage("没有图层 %[1]q%[2]s可用：%[4]s", "there is no layer %[1]q%[3]s one of %[4]s", word, cmp.Or(near.ZH, "，"), cmp.Or(near.EN, ";"), list)
}

// showFields fills a screen: each layer with a line for a field.
func (a *app) showFields(ref domain.Reference) error {
	for _, l := range ref.Layers {
		names := strings.Join(l.Names, " ")
		fmt.Fprintf(a.stdout, "%s  %s\n  %s\n", l.Title.In(a.lang), l.Role, cmp.Or(names, geo.Text{ZH: "（只在 plan.yaml 中指定）", EN: "(named in plan.yaml alone)"}.In(a.lang)))
		var t table
		for _, f := range l.Fields {
			t.add("", strings.Join(f.Columns, " "), f.Title.In(a.lang), f.Kind().In(a.lang), f.Domain(a.lang))
		}
		if err := t.write(a.stdout); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout)
	}
	fmt.Fprintln(a.stdout, geo.Text{ZH: "地类编码、材料种类等全部内容：landcheck fields --format md", EN: "Land classes, kinds of papers and everything else: landcheck fields --format md"}.In(a.lang))
	return nil
}
