package main

import (
	"context"
	"fmt"
	"regexp"

	"landcheck/geo"
	"landcheck/rules/template"

	"github.com/peterbourgon/ff/v3/ffcli"
)

var countyCode = regexp.MustCompile(`^[0-9]{6}$`)

func (a *app) newCommand() *ffcli.Command {
	fs := a.flags("new")
	county := fs.String("county", "", "`code` of the county, 6 digits 旗县代码")
	crs := fs.String("crs", "EPSG:4490", "system of the layers, as `EPSG:n` 图层的坐标系")
	return &ffcli.Command{
		Name: "new", ShortUsage: "landcheck new DIR [--county 150123] [--crs EPSG:n]",
		ShortHelp: "a plan package to begin with: empty layers, plan.yaml, folders 新建方案包",
		FlagSet:   fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 {
				return usage("new 需要一个目录", "new takes one directory")
			}
			if *county != "" && !countyCode.MatchString(*county) {
				return usage("--county 应是 6 位旗县代码，不是 %[1]q", "--county has to be the 6 digits of a county, not %[1]q", *county)
			}
			system, err := geo.ParseCRS(*crs)
			if err != nil {
				return err
			}
			if err := template.Write(ctx, args[0], template.Options{County: *county, CRS: system, Lang: a.lang, Readme: newReadme(a.lang),
				Help: geo.Text{ZH: "全部说明：landcheck help inputs、landcheck help papers", EN: "All of it: landcheck help inputs, landcheck help papers"}.In(a.lang)}); err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.stdout, geo.Textf("已写出 %[1]s：在 QGIS 中打开 plan.qgz 绘制，填写 plan.yaml；字段说明见 landcheck fields",
				"%[1]s is written: open plan.qgz in QGIS to draw, fill in plan.yaml; landcheck fields explains the fields", args[0]).In(a.lang))
			return err
		},
	}
}
