package main

import (
	"context"
	"flag"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/room"
	"landcheck/rules/roomreport"
	"landcheck/rules/rulebook"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// roomFlags is what room takes.
type roomFlags struct {
	base, outputs, townships list
	prior, project, rulebook string
	format, crs, cache       string
	jobs                     int
	quiet                    bool
	crsValue                 geo.CRS
	stdoutFormat             roomreport.Format
}

func (a *app) roomCommand() *ffcli.Command {
	fs := a.flags("room")
	var f roomFlags
	fs.Var(&f.base, "base", "base data: `directory`, "+packageFiles()+" or postgres://…?county=CODE; may be repeated 底图")
	fs.StringVar(&f.prior, "prior", "", "YAML `file` with what earlier projects moved, under prior: as in plan.yaml 此前项目的调整")
	fs.Var(&f.townships, "township", "only this township, or county, by `code`; may be repeated 只看这些乡镇")
	fs.StringVar(&f.project, "project", "", "only candidates in the area that this `file` draws (one polygon layer) 只看该范围内的候选")
	fs.StringVar(&f.rulebook, "rulebook", check.DefaultBook, "rulebook `id or file` with the limit by township 规则册")
	fs.StringVar(&f.format, "format", "text", "format on standard output: "+strings.Join(roomreport.Names(true), " ")+" 标准输出的格式")
	fs.Var(&f.outputs, "o", "also write `file`, its kind by its ending ("+strings.Join(roomreport.Endings(), " ")+"); may be repeated 另存")
	fs.StringVar(&f.crs, "crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	fs.StringVar(&f.cache, "cache", "", "`directory` that remembers large base layers between runs, or off; default landcheck in the user's cache directory 底图缓存目录，off 为不用")
	fs.IntVar(&f.jobs, "jobs", 0, "processors to use, 0 for all 并行数")
	fs.BoolVar(&f.quiet, "quiet", false, "no progress on standard error 不显示进度")
	return &ffcli.Command{
		Name: "room", ShortUsage: "landcheck room --base BASE [flags]",
		ShortHelp: "before any plan: what each township has left to move, and land for it 方案之前：各乡镇调整空间与候选地块",
		LongHelp: "By township: designated PBF, moved by earlier projects, what the limit leaves. Land that could leave PBF (scattered, steep,\n" +
			"in river beds, in windows of the red line) and cropland that could enter it, ranked, each with its reasons and figures.\n" +
			"按乡镇列出永久基本农田划定面积、此前项目调出、还可调出；并按序列出可调出的地块（零散、陡坡、河道湖泊内、红线天窗内）\n" +
			"和可补划的耕地，逐块写明理由和数字。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			a.machine.format = f.format
			if len(args) > 0 {
				return usage("room 不接受参数 %q：底图用 --base 给出", "room takes no argument %q: give the base data by --base", args[0])
			}
			if err := f.read(fs); err != nil {
				return err
			}
			if err := guardOutputs(f.outputs, f.inputs(configOf(fs))); err != nil {
				return err
			}
			return a.room(ctx, &f)
		},
	}
}

// read turns flags into values before any work is done.
func (f *roomFlags) read(_ *flag.FlagSet) (err error) {
	if len(f.base) == 0 {
		return usage("room 需要底图：landcheck room --base 底图", "room takes base data: landcheck room --base BASE")
	}
	if f.stdoutFormat, err = roomreport.ByName(f.format); err != nil {
		return err
	}
	if f.stdoutFormat.Binary {
		return usage("%[1]s 不能写到标准输出，请用 -o 文件", "%[1]s does not go to standard output: use -o FILE", f.format)
	}
	for _, path := range f.outputs {
		if _, err := roomreport.ByPath(path); err != nil {
			return err
		}
	}
	if f.jobs < 0 {
		return usage("--jobs 不能小于 0", "--jobs cannot be below 0")
	}
	for _, code := range f.townships {
		if strings.Trim(code, "0123456789") != "" || len(code) < 6 || len(code) > 9 {
			return usage("--township %q 不是 6 至 9 位行政区代码", "--township %q is no administrative code of 6 to 9 digits", code)
		}
	}
	if f.crs != "" {
		f.crsValue, err = geo.ParseCRS(f.crs)
	}
	return err
}

// inputs are what is read, which -o must not name.
func (f *roomFlags) inputs(settings string) []input {
	var list []input
	for _, path := range f.base {
		if !postgis.IsURL(path) {
			list = append(list, input{path, geo.Text{ZH: "底图", EN: "the base data"}, isData})
		}
	}
	for _, x := range []struct {
		path string
		what geo.Text
	}{
		{f.prior, geo.Text{ZH: "此前项目的调整", EN: "what earlier projects moved"}}, {f.project, geo.Text{ZH: "项目范围", EN: "the project's area"}},
		{f.rulebook, geo.Text{ZH: "规则册", EN: "the rulebook"}}, {settings, geo.Text{ZH: "配置文件", EN: "the configuration file"}},
	} {
		if x.path != "" {
			list = append(list, input{path: x.path, what: x.what})
		}
	}
	return list
}

// room looks through the base data and shows what it has.
func (a *app) room(ctx context.Context, f *roomFlags) error {
	defer a.endSoon(ctx)()
	q := room.Request{Codes: f.townships, Jobs: f.jobs, PriorFile: f.prior}
	var err error
	if q.Book, err = rulebook.Load(f.rulebook); err != nil {
		return err
	}
	if f.prior != "" {
		if q.Prior, err = plan.ReadPrior(f.prior); err != nil {
			return err
		}
	}
	if f.project != "" {
		if q.Area, q.AreaCRS, err = plan.OpenArea(ctx, f.project, f.crsValue); err != nil {
			return err
		}
	}
	base, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer base.close()
	q.Base = base.Base
	bar := a.progressOf(f.quiet, geo.Text{ZH: "切分图斑 ", EN: "cutting parcels "})
	q.Progress = bar.set
	in, err := roomreport.Survey(ctx, q, version)
	bar.done()
	if err != nil {
		return err
	}
	in.Lang = a.lang
	for _, path := range f.outputs {
		if err := roomreport.WriteFile(ctx, path, in); err != nil {
			return err
		}
	}
	a.machine.format = "" // it gets the answer
	return f.stdoutFormat.Write(ctx, a.rawOut, in)
}

// open opens the base data, in files or in a database.
func (f *roomFlags) open(ctx context.Context) (openedBase, error) {
	o := plan.BaseOptions{CRS: f.crsValue, Jobs: f.jobs, Cache: cacheDir(f.cache)}
	if slices.ContainsFunc(f.base, postgis.IsURL) {
		return openDatabase(ctx, f.base, o, &plan.Plan{})
	}
	b, err := plan.OpenBase(ctx, f.base, o)
	if err != nil {
		return openedBase{}, err
	}
	return openedBase{b, func() { b.Close() }}, nil
}
