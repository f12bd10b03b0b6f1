package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/rules/check"
	"landcheck/rules/mapsheet"
	"landcheck/rules/plan"
	"landcheck/rules/report/chromium"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// mapsFlags is what maps takes.
type mapsFlags struct {
	checkFlags
	out   string
	kinds list
	pdf   bool
}

func (a *app) mapsCommand() *ffcli.Command {
	fs := a.flags("maps")
	f := mapsFlags{checkFlags: checkFlags{format: "json", failOn: "never"}}
	fs.Var(&f.base, "base", "base data: `directory`, "+packageFiles()+" or postgres://…; may be repeated 底图")
	fs.StringVar(&f.out, "o", "", "`directory` to write the sheets to 写到目录")
	fs.Var(&f.kinds, "kind", "one `sheet` alone: "+strings.Join(kindNames(), " ")+"; may be repeated, none is all 图件种类")
	fs.BoolVar(&f.pdf, "pdf", false, "also as PDF, printed by Chromium 另存 PDF")
	fs.StringVar(&f.browser, "chromium", "", "`program` that prints PDF: Chromium, Google Chrome or Edge; default the first that there is 打印 PDF 的浏览器")
	fs.StringVar(&f.dated, "dated", "", "`day` in the block to be signed, as 2026-11-30 图上日期")
	fs.StringVar(&f.rulebook, "rulebook", "", "rulebook `id or file`; default the plan's own, else nmg-2025 规则册")
	fs.StringVar(&f.crs, "crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	fs.StringVar(&f.cache, "cache", "", "`directory` that remembers large base layers between runs, or off; default landcheck in the user's cache directory 底图缓存目录，off 为不用")
	fs.IntVar(&f.jobs, "jobs", 0, "processors to use, 0 for all 并行数")
	fs.BoolVar(&f.quiet, "quiet", false, "no progress on standard error 不显示进度")
	return &ffcli.Command{
		Name: "maps", ShortUsage: "landcheck maps PLAN --base BASE -o DIR [flags]",
		ShortHelp: "draw the map sheets of a plan on A3 绘制图件",
		LongHelp:  mapsHelp(),
		FlagSet:   fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 {
				return usage("maps 需要一个方案包：landcheck maps 方案包 --base 底图 -o 目录", "maps takes one plan package: landcheck maps PLAN --base BASE -o DIR")
			}
			if err := f.settle(fs, args[0]); err != nil {
				return err
			}
			return a.maps(ctx, args[0], &f)
		},
	}
}

func kindNames() []string {
	var names []string
	for _, k := range mapsheet.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// mapsHelp lists the sheets.
func mapsHelp() string {
	var b strings.Builder
	for _, k := range mapsheet.Kinds() {
		fmt.Fprintf(&b, "%-16s  %s %s\n", k, k.Title().EN, k.Title().ZH)
	}
	b.WriteString("\nA sheet for which there is no land is left out, and said. The verdict does not matter: sheets show the plan as it is.\n" +
		"没有内容可画的图件不写，并说明。图件按方案原样绘制，与核查结论无关。")
	return b.String()
}

// settle refuses what cannot be carried out before anything is read.
func (f *mapsFlags) settle(fs *flag.FlagSet, pkg string) error {
	if f.out == "" {
		return usage("缺少 -o：请给出目录", "-o is missing: name a directory")
	}
	for _, k := range f.kinds {
		if !slices.Contains(kindNames(), k) {
			list := strings.Join(kindNames(), ", ")
			return usage("没有名为 %[1]q 的图件，可用：%[2]s", "there is no sheet %[1]q, only %[2]s", k, list)
		}
	}
	if err := f.read(fs); err != nil {
		return err
	}
	if err := f.needBase(pkg); err != nil {
		return err
	}
	if info, err := os.Stat(f.out); err == nil && !info.IsDir() {
		return usage("-o %[1]s 是文件，不是目录", "-o %[1]s is a file, not a directory", f.out)
	}
	if f.pdf {
		browser, err := chromium.Find(f.browser)
		if err != nil {
			return err
		}
		f.browser = browser
	}
	return guardOutputs(f.files(), f.inputs([]target{{path: pkg, name: pkg}}, configOf(fs)))
}

// wanted are the sheets that are asked for.
func (f *mapsFlags) wanted() []mapsheet.Kind {
	var all []mapsheet.Kind
	for _, k := range mapsheet.Kinds() {
		if len(f.kinds) == 0 || slices.Contains(f.kinds, string(k)) {
			all = append(all, k)
		}
	}
	return all
}

// files are all that may be written.
func (f *mapsFlags) files() []string {
	var all []string
	for _, k := range f.wanted() {
		all = append(all, filepath.Join(f.out, string(k)+".svg"))
		if f.pdf {
			all = append(all, filepath.Join(f.out, string(k)+".pdf"))
		}
	}
	return all
}

// maps checks a plan for its figures, and draws its sheets.
func (a *app) maps(ctx context.Context, pkg string, f *mapsFlags) error {
	in := mapsheet.Input{Lang: a.lang, Dated: f.dated}
	err := a.examine(ctx, target{path: pkg, name: pkg}, &f.checkFlags, func(res *check.Result, _ *plan.Base) (err error) {
		in.Report, in.Ledger = res.Report, res.Ledger
		in.Land, err = res.MapLand(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o777); err != nil {
		return err
	}
	drawn := 0
	for _, k := range f.wanted() {
		if why := k.Missing(in); !why.IsZero() {
			fmt.Fprintln(a.stderr, geo.Textf("没有%s：%s", "no sheet %s: %s", k.Title(), why).In(a.lang))
			continue
		}
		if err := a.drawSheet(ctx, k, in, f); err != nil {
			return err
		}
		drawn++
	}
	if drawn == 0 {
		return &geo.InputError{File: pkg, Message: geo.Text{ZH: "要的图件一张也画不出", EN: "none of the sheets asked for can be drawn"},
			Advice: geo.Text{ZH: "原因见上；请补齐资料，或换一种图件", EN: "The reasons stand above; complete the data, or ask for other sheets"}}
	}
	return nil
}

// drawSheet writes one sheet and names its files on standard output.
func (a *app) drawSheet(ctx context.Context, k mapsheet.Kind, in mapsheet.Input, f *mapsFlags) error {
	svg, err := mapsheet.Draw(k, in)
	if err != nil {
		return err
	}
	path := filepath.Join(f.out, string(k))
	if err := outfile.Write(path+".svg", svg, outfile.Public); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, path+".svg")
	if !f.pdf {
		return nil
	}
	printed, err := chromium.PDF(ctx, chromium.Page{HTML: mapsheet.Page(svg), Program: f.browser, Day: f.dated})
	if err != nil {
		return err
	}
	if err := outfile.Write(path+".pdf", printed, outfile.Public); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, path+".pdf")
	return nil
}
