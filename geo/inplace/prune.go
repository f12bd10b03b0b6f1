package inplace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A cache holds 36 bytes for each record of the layers that were checked
// lately, and 8 for each of those near a plan, not more than this.
const (
	maxKeptBytes = 2 << 30
	maxKeptTime  = 90 * 24 * time.Hour
)

// unfinished begins the names of files that are being written, or that were.
const unfinished = "new-"

// keptFile is a file of a cache.
type keptFile struct {
	path string
	size int64     // bytes
	used time.Time // about when, see touch
}

func (f keptFile) unfinished() bool { return strings.HasPrefix(filepath.Base(f.path), unfinished) }

// keptFiles are the files of a cache in a directory, the latest used first; what
// else lies there is somebody else's.
func keptFiles(dir string) (files []keptFile) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		f := keptFile{path: filepath.Join(dir, e.Name())}
		if !strings.HasSuffix(e.Name(), layerEnding) && !strings.HasSuffix(e.Name(), areaFileEnding) && !f.unfinished() {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			f.size, f.used = info.Size(), info.ModTime()
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b keptFile) int { return b.used.Compare(a.used) })
	return files
}

// prune removes from a cache what was not used for long, and the longest
// unused where there is too much. What cannot be removed stays.
func prune(dir string) {
	sum := int64(0)
	for _, f := range keptFiles(dir) {
		if f.unfinished() && time.Since(f.used) <= time.Hour {
			continue // somebody writes it
		}
		if sum += f.size; sum > maxKeptBytes || time.Since(f.used) > maxKeptTime || f.unfinished() {
			_ = os.Remove(f.path)
		}
	}
}

// CacheSize is how many files a cache in a directory has, and their bytes.
func CacheSize(dir string) (files int, bytes int64) {
	for _, f := range keptFiles(dir) {
		files, bytes = files+1, bytes+f.size
	}
	return files, bytes
}

// ClearCache removes all that a cache in a directory holds, and the directory
// where nothing else lies in it. Layers are read whole once more then.
func ClearCache(dir string) (err error) {
	for _, f := range keptFiles(dir) {
		if failed := os.Remove(f.path); !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, failed)
		}
	}
	if left, failed := os.ReadDir(dir); failed == nil && len(left) == 0 {
		err = errors.Join(err, os.Remove(dir))
	}
	return err
}

// touch marks what a cache holds as used, once a day.
func touch(path string) {
	if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
		now := time.Now()
		_ = os.Chtimes(path, now, now)
	}
}
