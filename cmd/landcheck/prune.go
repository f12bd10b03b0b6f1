package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/geo"

	"github.com/dustin/go-humanize"
	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) pruneCommand() *ffcli.Command {
	fs := a.flags("prune")
	var database, data string
	var keep retentionFlags
	fs.StringVar(&database, "database", "", "of a service with a database: `postgres://user:password@host/name` 数据库")
	fs.StringVar(&data, "data", "", "of a service without one: its `directory`, default "+defaultData+" 数据目录")
	keep.register(fs)
	dry := fs.Bool("dry-run", false, "say what would go and remove nothing 只说明，不删除")
	return &ffcli.Command{
		Name: "prune", ShortUsage: "landcheck prune [--database postgres://… | --data DIR] --keep 1095d [--keep-versions 3] [--dry-run]",
		ShortHelp: "remove what is kept no longer 清理到期的方案、核查和旧版底图",
		LongHelp: "What goes is listed by county and recorded in the audit trail; checks that wait or run stay, with their plans.\n" +
			"With a database it works beside running services. A directory is its service's: give serve the same flags, it prunes daily.\n" +
			"按旗县列出清理的内容，并写入审计记录；等待中和进行中的核查及其方案保留。有数据库时可与服务同时运行；\n" +
			"数据目录由其服务使用：给 serve 同样的参数，它每天自行清理。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) > 0 {
				return usage("prune 不接受参数", "prune takes no arguments")
			}
			r, err := keep.read()
			if err != nil {
				return err
			}
			if r.Nothing() {
				return usage("请用 --keep、--keep-versions 或 --keep-audit 写明保留多少", "say by --keep, --keep-versions or --keep-audit how much is kept")
			}
			r.DryRun, r.By = *dry, "shell:"+whoami()
			return a.prune(ctx, database, data, r)
		},
	}
}

func (a *app) prune(ctx context.Context, database, data string, r store.Retention) (err error) {
	if database == "" && r.Versions > 0 {
		return needsDatabase()
	}
	if database == "" {
		if err := embedded.IsStore(cmp.Or(data, defaultData)); err != nil {
			return err
		}
	}
	s, err := openBeside(ctx, database, data, geo.Text{
		ZH: "请给 landcheck serve 加上 --keep 等参数，它每天自行清理；或先停止服务",
		EN: "Give landcheck serve --keep and the others: it prunes daily by itself; or stop it first"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	gone, err := s.store.Prune(ctx, r)
	if err != nil && len(gone.Counties) == 0 && gone.Audit == 0 {
		return err
	}
	if said := a.printPruned(gone, r); err == nil {
		err = said
	}
	return err
}

func needsDatabase() error {
	return usage("--keep-versions 需要 --database：目录服务的底图是文件，由您自己保管", "--keep-versions needs --database: base data of a directory's service is files of your own")
}

// printPruned lists what went, also where not all of it did.
func (a *app) printPruned(gone store.Pruned, r store.Retention) error {
	var t table
	t = append(t, strings.Fields(geo.Text{ZH: "旗县 方案 核查 底图版本 底图图层 大小", EN: "COUNTY PLANS CHECKS VERSIONS LAYERS SIZE"}.In(a.lang)))
	var bytes int64
	for _, c := range gone.Counties {
		versions := strings.ReplaceAll(strings.Trim(fmt.Sprint(c.Versions), "[]"), " ", ",")
		if versions == "" {
			versions = "-"
		}
		t.add(c.County, c.Plans, c.Checks, versions, c.Layers, humanize.IBytes(uint64(max(c.Bytes, 0))))
		bytes += c.Bytes
	}
	if len(gone.Counties) > 0 {
		if err := t.write(a.stdout); err != nil {
			return err
		}
	}
	text := geo.Textf("已清理 %[1]s，%[2]d 条审计记录", "%[1]s and %[2]d entries of the audit trail are removed", humanize.IBytes(uint64(max(bytes, 0))), gone.Audit)
	if r.DryRun {
		text = geo.Textf("将清理 %[1]s，%[2]d 条审计记录；没有删除任何内容", "%[1]s and %[2]d entries of the audit trail would go; nothing was removed", humanize.IBytes(uint64(max(bytes, 0))), gone.Audit)
	}
	if _, err := fmt.Fprintln(a.stdout, text.In(a.lang)); err != nil {
		return err
	}
	for _, c := range gone.Elsewhere {
		left := geo.Textf("旗县 %[1]s 的底图在服务器 %[2]s 上：旧版本请在那里清理，landcheck prune --database 该服务器 --keep-versions %[3]d",
			"The base data of county %[1]s is on server %[2]s: remove old versions there, landcheck prune --database with its address --keep-versions %[3]d", c.County, c.Server, r.Versions)
		if _, err := fmt.Fprintln(a.stdout, left.In(a.lang)); err != nil {
			return err
		}
	}
	return nil
}
