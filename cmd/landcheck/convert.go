package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/convert"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// convertFlags is what convert takes.
type convertFlags struct {
	base list
	crs  string
}

func (a *app) convertCommand() *ffcli.Command {
	fs := a.flags("convert")
	var f convertFlags
	fs.Var(&f.base, "base", "base data: `directory` or "+packageFiles()+", to compare classes with; may be repeated 底图")
	fs.StringVar(&f.crs, "crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	return &ffcli.Command{
		Name: "convert", ShortUsage: "landcheck convert PLAN OUT --base BASE",
		ShortHelp: "say a plan of changes in the national pilot's layers, or the reverse 变更图层与国家试点图层互转",
		LongHelp: "A plan with YJJBNTTZTB or SDQYZZHDLTB becomes one with YJJBNTTC, YJJBNTBH and DLBG; any other becomes one with those two.\n" +
			"OUT is a new directory or a .zip (GBK Shapefiles, with plan.yaml and papers), or a .gpkg (layers alone). A check gives the same figures.\n" +
			"有 YJJBNTTZTB 或 SDQYZZHDLTB 的方案转为 YJJBNTTC、YJJBNTBH、DLBG，其他方案转为那两个图层。OUT 是新目录、.zip（GBK 的\n" +
			"Shapefile，连同 plan.yaml 和材料）或 .gpkg（只有图层）。核查所得数字相同。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 2 {
				return usage("convert 需要方案包和输出位置：landcheck convert 方案包 输出 --base 底图", "convert takes a plan and where to write: landcheck convert PLAN OUT --base BASE")
			}
			if err := refuseInputs(args[1], append([]string{args[0]}, f.base...)); err != nil {
				return err
			}
			return a.convert(ctx, args[0], args[1], &f)
		},
	}
}

// refuseInputs refuses to write over, or into, what is read.
func refuseInputs(out string, inputs []string) error {
	for _, in := range inputs {
		if sameFile(in, out) || liesIn(in, out) {
			return usage("%[1]s 是输入或在输入之内，不会覆盖：请换一个位置", "%[1]s is an input or lies in one, and is not written to: choose another place", out)
		}
	}
	return nil
}

// liesIn tells whether a path leads into a directory, by the nearest folder above
// it that exists.
func liesIn(dir, path string) bool {
	at, err := filepath.Abs(path)
	if info, e := os.Stat(dir); err != nil || e != nil || !info.IsDir() {
		return false
	}
	for at != filepath.Dir(at) {
		if at = filepath.Dir(at); sameFile(at, dir) {
			return true
		}
		if real, err := filepath.EvalSymlinks(at); err == nil {
			at = real
			if sameFile(at, dir) {
				return true
			}
		}
	}
	return false
}

func (a *app) convert(ctx context.Context, planPath, out string, f *convertFlags) error {
	var crs geo.CRS
	var err error
	if f.crs != "" {
		if crs, err = geo.ParseCRS(f.crs); err != nil {
			return err
		}
	}
	p, err := plan.Open(ctx, planPath, plan.Options{CRS: crs})
	if err != nil {
		return err
	}
	book, err := check.Book("", p)
	if err != nil {
		return err
	}
	o := convert.Options{Sliver: ledger.SliverLimits{Area: book.Parameters.SliverArea, Width: book.Parameters.SliverWidth}}
	if len(f.base) > 0 {
		if o.Base, err = plan.OpenBase(ctx, f.base, plan.BaseOptions{CRS: crs}); err != nil {
			return err
		}
		defer o.Base.Close()
	}
	made, err := convert.Layers(ctx, p, o)
	if err != nil {
		return err
	}
	files, err := convert.Papers(ctx, planPath, p)
	if err != nil {
		return err
	}
	if err := convert.Write(ctx, out, made.Tables, files); err != nil {
		return err
	}
	a.tellConverted(made, out, len(files))
	return nil
}

// tellConverted says what was written and what could not be said.
func (a *app) tellConverted(made *convert.Converted, out string, files int) {
	for _, n := range made.Notes {
		fmt.Fprintln(a.stderr, n.In(a.lang))
	}
	if files > 0 && strings.EqualFold(filepath.Ext(out), ".gpkg") {
		fmt.Fprintln(a.stderr, geo.Textf(".gpkg 只有图层，plan.yaml 和材料（%d 个文件）没有写入", "a .gpkg holds layers alone: plan.yaml and papers (%d files) were not written", files).In(a.lang))
	}
	kind := geo.Text{ZH: "变更图层", EN: "layers of changes"}
	if made.National {
		kind = geo.Text{ZH: "国家试点图层", EN: "the national pilot's layers"}
	}
	for _, t := range made.Tables {
		fmt.Fprintln(a.stdout, geo.Textf("%[1]s：%[2]d 个图斑", "%[1]s: %[2]d features", t.Name, len(t.Rows)).In(a.lang))
	}
	fmt.Fprintln(a.stdout, geo.Textf("已写为%[2]s：%[1]s", "written as %[3]s: %[1]s", out, kind.ZH, kind.EN).In(a.lang))
}
