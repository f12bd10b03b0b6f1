package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/repair"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// suggestFlags are what suggest takes beside the flags of a check.
type suggestFlags struct {
	checkFlags
	apply string
	add   bool
}

func (a *app) suggestCommand() *ffcli.Command {
	fs := a.flags("suggest")
	f := suggestFlags{checkFlags: checkFlags{failOn: "in_principle"}}
	fs.Var(&f.base, "base", "base data: `directory`, "+packageFiles()+" or postgres://…; may be repeated 底图")
	fs.StringVar(&f.rulebook, "rulebook", "", "rulebook `id or file`; default the plan's own, else nmg-2025 规则册")
	fs.StringVar(&f.stage, "stage", "", domain.Or(domain.Stages())+"; default the plan's own 阶段")
	fs.StringVar(&f.format, "format", "text", "format on standard output: text or json 标准输出的格式")
	fs.Var(&f.outputs, "o", "also write `file`, its kind by its ending ("+strings.Join(repair.Endings(), " ")+"); may be repeated 另存建议")
	fs.StringVar(&f.apply, "apply", "", "write the changed package to this `.zip`, marked "+repair.Mark+" 写出修改后的方案包")
	fs.BoolVar(&f.add, "add", false, "apply, and take the status of, the suggestion that brings more land in, where there is one 采用增加补划的建议")
	f.judgedWith(fs)
	return &ffcli.Command{
		Name: "suggest", ShortUsage: "landcheck suggest PLAN --base BASE [flags]",
		ShortHelp: "the smallest change that makes a failing plan pass 求使方案符合的最小修改",
		LongHelp: "For each rule of quantity that fails, and for all together: which features not to take out, to leave out or to cut, and by which shape.\n" +
			"对每条不符合的数量规则以及全部规则：哪些图斑不调出、取消或裁切，裁去哪一块。\n\n" +
			"The changed plan is checked whole before it is shown. Status 0: nothing fails, or nothing would; 1: violations would remain; 3: incomplete.\n" +
			"修改后的方案经完整核查才列出。退出码 0：没有或改后没有不符合；1：改后仍有不符合；3：资料不全。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			a.machine.format = f.format
			if len(args) != 1 {
				return usage("suggest 需要一个方案包：landcheck suggest 方案包 --base 底图", "suggest takes one plan package: landcheck suggest PLAN --base BASE")
			}
			if err := f.prepare(fs, args[0]); err != nil {
				return err
			}
			a.machine.place = placeIn(args[0])
			return a.suggest(ctx, args[0], &f)
		},
	}
}

// prepare turns the flags into values, and refuses to write over what is read.
func (f *suggestFlags) prepare(fs *flag.FlagSet, pkg string) error {
	if f.format != "text" && f.format != "json" {
		return usage("--format 不能是 %[1]q，可用：text、json", "--format cannot be %[1]q, only text or json", f.format)
	}
	outputs := f.outputs
	for _, path := range outputs {
		if err := repair.CheckPath(path); err != nil {
			return err
		}
	}
	if f.apply != "" {
		if !strings.EqualFold(filepath.Ext(f.apply), ".zip") {
			return usage("--apply %[1]s 应以 .zip 结尾", "--apply %[1]s has to end in .zip", f.apply)
		}
		if liesIn(pkg, f.apply) {
			return usage("--apply %[1]s 在方案包之内，不会写入：请换一个位置", "--apply %[1]s lies in the plan package and is not written there: choose another place", f.apply)
		}
		outputs = append(outputs[:len(outputs):len(outputs)], f.apply)
	}
	if err := guardOutputs(outputs, f.inputs([]target{{path: pkg, name: pkg}}, configOf(fs))); err != nil {
		return err
	}
	if err := f.read(fs); err != nil {
		return err
	}
	return f.needBase(pkg)
}

// suggest looks for the repair of a plan, shows it, and writes what was asked for.
func (a *app) suggest(ctx context.Context, pkg string, f *suggestFlags) error {
	return a.open(ctx, pkg, &f.checkFlags, func(req check.Request, computed func()) error {
		set, err := repair.Suggest(ctx, req)
		computed()
		if err != nil {
			return err
		}
		return a.deliverSuggestions(ctx, set, pkg, f)
	})
}

func (a *app) deliverSuggestions(ctx context.Context, set *repair.Set, pkg string, f *suggestFlags) error {
	if f.apply != "" {
		if err := a.applySuggestion(ctx, set, pkg, f); err != nil {
			return err
		}
	}
	for _, path := range f.outputs {
		if err := set.WriteFile(ctx, path); err != nil {
			return err
		}
	}
	a.machine.format = "" // it gets the suggestions
	show := func() error { return set.WriteText(a.stdout, a.lang) }
	if f.format == "json" {
		show = func() error { return set.WriteJSON(a.rawOut) }
	}
	if err := show(); err != nil {
		return err
	}
	if status := suggestStatus(set, f.add); status != exitCompliant {
		return verdictError(status)
	}
	return nil
}

// suggestStatus is the status of the plan as it would be with all suggestions.
func suggestStatus(set *repair.Set, add bool) int {
	switch set.Outlook(add) {
	case domain.Violations:
		return exitViolations
	case domain.Incomplete:
		return exitIncomplete
	}
	return exitCompliant
}

// applySuggestion writes the changed package.
func (a *app) applySuggestion(ctx context.Context, set *repair.Set, pkg string, f *suggestFlags) error {
	best := set.Best(f.add)
	if best == nil {
		a.printError("没有可采用的修改，%[1]s 没有写出", "there is no suggestion to apply; %[1]s was not written", f.apply)
		return nil
	}
	notes, err := set.Apply(ctx, pkg, plan.Options{CRS: f.crsValue}, best, f.apply)
	for _, n := range notes {
		fmt.Fprintln(a.stderr, n.In(a.lang))
	}
	if err == nil {
		fmt.Fprintln(a.stderr, geo.Textf("修改后的方案包（%[2]s）：%[1]s", "the changed package (%[2]s): %[1]s", f.apply, repair.Mark).In(a.lang))
	}
	return err
}
