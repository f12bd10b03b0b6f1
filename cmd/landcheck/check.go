package main

import (
	"cmp"
	"context"
	"flag"
	"io"
	"os"

	"landcheck/geo"
	"landcheck/geo/regular"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/mattn/go-isatty"
	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) checkCommand() *ffcli.Command {
	fs := a.flags("check")
	var f checkFlags
	f.define(fs)
	return &ffcli.Command{
		Name: "check", ShortUsage: "landcheck check PLAN… --base BASE [flags] | landcheck check LAYER [--role ROLE]",
		ShortHelp: "check a plan package and report 核查方案包",
		LongHelp: "PLAN is a directory or a file (" + packageFiles() + ") with the plan's layers and, as a rule, plan.yaml.\n" +
			"PLAN 是含方案图层（及 plan.yaml）的目录或文件（" + packageFiles() + "）。\n\n" +
			"Several packages, or a folder of them, get one summary and the worst status; -o report.html then writes report-NAME.html for each.\n" +
			"多个方案包或其所在目录：一份汇总，退出码取最重的；-o report.html 为每个方案包写 report-名称.html。\n\n" +
			"With --together also what they do to each other: the same land, papers that serve two, what all take out of a township (landcheck help together).\n" +
			"加 --together 再核查方案之间：同一片土地、一份材料两用、各乡镇合计（landcheck help together）。\n\n" +
			"One layer's file (DLBG.shp, a .geojson, a .gpkg with one layer) without --base has its data checked, as it is being drawn; no plan is.\n" +
			"单个图层文件（DLBG.shp、.geojson、只有一个图层的 .gpkg）不带 --base：边画边查图层数据，不核查方案。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			a.machine.format = f.format
			if len(args) == 0 {
				return usage("check 需要方案包：landcheck check 方案包 --base 底图", "check takes plan packages: landcheck check PLAN --base BASE")
			}
			asked, err := a.prepare(ctx, fs, &f, args)
			if err != nil {
				return err
			}
			if asked.alone {
				return a.checkLayer(ctx, asked.list[0], &f)
			}
			if !asked.several {
				return a.check(ctx, asked.list[0], &f)
			}
			if err := f.fitSeveral(); err != nil {
				return err
			}
			return a.checkAll(ctx, asked.list, &f)
		},
	}
}

// asked is what a command line asks to be checked.
type asked struct {
	list     []target
	several  bool    // one summary of all is due
	alone    bool    // one layer, without base data
	settings string  // the landcheck.yaml that was found, "" for none
	inputs   []input // as far as they are known where something is wrong
}

// prepare reads settings and flags, and refuses what cannot be checked so, before
// any work is done.
func (a *app) prepare(ctx context.Context, fs *flag.FlagSet, f *checkFlags, args []string) (q asked, err error) {
	if q.list, q.several, err = targets(ctx, args); err != nil {
		return q, err
	}
	q.inputs = f.inputs(q.list, configOf(fs))
	q.alone = len(f.base) == 0 && isLayer(q.list[0].path, f.role)
	if q.alone {
		if err := f.fitLayer(fs, q.several); err != nil {
			return q, err
		}
	}
	found, err := a.applySettings(fs, q.list)
	if err != nil {
		return q, err
	}
	a.machine.format = f.format
	if q.alone {
		f.base = nil // that of landcheck.yaml is for plans
	}
	a.tellSettings(found, q.list, f.quiet)
	f.notices = found.notices()
	q.settings = found.path
	q.inputs = f.inputs(q.list, cmp.Or(found.path, configOf(fs)))
	if err := guardOutputs(f.files(q.list, q.several), q.inputs); err != nil {
		return q, err
	}
	a.machine.outputs, a.machine.place = f.outputs, placeIn(q.list[0].path)
	if err := f.read(fs); err != nil || q.alone {
		return q, err
	}
	if err := f.needBase(q.list[0].path); err != nil {
		return q, err
	}
	return q, f.fitTogether(len(q.list), len(args))
}

// fitTogether refuses to hold a plan against none.
func (f *checkFlags) fitTogether(packages, named int) error {
	switch {
	case !f.together || packages > 1:
		return nil
	case named > 1:
		return usage("给出的是同一个方案包，没有方案可以比对", "the packages named are one and the same: there is nothing to hold it against")
	}
	return usage("--together 核查方案之间的冲突，需要两个以上方案包", "--together holds plans against each other and takes two packages at least")
}

// needBase sees that a plan has base data to be held against.
func (f *checkFlags) needBase(plan string) error {
	if len(f.base) == 0 {
		return usage("缺少 --base：请给出底图（目录、%[1]s 或 postgres://…）。只查一个图层的数据，给出图层文件，例如 landcheck check DLBG.shp",
			"--base is missing: name the base data (directory, %[1]s or postgres://…). To check the data of one layer alone, name its file: landcheck check DLBG.shp", packageFiles())
	}
	if onlyLayer(plan) {
		return usage("%[1]s 是单个图层，不是方案包：要核查方案，给出整个方案包；只查这个图层的数据，去掉 --base",
			"%[1]s is one layer, not a plan package: to check the plan, name the whole package; to check the layer's data alone, leave --base out", plan)
	}
	if f.role != "" {
		return usage("--role 用于单独核查一个图层，不能与 --base 同用", "--role is for one layer that is checked by itself, without --base")
	}
	return nil
}

func readReport(path string) (r *result.Report, err error) {
	err = readJSON(path, func(in io.Reader) error {
		r, err = report.Read(in)
		return err
	})
	return r, err
}

// readJSON gives a report's file to whoever reads it; errors name the file.
func readJSON(path string, read func(io.Reader) error) error {
	file, err := regular.Open(path)
	if err != nil {
		inputErr, _ := geo.AsInputError(err)
		return &geo.InputError{File: path, Err: err, Message: inputErr.Message,
			Advice: geo.Text{ZH: "请给出 landcheck check -o 写出的 .json 报告", EN: "name a .json report that landcheck check -o wrote"}}
	}
	defer file.Close()
	err = read(file)
	if inputErr, ok := geo.AsInputError(err); ok && inputErr.File == "" {
		inputErr.File = path
	}
	return err
}

// terminal tells whether a writer is a screen.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
