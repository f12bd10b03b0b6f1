package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/filelock"
	"landcheck/geo/outfile"
)

// A scratch directory has this name, with a number behind it, and this file in
// it: a directory that only has the name is somebody else's.
const (
	scratchName = "landcheck-run-"
	scratchMark = ".landcheck-scratch"
)

// scratch gives a process a directory of its own for what it unpacks and
// computes, and removes those of processes that were killed. The process holds
// a lock on it, which the system lets go of however the process ends. One that
// cannot be made is a *geo.InputError.
func scratch() (release func() error, err error) {
	where := os.TempDir()
	sweepScratch(where)
	dir, held, err := newScratch(where)
	if err != nil {
		return nil, &geo.InputError{File: where, Err: err,
			Message: geo.Textf("不能建立临时文件：%v", "no temporary files can be made: %v", geo.SystemText(err)),
			Advice:  geo.Textf("请用环境变量 %s 指定可以写入的目录", "Give a directory that can be written by the variable %s", subprocess.TempVariable)}
	}
	before, given := os.LookupEnv(subprocess.TempVariable)
	if err := os.Setenv(subprocess.TempVariable, dir); err != nil {
		return nil, errors.Join(err, held.Close(), outfile.RemoveAll(dir))
	}
	return func() error {
		back := os.Unsetenv(subprocess.TempVariable)
		if given {
			back = os.Setenv(subprocess.TempVariable, before)
		}
		return errors.Join(back, held.Close(), outfile.RemoveAll(dir))
	}, nil
}

// inScratch runs a command that ends by itself in such a directory. Where none
// can be made it goes on without: what needs one says so.
func inScratch(do func() error) (err error) {
	if release, failed := scratch(); failed == nil {
		defer func() { err = errors.Join(err, release()) }()
	}
	return do()
}

// newScratch makes a directory and holds it. Until it is held another process
// may take it for what a killed one left: then there is another.
func newScratch(where string) (dir string, held *os.File, err error) {
	for range 100 {
		if dir, err = os.MkdirTemp(where, scratchName); err != nil {
			return "", nil, err
		}
		held, err = holdScratch(dir)
		if err == nil {
			return dir, held, nil
		}
		if err := outfile.RemoveAll(dir); err != nil {
			return "", nil, err
		}
	}
	return "", nil, err
}

func holdScratch(dir string) (*os.File, error) {
	if err := os.WriteFile(filepath.Join(dir, scratchMark), nil, 0o600); err != nil {
		return nil, err
	}
	held, err := filelock.Dir(dir)
	if err != nil {
		return nil, err
	}
	if held == nil {
		return nil, fmt.Errorf("%s is held by another process", dir)
	}
	mine, err := held.Stat()
	if err == nil {
		var there fs.FileInfo
		if there, err = os.Lstat(held.Name()); err == nil && os.SameFile(mine, there) {
			return held, nil
		}
	}
	return nil, errors.Join(err, fmt.Errorf("%s was swept away", dir), held.Close())
}

// sweepScratch removes the directories that nobody holds, however old.
func sweepScratch(where string) {
	entries, err := os.ReadDir(where)
	if err != nil {
		return // for whoever makes something there to say
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), scratchName) || !e.IsDir() {
			continue
		}
		dir := filepath.Join(where, e.Name())
		held, err := filelock.Dir(dir)
		if err != nil || held == nil {
			continue
		}
		if abandoned(dir, held) {
			_ = outfile.RemoveAll(dir) // what stays is tried again next time
			held.Close()
			_ = outfile.RemoveAll(dir) // where a file that is held cannot go
			continue
		}
		held.Close()
	}
}

// abandoned tells whether a directory that was held is a scratch directory of
// this user's.
func abandoned(dir string, held *os.File) bool {
	for _, look := range []func() (fs.FileInfo, error){held.Stat, func() (fs.FileInfo, error) { return os.Lstat(filepath.Join(dir, scratchMark)) }} {
		info, err := look()
		if err != nil {
			return false
		}
		if !isMine(info) {
			return false
		}
	}
	return true
}
