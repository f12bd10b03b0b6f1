package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/check"
	"landcheck/rules/deliver"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// exportFlags is what export takes.
type exportFlags struct {
	checkFlags
	to, out, producer, ownNeeds string
	draft                       bool
}

func (a *app) exportCommand() *ffcli.Command {
	fs := a.flags("export")
	f := exportFlags{checkFlags: checkFlags{format: "json", failOn: "in_principle"}}
	fs.Var(&f.base, "base", "base data: `directory`, "+packageFiles()+" or postgres://…; may be repeated 底图")
	fs.StringVar(&f.to, "to", "", "what to export: `kind` "+domain.Or(deliver.KindNames())+" 成果种类")
	fs.StringVar(&f.out, "o", "", "`directory`, new or empty, or file.zip to write 写到新目录或 .zip")
	fs.BoolVar(&f.draft, "draft", false, "export whatever the verdict; files and records say 草案 不论结论都导出，注明“草案”")
	fs.StringVar(&f.dated, "dated", "", "`day` of the files, as 2026-11-30; parcels without a date of their own count from it 成果日期")
	fs.StringVar(&f.producer, "producer", "", "`name` of the bureau that hands it in 数据产生单位")
	fs.StringVar(&f.ownNeeds, "own-needs", "", "cropland-balance: net `m2` of new cropland that the county needs beside the plan 旗县自行平衡另需的补充耕地")
	f.judgedBy(fs)
	return &ffcli.Command{
		Name: "export", ShortUsage: "landcheck export PLAN --base BASE --to KIND -o DIR|FILE.zip [flags]",
		ShortHelp: "write what the systems are to receive, from a plan that is compliant 导出交付成果",
		LongHelp:  exportHelp(),
		FlagSet:   fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 {
				return usage("export 需要一个方案包：landcheck export 方案包 --base 底图 --to 种类 -o 目录", "export takes one plan package: landcheck export PLAN --base BASE --to KIND -o DIR")
			}
			needs, err := f.settle(fs, args[0])
			if err != nil {
				return err
			}
			return a.export(ctx, args[0], &f, needs)
		},
	}
}

// judgedBy adds the flags by which the plan is judged before anything is exported.
func (f *exportFlags) judgedBy(fs *flag.FlagSet) {
	fs.StringVar(&f.rulebook, "rulebook", "", "rulebook `id or file`; default the plan's own, else nmg-2025 规则册")
	fs.StringVar(&f.stage, "stage", "", domain.Or(domain.Stages())+"; default the plan's own 阶段")
	fs.BoolVar(&f.strict, "strict", false, "reservations make the verdict incomplete 有保留事项即算资料不全")
	fs.Var(&f.subprojects, "subproject", "`number` (XMBH) of a sub-project up for acceptance; may be repeated, none is all 待验收的子项目编号")
	fs.StringVar(&f.crs, "crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	fs.StringVar(&f.cache, "cache", "", "`directory` that remembers large base layers between runs, or off; default landcheck in the user's cache directory 底图缓存目录，off 为不用")
	fs.IntVar(&f.jobs, "jobs", 0, "processors to use, 0 for all 并行数")
	fs.BoolVar(&f.quiet, "quiet", false, "no progress on standard error 不显示进度")
}

// exportHelp lists the kinds.
func exportHelp() string {
	var b strings.Builder
	for _, k := range deliver.Kinds() {
		fmt.Fprintf(&b, "%-16s  %s: %s\n%18s%s：%s\n", k.Kind, k.System.EN, k.Holds.EN, "", k.System.ZH, k.Holds.ZH)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// settle reads the flags, and refuses what cannot be carried out before anything is
// read.
func (f *exportFlags) settle(fs *flag.FlagSet, pkg string) (needs plan.Number, err error) {
	kind, err := deliver.ByName(f.to)
	switch {
	case f.to == "":
		return needs, usage("缺少 --to：%[1]s", "--to is missing: %[1]s", domain.Or(deliver.KindNames()))
	case err != nil:
		return needs, err
	case f.out == "":
		return needs, usage("缺少 -o：请给出新目录或 .zip 文件", "-o is missing: name a new directory or a .zip")
	case f.ownNeeds != "" && kind.Kind != deliver.CroplandBalance:
		return needs, usage("--own-needs 只用于 --to cropland-balance", "--own-needs is for --to cropland-balance alone")
	case f.producer != "" && strings.ContainsAny(f.producer, "\r\n"):
		return needs, usage("--producer 只能是一行文字", "--producer is one line of text")
	}
	if f.ownNeeds != "" {
		x, err := strconv.ParseFloat(f.ownNeeds, 64)
		if err != nil || !(x >= 0 && x < 1e12) {
			return needs, usage("--own-needs 不能是 %[1]q，应为平方米数", "--own-needs cannot be %[1]q, but a number of square metres", f.ownNeeds)
		}
		needs = plan.Number{Value: x, Known: true}
	}
	if err := f.read(fs); err != nil {
		return needs, err
	}
	if err := f.needBase(pkg); err != nil {
		return needs, err
	}
	return needs, f.refuseOutput(fs, pkg)
}

// refuseOutput refuses to write over, or into, what is read.
func (f *exportFlags) refuseOutput(fs *flag.FlagSet, pkg string) error {
	inputs := []string{pkg}
	for _, b := range f.base {
		if !postgis.IsURL(b) {
			inputs = append(inputs, b)
		}
	}
	if err := refuseInputs(f.out, inputs); err != nil {
		return err
	}
	return guardOutputs([]string{f.out}, f.inputs([]target{{path: pkg, name: pkg}}, configOf(fs)))
}

// export checks a plan, and writes the deliverable where the verdict allows it.
func (a *app) export(ctx context.Context, pkg string, f *exportFlags, needs plan.Number) error {
	var made *deliver.Deliverable
	var files []string
	err := a.examine(ctx, target{path: pkg, name: pkg}, &f.checkFlags, func(res *check.Result, base *plan.Base) (err error) {
		made, err = deliver.Make(ctx, deliver.Request{Kind: deliver.Kind(f.to), Report: res.Report, Ledger: res.Ledger, Base: base,
			Draft: f.draft, Dated: f.dated, Producer: f.producer, OwnNeeds: needs})
		if err != nil {
			return err
		}
		files, err = made.Write(ctx, f.out, a.lang)
		return err
	})
	var refused *deliver.Refusal
	var nothing *deliver.Nothing
	switch {
	case errors.As(err, &refused):
		a.printError("%s", "%s", refused.Text().In(a.lang))
		fmt.Fprintln(a.stderr, geo.Text{ZH: "  用 landcheck check 看问题并修改方案；只作讨论用的，加 --draft，文件和记录都注明“草案”",
			EN: "  See by landcheck check what is wrong, and change the plan. For discussion only, add --draft: files and records then say 草案 (draft)"}.In(a.lang))
		return verdictError(exitViolations)
	case errors.As(err, &nothing):
		a.printError("%s", "%s", nothing.Text().In(a.lang))
		for _, f := range nothing.Figures {
			fmt.Fprintln(a.stderr, "  "+f.In(a.lang))
		}
		return verdictError(exitViolations)
	case err != nil:
		return err
	}
	return a.tellExported(made, f, files)
}

// tellExported says what was written, what it adds up to, and what has to be known.
func (a *app) tellExported(made *deliver.Deliverable, f *exportFlags, files []string) error {
	var b strings.Builder
	add := func(t geo.Text) { b.WriteString(t.In(a.lang) + "\n") }
	add(geo.Textf("%[1]v，用于%[2]v：%[3]s", "%[1]v, for the %[2]v: %[3]s", made.Title, made.System, f.out))
	for _, x := range made.Figures {
		add(geo.Text{ZH: "  " + x.In("zh"), EN: "  " + x.In("en")})
	}
	for _, n := range files {
		if ext := filepath.Ext(n); ext != ".shx" && ext != ".dbf" && ext != ".prj" && ext != ".cpg" {
			add(geo.Text{ZH: "  " + n, EN: "  " + n})
		}
	}
	for _, n := range made.Notes {
		fmt.Fprintln(a.stderr, geo.Textf("注意：%v", "note: %v", n).In(a.lang))
	}
	if made.Kind == deliver.CroplandBalance && f.ownNeeds == "" {
		fmt.Fprintln(a.stderr, geo.Text{ZH: "  其他需要用 --own-needs 给出（净面积，平方米）", EN: "  other needs are given by --own-needs (net m²)"}.In(a.lang))
	}
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}
