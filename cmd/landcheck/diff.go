package main

import (
	"context"

	"landcheck/rules/diff"
	"landcheck/rules/domain"
	"landcheck/rules/report"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) diffCommand() *ffcli.Command {
	fs := a.flags("diff")
	format := fs.String("format", "text", "text or json 格式")
	failOn := fs.String("fail-on", string(domain.InPrinciple), "weakest level of a new finding that makes status 1: "+domain.Or(failOnLevels())+" 何种级别的新问题算不通过")
	return &ffcli.Command{
		Name: "diff", ShortUsage: "landcheck diff OLD.json NEW.json [--format text|json]",
		ShortHelp: "what is new, fixed, unchanged between two reports 比较两份报告",
		LongHelp: "Status 1: the new report fails on something that the old one does not hold; 3: else, part of it was not checked.\n" +
			"退出码 1：新报告有旧报告没有的不符合项；3：没有，但有内容未核查。",
		FlagSet: fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) != 2 {
				return usage("diff 需要两份 .json 报告：先旧后新", "diff takes two .json reports, the old one first")
			}
			if *format != "text" && *format != "json" {
				return usage("--format 不能是 %q，只能是 text 或 json", "--format cannot be %q, only text or json", *format)
			}
			if err := isFailOn(*failOn); err != nil {
				return err
			}
			return a.diff(args[0], args[1], *format, *failOn)
		},
	}
}

// diff holds a new report against an old one. Its status is that of a check
// with the old one as baseline.
func (a *app) diff(oldPath, newPath, format, failOn string) error {
	before, err := readReport(oldPath)
	if err != nil {
		return err
	}
	after, err := readReport(newPath)
	if err != nil {
		return err
	}
	d := diff.Compare(before, after)
	if format == "json" {
		err = report.EncodeJSON(a.stdout, d)
	} else {
		err = a.showDiff(d, before, after, oldPath, newPath)
	}
	if err != nil {
		return err
	}
	if status := exitStatus(after, failOn, before, false); status != exitCompliant {
		return verdictError(status)
	}
	return nil
}
