package embedded

import (
	"os"
	"syscall"
)

// allocate has a file take so many bytes of the disk.
func allocate(f *os.File, size int64) error {
	err := syscall.Fallocate(int(f.Fd()), 0, 0, size)
	if err == nil || isFull(err) {
		return err
	}
	return overwrite(f, size) // not every file system can
}
