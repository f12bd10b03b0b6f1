package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/api/store/postgres"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// loadFlags is what load takes.
type loadFlags struct {
	to, county, crs string
	quiet           bool
	crsValue        geo.CRS
}

func (a *app) loadCommand() *ffcli.Command {
	fs := a.flags("load")
	var f loadFlags
	fs.StringVar(&f.to, "to", "", "PostgreSQL with PostGIS, as `postgres://user:password@host/name` 数据库")
	fs.StringVar(&f.county, "county", "", "six-digit `code` of the county; default as its townships tell 旗县代码")
	fs.StringVar(&f.crs, "crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	fs.BoolVar(&f.quiet, "quiet", false, "no progress on standard error 不显示进度")
	return &ffcli.Command{
		Name: "load", ShortUsage: "landcheck load BASE --to postgres://… --county 150123",
		ShortHelp: "load a county's base data into PostGIS 底图入库",
		LongHelp: "BASE is a directory or a file (" + packageFiles() + "); several add up. They become a new version, all or nothing; roles that are not among\n" +
			"them stay as they were. Until it is complete, and if it is interrupted, checks use the version before.\n" +
			"BASE 是目录或文件（" + packageFiles() + "），可给多个。装载成为新版本，要么全部要么没有；没有给出的图层沿用原版本。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) (err error) {
			if len(args) == 0 {
				return usage("load 需要底图：landcheck load 底图 --to 数据库 --county 150123", "load takes base data: landcheck load BASE --to DATABASE --county 150123")
			}
			if f.to == "" {
				return usage("缺少 --to：请给出数据库", "--to is missing: name the database")
			}
			if err := isDatabase("--to", f.to); err != nil {
				return err
			}
			if f.crs != "" {
				if f.crsValue, err = geo.ParseCRS(f.crs); err != nil {
					return err
				}
			}
			return a.load(ctx, args, &f)
		},
	}
}

// load makes a new version of a county's base data and sums up what it holds.
func (a *app) load(ctx context.Context, paths []string, f *loadFlags) (err error) {
	base, err := plan.OpenBase(ctx, paths, plan.BaseOptions{CRS: f.crsValue})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	county, err := loadedCounty(ctx, base, paths, f.county)
	if err != nil {
		return err
	}
	strays, err := base.Belongs(ctx, county)
	if err != nil {
		return err
	}
	db, err := postgis.Open(ctx, f.to)
	if err != nil {
		return err
	}
	defer db.Close()
	sources, outside, err := postgres.SourcesOf(ctx, base)
	if err != nil {
		return err
	}
	rows := 0
	for _, source := range sources {
		rows += source.Layer.Len()
	}
	before, err := manifestOf(ctx, db, county)
	if err != nil {
		return loadCut(err, county)
	}
	bar := a.loadBar(f.quiet, rows)
	loaded, err := db.Load(ctx, county, sources, postgis.LoadOptions{Notices: outside, Progress: bar.set})
	bar.done()
	if err != nil {
		return loadCut(err, county)
	}
	if err := a.sumUp(ctx, db, county, loaded, bar.shapeless, base, strays); err != nil {
		return err
	}
	after, err := manifestOf(ctx, db, county)
	if err == nil {
		a.printAbsent(before, after)
	}
	return err
}

// loadCut is why a load ended before it was done.
func loadCut(err error, county string) error {
	if errors.Is(err, context.Canceled) {
		return &interruption{geo.Textf("装载已中断，%s 的底图仍是原来的版本", "the load was interrupted; the version before still serves %s", county)}
	}
	return err
}

// loadedCounty is the county that is asked for, else the townships'.
func loadedCounty(ctx context.Context, base *plan.Base, paths []string, asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	codes, err := countiesOf(ctx, base)
	if err != nil {
		return "", err
	}
	if len(codes) != 1 {
		return "", unknownCounty(strings.Join(paths, ", "), codes, geo.Text{ZH: "请用 --county 写明旗县", EN: "Say the county by --county"})
	}
	return codes[0], nil
}

// sumUp says what a load brought, and what it lacks.
func (a *app) sumUp(ctx context.Context, db *postgis.DB, county string, version, shapeless int, base *plan.Base, strays []geo.Notice) error {
	datasets, err := db.Datasets(ctx, county)
	if err != nil {
		return err
	}
	var t table
	t = append(t, strings.Fields(geo.Text{ZH: "用途 图层 文件 记录 坐标系 摘要", EN: "ROLE LAYER FILE ROWS SYSTEM DIGEST"}.In(a.lang)))
	rows := 0
	for _, d := range datasets {
		if d.Version == version {
			t.add(d.Role, d.Name, d.File, d.Rows, d.CRS, fmt.Sprintf("%.19s", d.Digest))
			rows += d.Rows
		}
	}
	if err := t.write(a.stdout); err != nil {
		return err
	}
	for _, n := range slices.Concat(base.Notices(), strays) {
		place := n.File
		if n.Record > 0 {
			place += " #" + strconv.Itoa(n.Record)
		}
		fmt.Fprintf(a.stdout, "%s: %s\n", place, n.Message.In(a.lang))
	}
	if missing := missingCore(base, datasets); len(missing) > 0 {
		list := strings.Join(missing, ", ")
		fmt.Fprintln(a.stdout, geo.Textf("还缺核心图层：%s；有关规则将为“未核查”", "core layers still missing: %s; rules that need them are not checked", list).In(a.lang))
	}
	fmt.Fprintln(a.stdout, geo.Textf("旗县 %[1]s 的底图第 %[2]d 版已启用：%[3]d 条记录，其中 %[4]d 条没有图形、不参与核查",
		"version %[2]d of the base data of %[1]s is in use: %[3]d rows, %[4]d of them without a shape and so of no use", county, version, rows, shapeless).In(a.lang))
	return nil
}

// missingCore are the core roles that the county has never had.
func missingCore(base *plan.Base, datasets []postgis.Dataset) (missing []string) {
	for _, role := range domain.BaseRoles() {
		if role.Core() && !base.Has(role) && !slices.ContainsFunc(datasets, func(d postgis.Dataset) bool { return d.Role == string(role) }) {
			missing = append(missing, string(role))
		}
	}
	return missing
}
