package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"landcheck/geo"
)

const scratchName = "landcheck-run-"

// scratch gives a process that goes on for long a directory of its own for
// what it unpacks and computes, and removes those of processes that were
// killed. The process holds a lock on it, which the system lets go of however
// the process ends. One that cannot be made is a *geo.Fault.
func scratch() (release func() error, err error) {
	where := os.TempDir()
	sweepScratch(where)
	dir, err := os.MkdirTemp(where, scratchName)
	if err != nil {
		return nil, &geo.Fault{File: where, Err: err,
			Problem: geo.Textf("不能建立临时文件：%v", "no temporary files can be made: %v", err),
			Advice:  geo.Text{ZH: "请用环境变量 TMPDIR 指定可以写入的目录", EN: "Give a directory that can be written by the variable TMPDIR"}}
	}
	held, err := lockDir(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	before, given := os.LookupEnv("TMPDIR")
	if err := os.Setenv("TMPDIR", dir); err != nil {
		return nil, errors.Join(err, held.Close(), os.RemoveAll(dir))
	}
	return func() error {
		back := os.Unsetenv("TMPDIR")
		if given {
			back = os.Setenv("TMPDIR", before)
		}
		return errors.Join(back, os.RemoveAll(dir), held.Close())
	}, nil
}

// sweepScratch removes directories that nobody holds. Those of the last minute
// may be about to be held; those of other users are not ours to see.
func sweepScratch(where string) {
	dirs, err := filepath.Glob(filepath.Join(where, scratchName+"*"))
	if err != nil {
		return // of a TMPDIR that is a pattern
	}
	for _, dir := range dirs {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		if held, err := lockDir(dir); err == nil {
			_ = os.RemoveAll(dir) // what stays is tried again next time
			held.Close()
		}
	}
}

func lockDir(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	return f, nil
}
