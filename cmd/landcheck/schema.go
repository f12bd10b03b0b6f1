package main

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"landcheck/rules/report"
	"landcheck/rules/schema"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) schemaCommand() *ffcli.Command {
	fs := a.flags("schema")
	return &ffcli.Command{
		Name: "schema", ShortUsage: "landcheck schema " + strings.Join(schema.Names(), "|"),
		ShortHelp: "JSON Schemas of plan.yaml, base.yaml, rulebooks, reports JSON Schema",
		LongHelp:  "landcheck schema plan > plan.schema.json\nand # yaml-language-server: $schema=plan.schema.json in plan.yaml: an editor completes and checks it.",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			names := strings.Join(schema.Names(), ", ")
			if len(args) != 1 {
				return usage("schema 需要一种文件：%[1]s", "schema takes one kind of file: %[1]s", names)
			}
			if !slices.Contains(schema.Names(), args[0]) {
				near := didYouMean(args[0], schema.Names())
				return usage("没有 %[1]q 的 JSON Schema%[2]s可用：%[4]s", "there is no schema of %[1]q%[3]s one of %[4]s", args[0], cmp.Or(near.ZH, "，"), cmp.Or(near.EN, ";"), names)
			}
			return report.EncodeJSON(a.rawOut, schema.Of(args[0], a.lang))
		},
	}
}
