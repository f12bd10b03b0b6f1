package embedded

import (
	"io/fs"
	"syscall"
	"time"
)

// changeTime is when a file was last changed, whatever time a copying program
// gave it.
func changeTime(info fs.FileInfo) time.Time {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(stat.Ctim.Unix())
	}
	return info.ModTime()
}
