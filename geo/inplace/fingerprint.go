package inplace

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"landcheck/geo/regular"
)

// fingerprint tells the files of a layer from what they become when anyone
// writes to them, without reading them: where they lie, and for each its
// length, its inode and when its bytes (mtime) and its inode (ctime) last
// changed. A program can set the first of the two times, none can set the
// second: the kernel does, at every write, rename or replacement.
type fingerprint struct {
	text   string
	newest time.Time // of all the times
	size   int64     // of the first file, bytes
}

// settled is how long files must have been left alone before their fingerprint
// is believed. Times advance by a clock tick (at most 10 ms; 2 s on FAT): bytes
// written within the tick in which they were read would leave no trace.
const settled = 2 * time.Second

func fingerprintOf(files []string) (fingerprint, error) {
	var f fingerprint
	var text strings.Builder
	for i, name := range files {
		path, err := filepath.Abs(name)
		if err != nil {
			return f, err
		}
		info, err := os.Stat(path)
		if err != nil {
			return f, regular.InputError(err)
		}
		stat, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return f, fmt.Errorf("%s: the system does not tell inodes", path)
		}
		var on syscall.Statfs_t
		if err := syscall.Statfs(path, &on); err != nil || !timesChanges(on.Type) {
			return f, fmt.Errorf("%s: the file system does not tell when files change", path)
		}
		changed := time.Unix(stat.Ctim.Unix())
		fmt.Fprintf(&text, "%q %d %d/%d %d %d\n", path, info.Size(), stat.Dev, stat.Ino, info.ModTime().UnixNano(), changed.UnixNano())
		for _, t := range []time.Time{info.ModTime(), changed} {
			if t.After(f.newest) {
				f.newest = t
			}
		}
		if i == 0 {
			f.size = info.Size()
		}
	}
	f.text = text.String()
	return f, nil
}

// timesChanges tells a file system, by its type in statfs(2), that keeps the
// time of change apart from the one that programs can set. FAT and exFAT, which
// memory sticks have, show the latter for both.
func timesChanges[T int32 | int64 | uint32](kind T) bool {
	const fat, exfat = 0x4d44, 0x2011bab0
	return kind != fat && kind != exfat
}

// trusted reports whether a reading that began at a moment saw what the
// fingerprint stands for.
func (f fingerprint) trusted(began time.Time) bool { return f.newest.Before(began.Add(-settled)) }
