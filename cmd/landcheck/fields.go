package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) fieldsCommand() *ffcli.Command {
	fs := a.flags("fields")
	format := fs.String("format", "text", "text, md, json, or xlsx, which needs -o 格式")
	output := fs.String("o", "", "write `file`, its kind by its ending (.xlsx .json .md .txt) 另存为文件")
	return &ffcli.Command{
		Name: "fields", ShortUsage: "landcheck fields [ROLE|LAYER] [--format text|md|json|xlsx] [-o FILE]",
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
			given := false
			fs.Visit(func(f *flag.Flag) { given = given || f.Name == "format" })
			if *output != "" {
				kind := strings.TrimPrefix(strings.ToLower(filepath.Ext(*output)), ".")
				if kind == "txt" {
					kind = "text"
				}
				if given && *format != kind {
					return usage("--format %[1]s 与文件结尾不一致：%[2]s", "--format %[1]s is not what the file's ending says: %[2]s", *format, *output)
				}
				return replaceFile(*output, func(w io.Writer) error { return a.writeFields(w, ref, kind) })
			}
			if *format == "xlsx" {
				return usage("xlsx 不能写到标准输出，请用 -o 文件.xlsx", "xlsx cannot go to standard output, use -o file.xlsx")
			}
			if *format == "text" {
				return a.writeFields(a.stdout, ref, *format)
			}
			return a.writeFields(a.rawOut, ref, *format) // headings begin lines of Markdown
		},
	}
}

// writeFields writes the reference in one of its formats.
func (a *app) writeFields(w io.Writer, ref domain.Reference, format string) error {
	switch format {
	case "json":
		return report.EncodeJSON(w, ref)
	case "md":
		_, err := io.WriteString(w, ref.Markdown(a.lang))
		return err
	case "text":
		return a.showFields(w, ref)
	case "xlsx":
		return report.WriteFieldsXLSX(w, ref, a.lang)
	}
	return usage("格式不能是 %q，可用 text、md、json、xlsx", "the format cannot be %q, only text, md, json or xlsx", format)
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, fill func(w io.Writer) error) error {
	file, err := outfile.Create(path, outfile.Public)
	if err != nil {
		return err
	}
	defer file.Cleanup()
	if err := fill(file); err != nil {
		return err
	}
	return file.Replace()
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
func (a *app) showFields(w io.Writer, ref domain.Reference) error {
	for _, l := range ref.Layers {
		names := strings.Join(l.Names, " ")
		fmt.Fprintf(w, "%s  %s\n  %s\n", l.Title.In(a.lang), l.Role, cmp.Or(names, geo.Text{ZH: "（只在 plan.yaml 中指定）", EN: "(named in plan.yaml alone)"}.In(a.lang)))
		var t table
		for _, f := range l.Fields {
			t.add("", strings.Join(f.Columns, " "), f.Title.In(a.lang), f.Kind().In(a.lang), f.Domain(a.lang))
		}
		if err := t.write(w); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, geo.Text{ZH: "地类编码、材料种类等全部内容：landcheck fields --format md", EN: "Land classes, kinds of papers and everything else: landcheck fields --format md"}.In(a.lang))
	return nil
}
