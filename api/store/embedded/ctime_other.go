//go:build !linux

package embedded

import (
	"io/fs"
	"time"
)

// changeTime is when a file was last changed, as far as it says.
func changeTime(info fs.FileInfo) time.Time { return info.ModTime() }
