package main

import (
	"context"
	"fmt"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/rules/sample"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) sampleCommand() *ffcli.Command {
	fs := a.flags("sample")
	return &ffcli.Command{
		Name: "sample", ShortUsage: "landcheck sample DIR",
		ShortHelp: "write a small county and plans to try out 生成示例县与示例方案",
		FlagSet:   fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 {
				return usage("sample 需要一个目录", "sample takes one directory")
			}
			if err := sample.Write(ctx, args[0], sample.Options{}); err != nil {
				return err
			}
			if err := outfile.Write(filepath.Join(args[0], "README.txt"), []byte(sampleReadme()), outfile.Public); err != nil {
				return err
			}
			fmt.Fprintln(a.stdout, geo.Textf("示例县写在 %[1]s，先看 %[1]s/README.txt；试一试：\n  landcheck check %[1]s/plans/01-compliant.zip --base %[1]s/base",
				"The sample county is in %[1]s; begin with %[1]s/README.txt. Try:\n  landcheck check %[1]s/plans/01-compliant.zip --base %[1]s/base", args[0]).In(a.lang))
			return nil
		},
	}
}
