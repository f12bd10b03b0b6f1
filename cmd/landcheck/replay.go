package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"landcheck/geo"
	"landcheck/rules/diff"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) replayCommand() *ffcli.Command {
	fs := a.flags("replay")
	f := checkFlags{format: "json", failOn: "never"}
	fs.Var(&f.base, "base", "base data: `directory`, "+packageFiles()+" or postgres://…; may be repeated 底图")
	fs.StringVar(&f.rulebook, "rulebook", "", "`file` of the rulebook, where the report's is not built in 规则册文件")
	f.madeWith(fs)
	return &ffcli.Command{
		Name: "replay", ShortUsage: "landcheck replay REPORT.json PLAN --base BASE [flags]",
		ShortHelp: "make the check of a report again, and hold the two to each other 复算一份报告",
		LongHelp: "Says in one line whether the check gives the same report, to the byte, or what differs: plan, base layers, rulebook, version. Status 0: the same; 1: not.\n" +
			"一句话说明重新核查是否得到逐字节相同的报告，不同在哪里：方案、底图图层、规则册、版本。退出码 0：相同；1：不同。\n\n" +
			"Rulebook and stage are those of the report; what it was made with beside them (--strict, --against, --baseline, --subproject, --crs) is given again.\n" +
			"规则册和阶段取自报告；核查时另用的 --strict、--against、--baseline、--subproject、--crs 要再给一次。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 2 {
				return usage("replay 需要一份 .json 报告和方案包：landcheck replay 报告.json 方案包 --base 底图", "replay takes a .json report and a plan package: landcheck replay REPORT.json PLAN --base BASE")
			}
			if err := f.read(fs); err != nil {
				return err
			}
			if len(f.base) == 0 {
				return usage("缺少 --base：请给出当时的底图", "--base is missing: name the base data of that check")
			}
			return a.replay(ctx, args[0], args[1], &f)
		},
	}
}

// replay makes the check that a report is of, and says whether it gives the
// same bytes.
func (a *app) replay(ctx context.Context, file, pkg string, f *checkFlags) error {
	var old *result.Report
	var written []byte
	err := readJSON(file, func(in io.Reader) (err error) {
		if written, err = io.ReadAll(in); err != nil {
			return err
		}
		old, err = report.Read(bytes.NewReader(written))
		return err
	})
	if err != nil {
		return err
	}
	if f.rulebook == "" && old.Layer == nil && !slices.Contains(rulebook.BuiltIn(), old.Rulebook.ID) {
		if f.rulebook, err = a.settingsBook(pkg); err != nil {
			return err
		}
	}
	if err := f.asReported(old, file); err != nil {
		return err
	}
	in, _, err := a.judge(ctx, target{path: pkg, name: pkg}, f)
	if err != nil {
		return err
	}
	var again bytes.Buffer
	if err := f.stdoutFormat.Write(&again, in); err != nil {
		return err
	}
	if bytes.Equal(written, again.Bytes()) {
		_, err := fmt.Fprintln(a.stdout, geo.Textf("相同：重新核查得到的报告与 %s 逐字节一致", "the same: the check gives the report %s again, to the byte", file).In(a.lang))
		return err
	}
	if _, err := fmt.Fprintln(a.stdout, differs(old, in.Report).In(a.lang)); err != nil {
		return err
	}
	return verdictError(exitViolations)
}

// settingsBook is the rulebook that the landcheck.yaml of a package names, "" for
// none.
func (a *app) settingsBook(pkg string) (string, error) {
	fs, f := a.flags("check"), checkFlags{}
	f.define(fs)
	_, err := a.applySettings(fs, []target{{path: pkg, name: pkg}})
	return f.rulebook, err
}

// asReported sets the flags that the report tells.
func (f *checkFlags) asReported(old *result.Report, file string) error {
	switch builtIn := slices.Contains(rulebook.BuiltIn(), old.Rulebook.ID); {
	case old.Layer != nil:
		return usage("%[1]s 是单个图层的报告，不是方案的", "%[1]s is the report of one layer, not of a plan", file)
	case old.Baseline != nil && f.old == nil:
		return usage("%[1]s 是与基准比较的报告：请用 --baseline 给出当时的基准", "%[1]s was held against a baseline: name that by --baseline", file)
	case f.rulebook == "" && !builtIn:
		return usage("%[1]s 所用的规则册 %[2]s 不是内置的：请用 --rulebook 给出它的文件", "the rulebook %[2]s of %[1]s is not built in: name its file by --rulebook", file, old.Rulebook.ID)
	case f.rulebook == "" && !old.Rulebook.ByPlan:
		f.rulebook = old.Rulebook.ID
	}
	f.stageValue = domain.Stage(old.Plan.Stage)
	for _, p := range old.Prior { // what plan.yaml does not say
		if p.Registered {
			f.prior = append(f.prior, plan.Prior{Project: p.Project, Township: p.Township, PBFOut: p.PBFOut, PBFIn: p.PBFIn})
		}
	}
	for _, n := range old.Inputs { // how that check was asked for
		if n.File == settingsName {
			f.notices = append(f.notices, n)
		}
	}
	return nil
}

// differs says in one sentence why a report was not got again.
func differs(old, now *result.Report) geo.Text {
	others := diff.Sources(old, now)
	if len(others) == 0 {
		d := diff.Compare(old, now)
		why := geo.Text{ZH: "方案、底图、规则册、版本都相同，但报告不同", EN: "plan, base data, rulebook and version are the same, the report is not"}
		if old.Verdict != now.Verdict {
			why = geo.Textf("%[1]v：结论原为%[2]v，现为%[3]v", "%[1]v: the verdict was %[2]v, and is %[3]v now", why, old.Verdict.Title(), now.Verdict.Title())
		} else if n := d.Count.Added + d.Count.Fixed + len(d.Rules) + len(d.Values); n > 0 {
			why = geo.Textf("%[1]v：%[2]d 处问题、规则或数值不同", "%[1]v: %[2]d findings, rules or figures differ", why, n)
		}
		return geo.Textf("不同：%v。请查当时是否用了 --strict、--against、--subproject 或 --crs，报告是否改过", "not the same: %v. See whether --strict, --against, --subproject or --crs was used then, or the report was edited", why)
	}
	return geo.Textf("不同：%v", "not the same: %v", wording.Clauses(others))
}
