//go:build unix

package inplace

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"
)

// identity is a file's number on its disk, and when the file itself changed.
func identity(path string, info fs.FileInfo) (id string, changed time.Time, err error) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", changed, errors.New("the system does not tell inodes")
	}
	var on syscall.Statfs_t
	if err := syscall.Statfs(path, &on); err != nil || !timesChanges(on.Type) {
		return "", changed, errNoTimes
	}
	return fmt.Sprintf("%d/%d", stat.Dev, stat.Ino), time.Unix(stat.Ctim.Unix()), nil
}

// timesChanges tells a file system, by its type in statfs(2), that keeps the
// time of change apart from the one that programs can set. FAT and exFAT, which
// memory sticks have, show the latter for both.
func timesChanges[T int32 | int64 | uint32](kind T) bool {
	const fat, exfat = 0x4d44, 0x2011bab0
	return kind != fat && kind != exfat
}
