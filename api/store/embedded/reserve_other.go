//go:build !linux

package embedded

import "os"

// allocate has a file take so many bytes of the disk.
func allocate(f *os.File, size int64) error { return overwrite(f, size) }
