package inplace

import (
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

// prune removes from a cache what was not used for long, and the longest
// unused where there is too much. What cannot be removed stays.
func prune(dir string) {
	type file struct {
		path string
		size int64
		used time.Time
	}
	var files []file
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		kept, begun := strings.HasSuffix(e.Name(), layerEnding) || strings.HasSuffix(e.Name(), areaFileEnding), strings.HasPrefix(e.Name(), unfinished)
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && (kept || begun && time.Since(info.ModTime()) > time.Hour) {
			files = append(files, file{filepath.Join(dir, e.Name()), info.Size(), info.ModTime()})
		}
	}
	slices.SortFunc(files, func(a, b file) int { return b.used.Compare(a.used) })
	sum := int64(0)
	for _, f := range files {
		if sum += f.size; sum > maxKeptBytes || time.Since(f.used) > maxKeptTime || strings.HasPrefix(filepath.Base(f.path), unfinished) {
			_ = os.Remove(f.path)
		}
	}
}

// touch marks what a cache holds as used, once a day.
func touch(path string) {
	if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
		now := time.Now()
		_ = os.Chtimes(path, now, now)
	}
}
