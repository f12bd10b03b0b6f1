package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"landcheck/geo"

	"github.com/dustin/go-humanize"
	"github.com/peterbourgon/ff/v3/ffcli"
)

// cleanFlags say what is listed and what of it is removed.
type cleanFlags struct {
	cache, data, county string
	remove              []string // of cleanKinds
}

// cleanKinds are what landcheck keeps on a machine, as --remove names it.
var cleanKinds = []string{"cache", "scratch", "data"}

// cleanWords are the kinds as people read them.
var cleanWords = map[string]geo.Text{
	"cache":   {ZH: "缓存 cache", EN: "cache"},
	"scratch": {ZH: "临时文件 scratch", EN: "scratch"},
	"data":    {ZH: "数据 data", EN: "data"},
}

func (a *app) cleanCommand() *ffcli.Command {
	fs := a.flags("clean")
	var f cleanFlags
	fs.StringVar(&f.cache, "cache", "", "`directory` that remembers base layers 缓存目录")
	fs.StringVar(&f.data, "data", "", "data `directory` of a service, default "+defaultData+" 数据目录")
	fs.StringVar(&f.county, "county", "", "of the data only what belongs to the county of this `code` 只针对一个旗县的数据")
	fs.Func("remove", "`kinds` to remove: cache, scratch, data, or several as cache,scratch 要删除的内容", func(s string) error {
		f.remove = strings.Split(s, ",")
		for _, kind := range f.remove {
			if !slices.Contains(cleanKinds, kind) {
				return fmt.Errorf("want %s", strings.Join(cleanKinds, ", "))
			}
		}
		return nil
	})
	return &ffcli.Command{
		Name: "clean", ShortUsage: "landcheck clean [--remove cache,scratch,data] [--county CODE] [--data DIR]",
		ShortHelp: "what landcheck keeps on this machine, and remove it 列出并清除本机留存的数据",
		LongHelp: "Lists the cache of base layers, what killed runs left, and a service's plans and reports by county. Nothing goes without --remove.\n" +
			"Base data, packages and reports lie where you put them: they are yours and stay. Of a database: landcheck prune.\n" +
			"列出底图缓存、中断的运行留下的临时文件，以及服务按旗县保存的方案和报告；不写 --remove 什么也不删除。\n" +
			"底图、方案包和您写出的报告在您放的地方，不在其列，也不会删除。数据库用 landcheck prune 清理。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) > 0 {
				return usage("clean 不接受参数", "clean takes no arguments")
			}
			if f.county != "" && !regexp.MustCompile(`^\d{6}$`).MatchString(f.county) {
				return usage("--county 不能是 %q：旗县代码是六位数字", "--county cannot be %q: the code of a county has six digits", f.county)
			}
			if f.county != "" && len(f.remove) > 0 && !slices.Equal(f.remove, []string{"data"}) {
				return usage("缓存和临时文件不分旗县：--county 只与 --remove data 同用", "the cache and temporary files are not by county: --county goes with --remove data alone")
			}
			return a.clean(ctx, f)
		},
	}
}

// clean lists what is kept and removes what was asked for.
func (a *app) clean(ctx context.Context, f cleanFlags) error {
	holdings, err := a.holdings(ctx, f)
	if err != nil {
		return err
	}
	t := table{strings.Fields(geo.Text{ZH: "内容 大小 位置 说明", EN: "WHAT SIZE WHERE REMARK"}.In(a.lang))}
	for _, h := range holdings {
		t.add(cleanWords[h.kind].In(a.lang), humanize.IBytes(uint64(h.bytes)), h.path, h.remark.In(a.lang))
	}
	if err := t.write(a.stdout); err != nil {
		return err
	}
	var removed int64
	for _, h := range holdings {
		if h.remove == nil || !slices.Contains(f.remove, h.kind) {
			continue
		}
		if failed := h.remove(); failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		removed += h.bytes
	}
	text := geo.Textf("已清除 %[1]s", "%[1]s removed", humanize.IBytes(uint64(removed)))
	if len(f.remove) == 0 {
		text = geo.Text{ZH: "没有删除任何内容；要删除请加 --remove，如 --remove cache,scratch", EN: "nothing was removed; add --remove to do so, as in --remove cache,scratch"}
	}
	_, said := fmt.Fprintln(a.stdout, text.In(a.lang))
	return cmp.Or(err, said)
}
