package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/filelock"
	"landcheck/geo/inplace"
)

// holding is something that landcheck keeps on the machine.
type holding struct {
	kind   string // of cleanKinds
	path   string
	bytes  int64
	remark geo.Text
	remove func() error // nil: it cannot go now
}

// holdings are the cache, the scratch directories of this user and a service's
// data, in that order; empty ones are among them, so that nobody need wonder.
func (a *app) holdings(ctx context.Context, f cleanFlags) (all []holding, err error) {
	if dir := cacheDir(f.cache); dir != "" && f.county == "" {
		files, bytes := inplace.CacheSize(dir)
		all = append(all, holding{kind: "cache", path: dir, bytes: bytes, remove: func() error { return inplace.ClearCache(dir) },
			remark: geo.Textf("%d 个文件：底图图层的记录位置、面积和摘要", "%d files: where records of base layers lie, areas, digests", files)})
	}
	if f.county == "" {
		all = append(all, scratchHoldings(os.TempDir())...)
	}
	data, err := dataHoldings(ctx, f)
	return append(all, data...), err
}

// scratchHoldings are the scratch directories in a directory: of killed runs,
// and of those that go on.
func scratchHoldings(where string) (all []holding) {
	found, err := filepath.Glob(filepath.Join(literal(where), scratchName+"*"))
	if err != nil {
		return nil
	}
	for _, dir := range found {
		held, err := filelock.Dir(dir)
		if err != nil {
			continue // a link, a file, or somebody else's
		}
		h := holding{kind: "scratch", path: dir, bytes: bytesBelow(dir), remark: geo.Text{ZH: "正在使用", EN: "in use"}}
		if held != nil {
			mine := abandoned(dir, held)
			held.Close()
			if !mine {
				continue
			}
			h.remark = geo.Text{ZH: "中断的运行留下的", EN: "left by a run that was killed"}
			h.remove = func() error { sweepScratch(where); return stillThere(dir) }
		}
		all = append(all, h)
	}
	return all
}

func stillThere(dir string) error {
	if _, err := os.Lstat(dir); err == nil {
		return &geo.InputError{File: dir, Message: geo.Text{ZH: "未能删除", EN: "could not be removed"},
			Advice: geo.Text{ZH: "请检查权限，或稍后再试", EN: "Look at its permissions, or try again later"}}
	}
	return nil
}

// bytesBelow is what the files of a directory hold, as far as it can be read.
func bytesBelow(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return bytes
}
